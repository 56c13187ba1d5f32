import { compileExpression, type Compiled, type ExpressionEnvironment } from '../../src/domain/expression/compile.js';
import type { Value } from '../../src/domain/expression/expression.js';
import { JournalHistory } from '../../src/domain/expression/journal-history.js';
import type { Field, Kind } from '../../src/domain/expression/kind.js';
import { noStanding, type Scope } from '../../src/domain/expression/scope.js';
import type { Json, JsonObject } from '../../src/domain/json.js';

/** A repair shop, as expressions see it. `note`, `ready_at`, `estimate` and all of the customer may be absent. */
export const record = (fields: Record<string, Field>): Kind => ({ kind: 'record', fields });
export const list = (of: Kind): Kind => ({ kind: 'list', of });
export const there = (
  kind: Kind | 'text' | 'integer' | 'number' | 'money' | 'boolean' | 'time' | 'date' | 'any',
): Field => ({
  kind: typeof kind === 'string' ? { kind } : kind,
  optional: false,
});
export const maybe = (kind: Parameters<typeof there>[0]): Field => ({ ...there(kind), optional: true });

const purchase = record({
  amount: there('money'),
  kind: there('text'),
  points: maybe('integer'),
  at: maybe('time'),
  order: maybe(record({ total: there('money') })),
});
const item = record({ name: there('text'), price: there('money'), sold_at: maybe('time') });

export const environment: ExpressionEnvironment = {
  names: {
    event: there(purchase),
    trigger: there(
      record({
        amount: there('money'),
        number: there('number'),
        count: there('integer'),
        paid: there('boolean'),
        device: there('text'),
        note: maybe('text'),
        ready_at: maybe('time'),
        due: maybe('date'),
        tags: there(list({ kind: 'text' })),
        items: there(list(item)),
        times: maybe(list({ kind: 'time' })),
        flag: maybe('boolean'),
        extra: there('any'),
      }),
    ),
    trigger_event: there(record({ id: there('text'), time: there('time') })),
    started_by: there('text'),
    customer: there(
      record({ id: there('text'), name: maybe('text'), birth_date: maybe('date'), vip: maybe('boolean') }),
    ),
    now: there('time'),
    estimate: maybe(record({ cost: there('money'), ready_at: maybe('time') })),
  },
  eventTypes: ['purchase.completed', 'repair.received', 'survey.sent'],
  eventType: (type) =>
    type === 'purchase.completed'
      ? purchase
      : type === 'survey.sent'
        ? { kind: 'any' }
        : type === 'repair.received'
          ? record({})
          : undefined,
  known: new Set(),
  audiences: new Map(),
  scores: new Map(),
};

export const now = Date.parse('2026-11-21T10:00:00+03:30');

const trigger: JsonObject = {
  amount: 2_500_000,
  number: 2.5,
  count: 3,
  paid: true,
  device: 'iPhone 13',
  tags: ['new', 'vip'],
  items: [
    { name: 'screen', price: 900_000, sold_at: '2026-11-20T10:00:00Z' },
    { name: 'cable', price: 100_000 },
  ],
  extra: { size: 5, colour: 'red', deep: { at: '2026-11-20T00:00:00Z' }, list: [1, null, 3] },
};

/** The scope, with the trigger's fields (null takes one away) and other names as given. */
export function scopeWith({ trigger: fields = {}, past = [], ...names }: Given = {}): Scope {
  return {
    names: {
      event: { amount: 700_000, kind: 'phone' },
      trigger: { ...trigger, ...fields },
      trigger_event: { id: 'e1', time: '2026-11-21T09:00:00+03:30' },
      started_by: 'repair.received',
      customer: { id: 'c1' },
      now: null,
      ...names,
    },
    now,
    clock: { zone: 'Asia/Tehran', calendar: 'jalali' },
    history: historyOf(past),
    standing: noStanding,
  };
}

export interface Given {
  readonly trigger?: JsonObject;
  readonly past?: readonly Past[];
  readonly [name: string]: Json | readonly Past[] | undefined;
}

export interface Past {
  readonly type: string;
  readonly at: string;
  readonly data?: JsonObject;
}

function historyOf(past: readonly Past[]): JournalHistory {
  const history = new JournalHistory();
  past.forEach(({ type, at, data = {} }, seq) => {
    const time = Date.parse(at);
    history.append({ id: `past-${String(seq)}`, source: '/test', type, time, arrival: time, seq, data });
  });
  return history;
}

/** What an expression gives there; throws what `check` would say of it. */
export function valueOf(source: string, given: Given = {}): Value {
  const { expression, problems } = compile(source);
  if (expression === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return expression.evaluate(scopeWith(given));
}

export function compile(
  source: string,
  expect: 'condition' | 'value' = 'value',
  known: readonly string[] = [],
): Compiled {
  return compileExpression(source, { ...environment, known: new Set(known) }, expect);
}

/** The messages, each with the part of the source that it points at. */
export function problemsOf(source: string, expect: 'condition' | 'value' = 'value'): string[] {
  return compile(source, expect).problems.map(({ start, end, message }) => `[${source.slice(start, end)}] ${message}`);
}
