import type { Trace } from '../../domain/journey/decision.js';
import { printTraceJson } from '../print-trace.js';

const at = Date.parse('2026-11-21T06:30:00.005Z');
const head = { at, customer: 'c1', journey: 'test', key: undefined, step: 's' } as const;
const printed = (line: Trace): unknown => {
  const {
    at: instant,
    kind,
    customer,
    journey,
    step,
    ...rest
  } = JSON.parse(printTraceJson(line)) as Record<string, unknown>;
  expect([instant, kind, customer, journey, step]).toEqual(['2026-11-21T06:30:00.005Z', line.kind, 'c1', 'test', 's']);
  return rest;
};

describe('the lines of a simulation: more fields by kind', () => {
  it('have every instant in UTC with milliseconds', () => {
    expect(printed({ ...head, kind: 'deferred', template: 'hello', reason: 'capped', until: at + 1 })).toEqual({
      ...{ template: 'hello', reason: 'capped', until: '2026-11-21T06:30:00.006Z' },
    });
    expect(printed({ ...head, kind: 'granted', amount: 5, expires_at: at, balance: 7 })).toEqual({
      ...{ amount: 5, expires_at: '2026-11-21T06:30:00.005Z', balance: 7 },
    });
    expect(printed({ ...head, kind: 'asked', template: 'survey', until: at })).toEqual({
      ...{ template: 'survey', until: '2026-11-21T06:30:00.005Z' },
    });
    const task = { kind: 'task', task_id: 'task-1', title: 'تماس', assign_to: 'ali', due: at } as const;
    expect(printed({ ...head, ...task })).toEqual({
      ...{ task_id: 'task-1', title: 'تماس', assign_to: 'ali', due: '2026-11-21T06:30:00.005Z' },
    });
  });

  it('leave out what has no value', () => {
    expect(printed({ ...head, kind: 'granted', amount: 5, expires_at: undefined, balance: 5 })).toEqual({
      amount: 5,
      balance: 5,
    });
    expect(printed({ ...head, kind: 'waiting', for: undefined, until: undefined })).toEqual({});
    expect(printed({ ...head, kind: 'goal', value: undefined })).toEqual({});
    expect(printed({ ...head, kind: 'task', task_id: 'task-1', title: 'x' })).toEqual({
      task_id: 'task-1',
      title: 'x',
    });
    expect(printed({ ...head, kind: 'suppressed', template: 'hello', reason: 'capped', detail: 'for people' })).toEqual(
      {
        ...{ template: 'hello', reason: 'capped' },
      },
    );
  });

  it('have their own fields as they are', () => {
    expect(printed({ ...head, kind: 'split', branch: 'none' })).toEqual({ branch: 'none' });
    expect(printed({ ...head, kind: 'answered', value: 5 })).toEqual({ value: 5 });
    expect(printed({ ...head, kind: 'set', values: { tier: 'gold', old: null } })).toEqual({
      values: { tier: 'gold', old: null },
    });
    expect(printed({ ...head, kind: 'emitted', type: 'ping', data: {}, to_customer: 'c2' })).toEqual({
      ...{ type: 'ping', data: {}, to_customer: 'c2' },
    });
    expect(printed({ ...head, kind: 'webhook', url: 'https://x/', status: 503 })).toEqual({
      url: 'https://x/',
      status: 503,
    });
    expect(printed({ ...head, kind: 'goal', value: 5, holdout: true })).toEqual({ value: 5, holdout: true });
  });
});
