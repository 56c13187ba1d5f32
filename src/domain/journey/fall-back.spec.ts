import { minute, start } from '../../../test/given/desk.js';
import { policy } from '../../../test/given/policy.js';
import { workspaceOf } from '../../../test/given/simulation.js';
import { JournalHistory } from '../expression/journal-history.js';
import { CustomerDesk } from './customer-desk.js';
import type { Queue } from './decision.js';
import { fallBack, type Falling } from './fall-back.js';
import { makeFacts, type Facts } from './facts.js';
import { JourneySet } from './journey-set.js';

const noon = Date.parse('2026-11-21T12:00:00+03:30');
const evening = Date.parse('2026-11-21T21:00:00+03:30');
const morning = Date.parse('2026-11-22T09:00:00+03:30');
const feast = Date.parse('2026-11-25T12:00:00+03:30');

const workspace = workspaceOf({
  journey: 'exit: { event: purchase }\ntrigger: { event: visit }\nsteps: [ { send: both }, { wait: 1 day } ]',
  files: {
    ...policy('  news: { consent: required, quiet_hours: "21:00-09:00", blackout: [feast] }'),
    'journeys/occasions.yaml': 'feast: { dates: [2026-11-25] }\n',
  },
});

type Customer = Facts['customer'];
const sara: Customer = {
  ...{ id: 'c1', attributes: { phone: '+989121234567', email: 'a@example.com' } },
  ...{ consent: { news: true }, closed: {} },
};
const factsOf = (more: Partial<Customer> = {}): Facts =>
  makeFacts(workspace, { ...sara, ...more }, new JournalHistory(), 0);
const message: Falling = {
  ...{ step: 'send-both', purpose: 'news', notAfter: undefined },
  attempts: [{ channel: 'sms' }, { channel: 'email' }, { channel: 'telegram' }],
};
const next = (now: number, more: Partial<Falling> = {}, customer: Partial<Customer> = {}, tried = 0) =>
  fallBack(factsOf(customer), { ...message, ...more }, tried, undefined, now);

describe('a message that falls back', () => {
  it('goes to the next channel, past those that were closed since, and stops behind the last', () => {
    expect(next(noon)).toEqual({ kind: 'go', attempt: 1 });
    expect(next(noon, {}, {}, 1)).toEqual({ kind: 'go', attempt: 2 });
    expect(next(noon, {}, {}, 2)).toEqual({ kind: 'stop' });
    expect(next(noon, {}, { closed: { news: ['email'] } })).toEqual({ kind: 'go', attempt: 2 });
    expect(next(noon, {}, { closed: { news: ['email', 'telegram'] } })).toEqual({ kind: 'stop' });
    expect(next(noon, {}, { closed: { transactional: ['email'] } })).toEqual({ kind: 'go', attempt: 1 });
  });

  it('is tested again for consent', () => {
    expect(next(noon, {}, { consent: { news: false } })).toEqual({ kind: 'suppressed', reason: 'opted_out' });
    expect(next(noon, {}, { consent: {} })).toEqual({ kind: 'suppressed', reason: 'no_consent' });
  });

  it('is tested again for its last instant, which is included', () => {
    const late = { kind: 'suppressed', reason: 'too_late' };
    expect(next(noon, { notAfter: noon })).toEqual({ kind: 'go', attempt: 1 });
    expect(next(noon, { notAfter: noon - 1 })).toEqual(late);
    expect(next(evening, { notAfter: morning })).toMatchObject({ kind: 'deferred' });
    expect(next(evening, { notAfter: morning - 1 })).toEqual(late);
  });

  it('is tested again for blackouts and quiet hours, the purpose’s and the journey’s', () => {
    expect(next(evening)).toEqual({ kind: 'deferred', reason: 'quiet_hours', until: morning });
    expect(next(morning)).toEqual({ kind: 'go', attempt: 1 });
    const midnight = Date.parse('2026-11-26T00:00:00+03:30');
    expect(next(feast)).toEqual({ kind: 'deferred', reason: 'blackout', until: midnight });
    expect(next(feast, { purpose: 'transactional' })).toEqual({ kind: 'go', attempt: 1 });
    // One that is declared no more has neither.
    const forgotten = next(feast, { purpose: 'forgotten' }, { consent: { forgotten: true } });
    expect(forgotten).toEqual({ kind: 'go', attempt: 1 });
  });
});

describe('the desk of a customer whose message may fall back', () => {
  function decided(...types: readonly string[]): { desk: CustomerDesk; queued: Queue } {
    const own = { customerPatch: () => ({}) };
    const desk = new CustomerDesk(new JourneySet(workspace.journeys), own, factsOf(), [], () => undefined);
    for (const [number, type] of ['visit', ...types].entries()) {
      const time = minute(number);
      desk.decideEvent(
        { id: type, source: '/', type, time, arrival: time, seq: number + 1, data: { amount: 1 } },
        time,
      );
    }
    const queued = desk.take().effects.find((effect) => effect.kind === 'queue');
    if (queued?.kind !== 'queue') throw new Error('no message was queued');
    return { desk, queued };
  }

  it('lets it go on while they are inside, and no more after an exit', () => {
    const inside = decided('repair.ready');
    expect(inside.desk.mayFallBack(inside.queued, 0, start)).toEqual({ kind: 'go', attempt: 1 });
    const left = decided('purchase');
    expect(left.desk.mayFallBack(left.queued, 0, start)).toEqual({ kind: 'stop' });
  });

  it('does not stop the message of another enrolment', () => {
    const { desk, queued } = decided('purchase');
    expect(desk.mayFallBack({ ...queued, enrolment: 7 }, 0, start)).toEqual({ kind: 'go', attempt: 1 });
    expect(desk.mayFallBack({ ...queued, journey: 'other' }, 0, start)).toEqual({ kind: 'go', attempt: 1 });
  });
});
