import { KeptCustomer, minute } from '../../../test/given/desk.js';
import { policy } from '../../../test/given/policy.js';
import { workspaceOf } from '../../../test/given/simulation.js';
import type { JsonObject } from '../json.js';
import type { Effect } from './decision.js';
import { ownEffects, replyWord } from './event-effects.js';

const files = policy(
  '  news: { consent: not_needed }',
  'opt_out: { words: ["11"], purposes: [news, transactional] }\nchannel_order: [sms, email]\n',
);

/** What a journey about visits asks to be done, after these events ten minutes apart. */
function effectsOf(
  text: string,
  more: readonly { readonly type: string; readonly data?: JsonObject }[] = [],
): readonly Effect[] {
  const attributes = { phone: '+989121234567', email: 'a@example.com', name: 'Sara' };
  const customer = new KeptCustomer(workspaceOf({ journey: text, files }), attributes);
  customer.take({ type: 'visit', at: 0, data: { n: 1 } });
  for (const [number, event] of more.entries()) customer.take({ at: 10 * (number + 1), ...event });
  return customer.effects;
}

const of = <K extends Effect['kind']>(effects: readonly Effect[], kind: K) =>
  effects.filter((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind);
const journey = (steps: string, top = '') => `${top}trigger: { event: visit }\nsteps: [ ${steps} ]`;
const buys = { type: 'purchase', data: { amount: 1 } };
const ids = { journey: 'test', key: undefined, enrolment: 1 };

describe('what a journey asks to be done: messages', () => {
  it('are queued with all channels that there are, and until when they may leave', () => {
    const [queued] = of(
      effectsOf(journey('{ send: both, fallback_after: 5 minutes, not_after: 1 hour, purpose: news }')),
      'queue',
    );
    expect(queued).toMatchObject({
      ...ids,
      ...{
        customer: 'c1',
        step: 'send-both',
        template: 'both',
        purpose: 'news',
        at: minute(0),
        notAfter: minute(60),
        leaveBy: minute(60),
      },
      ...{ fallbackAfter: { amount: 5, unit: 'minute' }, awaited: false },
    });
    expect(queued?.attempts.map(({ channel, to }) => [channel, to])).toEqual([
      ['sms', '+989121234567'],
      ['email', 'a@example.com'],
    ]);
    expect(queued).not.toHaveProperty('repeats');
  });

  it('have names that differ, also within a decision', () => {
    const queued = of(effectsOf(journey('{ send: hello }, { send: hello, id: again }, { send: bye }')), 'queue');
    expect(new Set(queued.map(({ message }) => message)).size).toBe(3);
  });

  it('are awaited by a step with else, and by a question', () => {
    const awaited = (step: string) => of(effectsOf(journey(step)), 'queue').map((queued) => queued.awaited);
    expect(awaited('{ send: hello }')).toEqual([false]);
    expect(awaited('{ send: hello, else: [ stop: no ] }')).toEqual([true]);
    expect(awaited('{ ask: hello, answers: text }')).toEqual([true]);
  });

  it('repeat a question as such, on the channel of the reply', () => {
    const odd = { type: 'message.received', data: { channel: 'sms', from: 'x', text: 'what?' } };
    const queued = of(effectsOf(journey('{ ask: both, answers: 1..5, reask: 1 }'), [odd]), 'queue');
    expect(queued.map(({ repeats, attempts }) => [repeats, attempts.map(({ channel }) => channel)])).toEqual([
      [undefined, ['sms', 'email']],
      [true, ['sms']],
    ]);
  });

  it('carry what an e-mail is rendered from again, and no other does', () => {
    const [queued] = of(effectsOf(journey('{ send: both, with: { extra: "x" } }')), 'queue');
    expect(queued?.attempts.map(({ context }) => context?.['extra'])).toEqual([undefined, 'x']);
  });

  it('are taken back by an exit, a goal and a restart, not by completion or expiry', () => {
    const takenBack = (steps: string, top: string, ...more: readonly { type: string; data?: JsonObject }[]) =>
      of(effectsOf(journey(steps, top), more), 'take_back').map(({ of: what }) => what);
    const own = [{ journey: 'test', enrolment: 1 }];
    expect(takenBack('{ send: hello }', '')).toEqual([]);
    expect(takenBack('{ wait: 1 day }', 'exit: { event: purchase }\n', buys)).toEqual(own);
    expect(takenBack('{ wait: 1 day }', 'goal: { event: purchase }\n', buys)).toEqual(own);
    expect(takenBack('{ wait: 1 day }', 'goal: { event: purchase, continue: true }\n', buys)).toEqual([]);
    expect(takenBack('{ wait: 1 day }', 'entry: { while_inside: restart }\n', { type: 'visit' })).toEqual(own);
    expect(takenBack('{ wait: 1 day }', 'lasts_at_most: 5 minutes\n', buys)).toEqual([]);
  });

  it('are taken back by a withdrawal, of the purpose or on the channel, not by a grant', () => {
    const takenBack = (type: string, data: JsonObject) =>
      of(effectsOf(journey('{ wait: 1 day }'), [{ type, data }]), 'take_back').map(({ of: what }) => what);
    expect(takenBack('consent.withdrawn', { purpose: 'news' })).toEqual([{ purpose: 'news', channel: undefined }]);
    expect(takenBack('consent.withdrawn', { purpose: 'news', channel: 'sms' })).toEqual([
      { purpose: 'news', channel: 'sms' },
    ]);
    expect(takenBack('consent.granted', { purpose: 'news' })).toEqual([]);
    expect(takenBack('customer.updated', { consent: { news: false, transactional: true } })).toEqual([
      { purpose: 'news', channel: undefined },
    ]);
    expect(takenBack('message.received', { channel: 'sms', from: 'x', text: '11' })).toEqual([
      { purpose: 'news', channel: undefined },
      { purpose: 'transactional', channel: undefined },
    ]);
  });

  it('are not taken back by a word on a channel that nobody knows', () => {
    const effects = effectsOf(journey('{ wait: 1 day }'), [
      { type: 'consent.withdrawn', data: { purpose: 'news', channel: 'fax' } },
    ]);
    expect([...of(effects, 'take_back'), ...of(effects, 'consent')]).toEqual([]);
  });
});

describe('what a journey asks to be done: tasks, web hooks, credit', () => {
  it('opens tasks, and closes those that an exit or a take_back makes needless', () => {
    const task = '{ task: "call {{customer.name}}", assign_to: care, due: 1 hour, results: [solved], save_as: call }';
    const left = effectsOf(
      journey(`${task}, { wait: 1 day }`, 'exit: { event: purchase }\nat_end: [ { task: bye } ]\n'),
      [buys],
    );
    const [opened, last] = of(left, 'task_opened');
    expect(opened).toMatchObject({
      ...ids,
      step: 'task',
      title: 'call Sara',
      assignTo: 'care',
      due: minute(60),
      results: ['solved'],
    });
    expect(last).toMatchObject({ title: 'bye', assignTo: undefined, due: undefined, results: [] });
    expect(of(left, 'task_closed').map(({ id }) => id)).toEqual([opened?.id]);
    expect(opened?.id).not.toBe(last?.id);
    const takenBack = effectsOf(journey(`${task}, { take_back: call }`));
    expect(of(takenBack, 'task_closed')).toHaveLength(1);
  });

  it('leaves tasks open that completion or expiry finds open', () => {
    expect(of(effectsOf(journey('{ task: call }')), 'task_closed')).toEqual([]);
    expect(
      of(effectsOf(journey('{ task: call }, { wait: 1 day }', 'lasts_at_most: 5 minutes\n'), [buys]), 'task_closed'),
    ).toEqual([]);
  });

  it('closes no task that is done', () => {
    const text = journey('{ task: call, results: [solved] }, { wait: 1 day }', 'exit: { event: purchase }\n');
    const [opened] = of(effectsOf(text), 'task_opened');
    const done = { type: 'task.done', data: { task_id: opened?.id ?? '', result: 'solved' } };
    expect(of(effectsOf(text, [done, buys]), 'task_closed')).toEqual([]);
    expect(of(effectsOf(text, [buys]), 'task_closed')).toHaveLength(1);
  });

  it('calls web hooks, and waits for them except at the end', () => {
    const hook =
      '{ webhook: "https://example.com/{{customer.id}}", method: PUT, body: { n: =trigger.n, deep: [ "{{customer.name}}" ] }, time_out: 5 seconds }';
    const text = journey(hook, 'at_end: [ { webhook: "https://example.com" } ]\n').replace(
      '{ event: visit }',
      '{ event: visit, when: known(event.n) }',
    );
    const [called, ...others] = of(effectsOf(text), 'called');
    expect(called).toMatchObject({
      ...ids,
      ...{ step: 'webhook', url: 'https://example.com/c1', method: 'PUT', body: { n: 1, deep: ['Sara'] } },
      ...{ timeOut: { amount: 5, unit: 'second' }, awaited: true },
    });
    expect(others).toEqual([]);
    const [last] = of(effectsOf(journey('{ stop: on }', 'at_end: [ { webhook: "https://example.com" } ]\n')), 'called');
    expect(last).toMatchObject({ awaited: false, method: 'POST', body: undefined, timeOut: undefined });
  });

  it('grants credit with its journey, key and step', () => {
    const [granted] = of(effectsOf(journey('{ grant: 5 toman, expires: 1 hour }')), 'granted');
    expect(granted?.grant).toMatchObject({
      journey: 'test',
      key: undefined,
      step: 'grant',
      amount: 50,
      rest: 50,
      grantedAt: minute(0),
      expiresAt: minute(60),
    });
  });

  it('names grants differently, also within a decision', () => {
    const granted = of(effectsOf(journey('{ grant: 5 toman }, { grant: 5 toman }')), 'granted');
    expect(new Set(granted.map(({ grant }) => grant.id)).size).toBe(2);
  });
});

describe('what an event does by itself', () => {
  const own = { customerPatch: (data: JsonObject) => data };
  const words = {
    optOut: { words: ['11', 'لغو'], purposes: ['news', 'survey'] },
    optIn: { words: ['12'], purposes: ['news'] },
  };
  const none = { optOut: undefined, optIn: undefined };
  const event = (type: string, data: JsonObject) => ({
    ...{ id: 'e1', source: '/shop', type, time: minute(0), arrival: minute(5), seq: 1, data },
  });
  const does = (type: string, data: JsonObject) => ownEffects(event(type, data), own, words);

  it('is redeemed credit at its arrival, by its reference or else by the event', () => {
    const redeemed = { kind: 'redeemed', amount: 5, at: minute(5) };
    expect(does('credit.redeemed', { amount: 5, reference: 'r1' })).toEqual([{ ...redeemed, reference: 'r1' }]);
    expect(does('credit.redeemed', { amount: 5, reference: 7 })).toEqual([{ ...redeemed, reference: '7' }]);
    expect(does('credit.redeemed', { amount: 5 })).toEqual([{ ...redeemed, reference: '/shop e1' }]);
    expect(does('credit.redeemed', { amount: 'five' })).toEqual([]);
  });

  it('is a word that is the whole of a reply, folded', () => {
    const said = (text: unknown, policy: Parameters<typeof replyWord>[1] = words) =>
      replyWord(event('message.received', { channel: 'sms', text: text as string }), policy);
    expect(said(' ۱۱. ')).toEqual({ given: false, purposes: ['news', 'survey'] });
    expect(said('12')).toEqual({ given: true, purposes: ['news'] });
    expect(said('11 لطفا')).toBeUndefined();
    expect(said('سلام')).toBeUndefined();
    expect(said(11)).toBeUndefined();
    expect(said('11', none)).toBeUndefined();
    expect(said('12', { ...none, optIn: words.optIn })).toEqual({ given: true, purposes: ['news'] });
    expect(said('12', { ...none, optOut: words.optOut })).toBeUndefined();
  });

  it('is consent that a word gives, and consent that a word takes with what it takes back', () => {
    expect(does('message.received', { channel: 'sms', text: '12' })).toEqual([
      { kind: 'consent', purpose: 'news', channel: undefined, given: true },
    ]);
    expect(does('message.received', { channel: 'sms', text: '11' }).map(({ kind }) => kind)).toEqual([
      ...['consent', 'take_back', 'consent', 'take_back'],
    ]);
    expect(does('consent.granted', { purpose: 'news', channel: 'sms' })).toEqual([
      { kind: 'consent', purpose: 'news', channel: 'sms', given: true },
    ]);
    expect(does('consent.granted', { purpose: 'news', channel: null })).toEqual([
      { kind: 'consent', purpose: 'news', channel: undefined, given: true },
    ]);
    expect(does('consent.granted', { purpose: 5 })).toEqual([]);
  });

  it('is a change of the customer, and nothing of any other event', () => {
    expect(does('customer.updated', { name: 'Sara' })).toEqual([{ kind: 'change', patch: { name: 'Sara' } }]);
    expect(does('customer.updated', { consent: 'all' })).toHaveLength(1);
    expect(does('visit', { amount: 5, purpose: 'news', text: '11' })).toEqual([]);
  });
});
