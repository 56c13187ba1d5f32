import { scopeWith } from '../../../../../test/given/expression.js';
import { givenJourney, journeyText, shopFiles, toldOf } from '../../../../../test/given/workspace.js';
import type { Scope } from '../../../expression/scope.js';
import type { EmitStep, GrantStep, SetStep, SplitStep, Step, TaskStep, WebhookStep } from '../../step.js';

const files = {
  'journeys/customers.yaml': 'tier: text\nlast_score?: integer\nbudget?: money\nback_at?: time\ntags?: [text]\n',
  'journeys/events.yaml': `${shopFiles['journeys/events.yaml'] ?? ''}repair.rated: { repair_id: text, score: integer, on?: date, paid?: money, lines?: [text], of?: { shop: text } }\nnews: { data: { a?: text }, broadcast: true }\n`,
  'templates/gift/sms.hbs': '{{toman gift.amount}} {{time gift.expires_at}}\n',
};
const trigger = 'trigger: { event: purchase.completed }';
const told = (steps: string, more: object = {}) =>
  toldOf({ ...files, 'journeys/test.yaml': journeyText({ trigger, steps, ...more }) }).map((line) =>
    line.replace('journeys/test.yaml:', ''),
  );
const stepsOf = (steps: string): readonly Step[] => [...givenJourney({ trigger, steps }, files).steps.values()];
const firstOf = <Kind>(step: string) => stepsOf(`  - ${step}`)[0] as Kind;
const scope: Scope = {
  ...scopeWith({}),
  names: { trigger: { amount: 1_234_567, kind: 'phone', order: { id: 7 } }, customer: { id: 'c1', name: 'سارا' } },
  now: Date.parse('2026-12-20T22:00:00Z'),
  clock: { zone: 'Asia/Tehran', calendar: 'jalali' },
};
const check = (step: string, message: string | RegExp) => {
  expect(told(`  - ${step}`)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
};

describe('split', () => {
  const arms = '[ { name: a, weight: 33.3%, then: [ send: hello ] }, { name: b, weight: 66.7% } ]';

  it('has its arms with their cumulated shares', () => {
    const step = firstOf<SplitStep>(`{ split: ${arms}, id: which }`);
    expect(step.id).toBe('which');
    expect(step.arms).toEqual([
      { name: 'a', upTo: 0.333, then: { kind: 'step', id: 'send-hello' } },
      { name: 'b', upTo: 1, then: { kind: 'end' } },
    ]);
  });

  it('warns without an id, and may have something left that goes on', () => {
    expect(told(`  - split: ${arms}`)).toEqual([
      '5:5: warning: this split has no id, so that another step above it may deal people anew; give it one',
    ]);
    const stops = (weight: string) => `  - { split: [ { name: a, weight: ${weight}, then: [ stop: no ] } ], id: s }`;
    expect(told(`${stops('50%')}\n  - send: hello`)).toEqual([]);
    expect(told(`${stops('100%')}\n  - send: hello`)).toEqual([expect.stringContaining('never reached')]);
  });

  it.each([
    ['{ split: [], id: s }', '5:14: there is nothing to split into'],
    [
      '{ split: [ { name: a, weight: 60% }, { name: b, weight: 50% } ], id: s }',
      '5:14: these weights are 110% together; 100% is all there is',
    ],
    [
      '{ split: [ { name: a, weight: 1% }, { name: a, weight: 5% } ], id: s }',
      '5:49: there is an arm "a" already; give each its own name',
    ],
    ['{ split: [ { weight: 1% } ], id: s }', '5:16: name is missing; an arm is { name, weight, then }'],
    ['{ split: [ { name: a } ], id: s }', '5:16: weight is missing; an arm is { name, weight, then }'],
    ['{ split: [ { name: a, weight: 50 } ], id: s }', /^5:35: expected a share from 0% to 100%, such as "5%", got 50/],
    ['{ split: [ { name: none, weight: 5% } ], id: s }', '5:24: "none" is what is left of 100%; take another name'],
  ])('%j is told', check);
});

describe('grant', () => {
  const amount = (written: string) => firstOf<GrantStep>(`grant: ${written}`).amount.of(scope);

  it('takes money with its unit, or an expression', () => {
    expect([amount('20000 toman'), amount('200000 rial')]).toEqual([200_000, 200_000]);
    expect(amount('=trigger.amount * 0.05')).toBeCloseTo(61_728.35);
    expect(amount('=toman(5)')).toBe(50);
  });

  it('has its name below, with what was given', () => {
    const grant =
      '  - { grant: 20000 toman, expires: 30 days, round_to: 1000 toman, at_most: 5000 toman, save_as: gift }';
    expect(told(`${grant}\n  - send: gift\n  - choose: [ { when: credit(gift) > 0, then: [] } ]`)).toEqual([]);
    expect(told(`${grant.replace('expires: 30 days, ', '')}\n  - send: gift`)).toHaveLength(1);
  });

  it.each([
    [
      'grant: 20000',
      '5:12: expected money with its unit, such as "20000 toman", or =expression, got 20000; write "20000 toman" or "20000 rial"',
    ],
    ['grant:', /^5:\d+: expected money, such as "grant: 20000 toman", got nothing/],
    ['grant: =5', /^5:13: expected money, got a number; write toman\(/],
    ['grant: =trigger.kind', '5:13: expected money, got text'],
    ['grant: =latest("purchase.completed").amount', /this may be absent; say what then: =default\(/],
    ['{ grant: 5 toman, at_most: 5 }', /^5:32: expected money with its unit/],
    ['{ grant: 5 toman, expires: never }', /^5:32: expected a duration/],
  ])('%j is told', check);
});

describe('take_back', () => {
  it('names a grant or a task that was saved above', () => {
    const steps =
      '  - { grant: 5 toman, save_as: gift }\n  - { task: call, save_as: call }\n  - { take_back: gift, at_most: 1 toman, save_as: taken }\n  - take_back: call';
    expect(stepsOf(steps)).toMatchObject([
      { kind: 'grant' },
      { kind: 'task' },
      { id: 'take-back', name: 'gift', saveAs: 'taken' },
      { id: 'take-back-2', name: 'call', atMost: undefined },
    ]);
    expect(told(`${steps}\n  - { send: hello, with: { x: =taken.amount + taken.balance } }`)).toEqual([]);
  });

  it('may name what an arm that stays gives', () => {
    const steps = `  - wait_for:
      - { event: visit, stay: true, then: [ { grant: 5 toman, save_as: gift } ] }
      - { event: repair.ready, then: [ take_back: gift ] }
  - take_back: gift`;
    expect(told(steps)).toEqual([]);
  });

  it.each([
    [
      'take_back: gift',
      '5:16: no grant or task above is saved as "gift"; give the grant or the task a save_as, and name that',
    ],
    ['take_back: gift\n  - { grant: 5 toman, save_as: gift }', /^5:16: no grant or task above is saved as "gift"/],
    [
      '{ grant: 5 toman, save_as: gift }\n  - take_back: gft',
      '6:16: no grant or task above is saved as "gft"; did you mean "gift"?',
    ],
    ['{ wait_for: visit, save_as: v }\n  - take_back: v', /no grant or task above is saved as "v"/],
  ])('%j is told', check);
});

describe('set', () => {
  const values = (written: string) =>
    Object.entries(firstOf<SetStep>(`set: ${written}`).values).map(([name, value]) => [name, value.evaluate(scope)]);

  it('takes texts, expressions and values as their attributes are', () => {
    expect(
      values('{ tier: gold, last_score: 5, budget: 20000 toman, back_at: =now, tags: [a, =trigger.kind] }'),
    ).toEqual([
      ['tier', 'gold'],
      ['last_score', 5],
      ['budget', 200_000],
      ['back_at', '2026-12-20T22:00:00.000Z'],
      ['tags', ['a', 'phone']],
    ]);
    expect(
      values('{ tier: 5, birth_date: 1370-01-01, budget: =trigger.amount * 0.05, name: "{{customer.name}}!" }'),
    ).toEqual([
      ['tier', '5'],
      ['birth_date', '1370-01-01'],
      ['budget', 61_728],
      ['name', 'سارا!'],
    ]);
  });

  it('makes a date of a time by the clock, and of null nothing', () => {
    expect(values('{ birth_date: =now, tier: null }')).toEqual([
      ['birth_date', '2026-12-21'],
      ['tier', undefined],
    ]);
  });

  it('is named by its first attribute', () => {
    expect(firstOf<Step>('set: { last_score: 5, tier: a }').id).toBe('set-last-score');
  });

  it.each([
    ['set: { teir: gold }', '5:12: a customer has no attribute "teir"; did you mean "tier"?'],
    ['set: { colour: red }', '5:12: a customer has no attribute "colour"; declare it in customers.yaml'],
    ['set: { id: c2 }', '5:12: the id of a customer does not change'],
    ['set: { consent: a }', /consent is given and withdrawn by events/],
    ['set: { last_score: many }', '5:24: last_score: expected a whole number, got "many"'],
    [
      'set: { last_score: "{{trigger.kind}}" }',
      /^5:24: last_score is a whole number, and this is text; write an =expression/,
    ],
    ['set: { last_score: =trigger.kind }', '5:25: last_score is a whole number, and this is text'],
    ['set: { budget: 5 }', /^5:20: expected money with its unit/],
    ['set: { tier: =latest("repair.received").device }', /this may be absent/],
    ['set: { tier: [a] }', '5:18: tier is text, got a list'],
    ['set: { phone: "12" }', /^5:19: phone: /],
    ['set: {}', '5:10: expected attributes and their values, such as { tier: gold }, got none'],
    ['set: gold', /^5:10: expected attributes and their values/],
  ])('%j is told', check);
});

describe('emit', () => {
  it('takes data as the type has it, and a subject', () => {
    const step = firstOf<EmitStep>(
      'emit: repair.rated\n    subject: =customer.referred_by\n    data: { repair_id: "r{{trigger.order.id}}", score: =trigger.order.id, on: =now, paid: 5 toman, lines: [a, =trigger.kind], of: { shop: b } }',
    );
    expect(step).toMatchObject({ id: 'emit-repair-rated', type: 'repair.rated' });
    expect(step.data.evaluate(scope)).toEqual({
      ...{ repair_id: 'r7', score: 7, on: '2026-12-21', paid: 50, lines: ['a', 'phone'], of: { shop: 'b' } },
    });
    expect(step.subject?.evaluate(scope)).toBeUndefined();
    const short = firstOf<EmitStep>('emit: visit');
    expect([short.data.evaluate(scope), short.subject]).toEqual([{}, undefined]);
  });

  it.each([
    ['emit: repair.rted', /^5:11: event type "repair.rted" is not in the catalogue; did you mean "repair.rated"\?/],
    ['emit: message.delivered', /^5:11: "message.delivered" comes from the engine itself/],
    ['emit: news', /^5:11: news is broadcast and has no subject/],
    ['emit: repair.rated', '5:11: data is missing; repair.rated has to have repair_id, score'],
    ['{ emit: repair.rated, data: { repair_id: a } }', '5:33: score is missing; repair.rated has to have it'],
    ['{ emit: visit, data: { shp: a } }', '5:28: "shp" is no field of visit; did you mean "shop"?'],
    ['{ emit: visit, data: { shop: { a: b } } }', '5:34: visit.shop is text, got a mapping'],
    ['{ emit: repair.delivered, data: { repair_id: a, paid: 5 } }', /^5:59: expected money with its unit/],
    [
      '{ emit: repair.delivered, data: { repair_id: a, paid: =trigger.kind } }',
      '5:60: repair.delivered.paid is money (a whole number of rials: 20000 toman is 200000), and this is text',
    ],
    ['{ emit: visit, data: [a] }', /^5:26: expected data as a mapping/],
    ['{ emit: visit, subject: =nobody }', /unknown name "nobody"/],
  ])('%j is told', check);
});

describe('webhook', () => {
  it('calls an address with a body', () => {
    const step = firstOf<WebhookStep>(
      'webhook: "https://example.com/{{customer.id}}"\n    method: PUT\n    body: { a: [ { b: =trigger.kind } ], n: 5, t: "{{customer.name}}", none: =customer.id }\n    time_out: 5 seconds\n    save_as: hook\n    else: [ send: bye ]',
    );
    expect(step).toMatchObject({
      id: 'webhook',
      method: 'PUT',
      timeOut: { amount: 5, unit: 'second' },
      saveAs: 'hook',
      otherwise: { id: 'send-bye' },
    });
    expect(step.url.evaluate(scope)).toBe('https://example.com/c1');
    expect(step.body?.evaluate(scope)).toEqual({ a: [{ b: 'phone' }], n: 5, t: 'سارا', none: 'c1' });
    expect(firstOf<WebhookStep>('webhook: https://example.com')).toMatchObject({ method: 'POST', body: undefined });
  });

  it('has its name below: the status for certain', () => {
    const hook = '  - { webhook: "https://example.com", save_as: hook }\n';
    expect(told(`${hook}  - { send: hello, with: { s: =hook.status } }`)).toEqual([]);
    expect(told(`${hook}  - { send: hello, with: { s: =hook.body } }`)).toEqual([
      expect.stringContaining('may be absent'),
    ]);
    expect(told(`${hook}  - choose: [ { when: hook.body.ok == true, then: [] } ]`)).toEqual([]);
  });

  it.each([
    [
      'webhook: example.com',
      '5:14: "example.com" is no address of a web hook; expected one such as https://example.com/hook',
    ],
    ['webhook:', /^5:\d+: expected an address such as/],
    ['{ webhook: "https://a.example", time_out: 61 seconds }', /a web hook is waited for 60 seconds at most/],
    ['{ webhook: "https://a.example", time_out: 1 hour }', /a web hook is waited for 60 seconds at most/],
    ['{ webhook: "https://a.example", method: SEND }', /expected GET or POST or PUT or PATCH or DELETE, got "SEND"/],
    ['{ webhook: "https://a.example", method: GET, body: { a: b } }', /GET has no body; write method: POST/],
    ['{ webhook: "https://a.example", body: { a: =max(1, 2) } }', /quote this expression/],
  ])('%j is told', check);
});

describe('task', () => {
  it('is somebody’s, with its results', () => {
    const step = firstOf<TaskStep>(
      'task: "call {{customer.name}}"\n    assign_to: =trigger.kind\n    due: 4 working hours\n    results: [solved, no_answer]\n    within: 1 working day\n    save_as: call\n    else: [ send: bye ]',
    );
    expect(step).toMatchObject({
      id: 'task',
      results: ['solved', 'no_answer'],
      saveAs: 'call',
      otherwise: { id: 'send-bye' },
    });
    expect([step.title.evaluate(scope), step.assignTo?.evaluate(scope)]).toEqual(['call سارا', 'phone']);
    expect(firstOf<TaskStep>('task: call')).toMatchObject({ due: undefined, within: undefined, results: [] });
  });

  it('listens to what is done only where it waits', () => {
    const listens = (step: string) => [...givenJourney({ steps: `  - ${step}` }).listensTo];
    expect(listens('{ task: call, within: 1 day }')).toEqual(['task.done']);
    expect(listens('task: call')).toEqual([]);
  });

  it('has its id below, and its result where it was waited for', () => {
    const below = (options: string, what: string) =>
      told(`  - { task: call, save_as: call${options} }\n  - { send: hello, with: { x: =call.${what} } }`).length;
    expect([below('', 'task_id'), below('', 'result')]).toEqual([0, 1]);
    expect([below(', within: 1 day', 'task_id'), below(', within: 1 day', 'result')]).toEqual([0, 1]);
    expect(below(', within: 1 day, else: [ { take_back: call }, stop: late ]', 'result')).toBe(0);
  });

  it.each([
    ['task:', /^5:\d+: expected what is to be done, got nothing/],
    ['{ task: call, else: [ send: bye ] }', '5:19: else is done when the task is not done in time; add within'],
    ['{ task: call, results: [a, a] }', '5:32: "a" stands here twice'],
    ['{ task: call, results: [] }', '5:28: there is no result in this list'],
    ['{ task: call, due: tomorrow }', /^5:24: expected a duration/],
    ['{ task: =trigger.order }', '5:14: expected what is to be done, got a record'],
  ])('%j is told', check);
});
