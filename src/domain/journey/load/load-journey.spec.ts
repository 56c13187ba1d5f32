import { scopeWith } from '../../../../test/given/expression.js';
import { givenJourney, givenWorkspace, journeyText, toldOf } from '../../../../test/given/workspace.js';
import { printProblem } from '../../problem.js';
import { loadJourney } from '../../workspace.js';

const day = 86_400_000;
const told = (text: string) => toldOf({ 'journeys/test.yaml': text });

describe('a whole journey', () => {
  const journey = givenJourney({
    top: `title: وضعیت
draft: true
about: repair_id
entry: { again: after 30 days, while_inside: restart }
exit: [{ event: repair.cancelled }, { when: customer.tier == "gone" }]
goal: { event: repair.delivered, when: known(event.paid), value: event.paid, within: 10 days, continue: true }
lasts_at_most: 2 months`,
    trigger:
      'trigger:\n  - { event: repair.received, when: known(event.device), max_age: 3 days, as: front }\n  - event: order.placed',
    steps: `  - send: hello
  - wait_for: repair.ready
  - wait: 2 days`,
  });

  it('has its name, a version of its text, and its top level', () => {
    expect(journey).toMatchObject({
      name: 'test',
      title: 'وضعیت',
      draft: true,
      purpose: 'transactional',
      entry: { again: { kind: 'after', duration: { amount: 30, unit: 'day' } }, whileInside: 'restart' },
      lastsAtMost: { amount: 2, unit: 'month' },
    });
    expect(journey.version).toMatch(/^[0-9a-f]{16}$/);
  });

  it('has its triggers', () => {
    expect(journey.triggers).toMatchObject([
      {
        event: 'repair.received',
        maxAge: { amount: 3, unit: 'day' },
        startedBy: 'front',
        when: { source: 'known(event.device)' },
      },
      { event: 'order.placed', maxAge: { amount: 2, unit: 'hour' }, startedBy: 'order.placed', when: undefined },
    ]);
    expect([...journey.startsOn]).toEqual(['repair.received', 'order.placed']);
  });

  it('has its exits and goals', () => {
    expect(journey.exits).toMatchObject([{ event: 'repair.cancelled', when: undefined }, { event: undefined }]);
    expect(journey.goals).toMatchObject([{ event: 'repair.delivered', continues: true }]);
    expect(journey.goals[0]?.within.until(scopeWith({}), 0)).toBe(10 * day);
    expect(journey.goals[0]?.value?.source).toBe('event.paid');
  });

  it('knows what it listens to and what about ties', () => {
    expect([...journey.listensTo].sort()).toEqual(['repair.cancelled', 'repair.delivered', 'repair.ready']);
    expect([...journey.tiedTypes].sort()).toEqual(['repair.cancelled', 'repair.delivered', 'repair.ready']);
    expect(journey.about).toMatchObject({ kind: 'field', path: ['repair_id'] });
  });

  it('has its steps in reading order, each with its successor', () => {
    expect([...journey.steps.keys()]).toEqual(['send-hello', 'wait-for-repair-ready', 'wait-2-days']);
    expect(journey.first).toEqual({ kind: 'step', id: 'send-hello' });
    expect([...journey.steps.values()].map(({ next }) => next)).toEqual([
      { kind: 'step', id: 'wait-for-repair-ready' },
      { kind: 'step', id: 'wait-2-days' },
      { kind: 'end' },
    ]);
  });

  it('has its defaults', () => {
    expect(givenJourney({})).toMatchObject({
      title: undefined,
      draft: false,
      runs: { from: undefined, to: undefined },
      policy: undefined,
      priority: 5,
      limits: {},
      holdout: 0,
      onChange: 'pin',
      atEnd: [],
      about: undefined,
      entry: { again: { kind: 'always' }, whileInside: 'ignore' },
      exits: [],
      goals: [],
      lastsAtMost: { amount: 1, unit: 'year' },
      triggers: [{ maxAge: { amount: 1, unit: 'day' } }],
    });
    const [goal] = givenJourney({ top: 'goal: { event: visit }' }).goals;
    expect(goal?.continues).toBe(false);
    expect(goal?.within.until(scopeWith({}), 0)).toBe(30 * day);
  });

  it('changes its version with its text', () => {
    expect(givenJourney({ top: 'title: a' }).version).not.toBe(givenJourney({ top: 'title: b' }).version);
  });

  it('keeps the calls over history of its triggers apart from all others', () => {
    const { calls } = givenJourney({
      top: `goal: { when: 'count("visit") > 3' }`,
      trigger: `trigger: { event: visit, when: 'count("visit", "30 days") == 1' }`,
    });
    expect(calls.entering).toMatchObject([{ function: 'count', type: 'visit', window: { amount: 30, unit: 'day' } }]);
    expect(calls.inside).toMatchObject([{ function: 'count', type: 'visit' }]);
  });
});

describe('the top level', () => {
  it('has the time in which it starts people, its own policy, and its limits', () => {
    const journey = givenJourney({
      top: `runs: { from: 2026-12-01, to: 2026-12-20T18:00:00+03:30 }
policy: { caps: 1 per 1 day, quiet_hours: "20:00-10:00", not_after: 1 day }
priority: 2
limits: { entries: 5000 per 1 day, credit: 50000000 toman }
holdout: 5%
on_change: exit`,
    });
    const tehran = { ...scopeWith({}), clock: { zone: 'Asia/Tehran', calendar: 'jalali' as const } };
    expect(journey.runs.from?.until(tehran, 0)).toBe(Date.parse('2026-12-01T00:00:00+03:30'));
    expect(journey.runs.to?.until(tehran, 0)).toBe(Date.parse('2026-12-20T18:00:00+03:30'));
    expect(journey).toMatchObject({
      policy: { caps: [{ messages: 1 }], quietHours: { from: 1200, to: 600 } },
      priority: 2,
      limits: {
        entries: { amount: 5000, per: { amount: 1, unit: 'day' } },
        credit: { amount: 500_000_000, per: undefined },
      },
      holdout: 0.05,
      onChange: 'exit',
    });
    expect(journey.policy?.notAfter?.until(tehran, 0)).toBe(day);
  });

  it('goes on at renamed steps under move, where a made id that repeats is warned of', () => {
    const top = 'on_change: move\nrenamed: { first: send-hello-2 }';
    const steps = '  - send: hello\n  - send: hello';
    expect(givenJourney({ top, steps }).renamed).toEqual(new Map([['first', 'send-hello-2']]));
    expect(told(journeyText({ top, steps }))).toEqual([
      'journeys/test.yaml:8:5: warning: this step is "send-hello-2" only by its place, which on_change: move goes by; give it an id of its own',
    ]);
    expect(told(journeyText({ steps }))).toEqual([]);
  });

  it('has what is done however an enrolment ends, with the names of all steps', () => {
    const text = journeyText({ steps: '  - { task: call, save_as: call }\n  - { set: { tier: a } }' });
    const atEnd =
      'at_end:\n  - set: { tier: gone }\n  - take_back: call\n  - { emit: visit }\n  - webhook: https://example.com\n';
    const { workspace } = givenWorkspace({ 'journeys/test.yaml': `${text}${atEnd}` });
    expect(workspace?.journeys[0]?.atEnd).toMatchObject([
      { kind: 'set', id: 'set-tier-2', next: { kind: 'end' } },
      { kind: 'take_back', name: 'call' },
      { kind: 'emit', id: 'emit-visit' },
      { kind: 'webhook' },
    ]);
    expect([...(workspace?.journeys[0]?.steps.keys() ?? [])]).toEqual(['task', 'set-tier']);
  });

  it('notes what its expressions ask for', () => {
    const files = { 'journeys/scores.yaml': 'loyalty: count("visit") * 10\n' };
    const steps = '  - choose: [ { when: score("loyalty") > 5 and credit() > 0 and spent() < toman(5), then: [] } ]';
    expect(givenJourney({ steps }, files).uses).toEqual({
      ...{ audiences: [], scores: ['loyalty'], population: false, credit: true, spent: true },
    });
  });
});

describe('about', () => {
  it('may be a path or an expression, which ties nothing', () => {
    const byPath = givenJourney({
      top: 'about: order.id\nexit: { event: visit }',
      trigger: 'trigger: { event: purchase.completed }',
    });
    expect(byPath.about).toMatchObject({ kind: 'field', path: ['order', 'id'], ties: new Set() });
    const byExpression = givenJourney({ top: 'about: =trigger.repair_id\nexit: { event: repair.cancelled }' });
    expect(byExpression.about).toMatchObject({ kind: 'expression' });
    expect(byExpression.tiedTypes).toEqual([]);
  });
});

describe('a journey loaded beside a workspace', () => {
  it('is checked against its files', () => {
    const { workspace } = givenWorkspace();
    const good = loadJourney(journeyText({}), 'test', workspace!);
    expect(good.problems).toEqual([]);
    expect(good.journey?.name).toBe('test');
    const bad = loadJourney(journeyText({ steps: '  - send: gone' }), 'test', workspace!);
    expect(bad.journey).toBeUndefined();
    expect(bad.problems.map(printProblem)).toEqual([
      'journeys/test.yaml:5:11: there is no template "gone"; write templates/gone/sms.hbs',
    ]);
  });
});

describe('a wrong top level', () => {
  it.each([
    ['titel: x', 'journeys/test.yaml:3:1: "titel" is no key of a journey; did you mean "title"?'],
    ['on_change: mve', 'journeys/test.yaml:3:12: expected pin or move or exit, got "mve"; did you mean "move"?'],
    ['priority: 10', 'journeys/test.yaml:3:11: expected a priority from 1 (first) to 9, got 10'],
    ['holdout: 5', /^journeys\/test.yaml:3:10: expected a share from 0% to 100%, such as "5%", got 5/],
    ['holdout: 100%', 'journeys/test.yaml:3:10: with a holdout of 100% nobody would ever start'],
    ['runs: { from: 3 days }', /^journeys\/test.yaml:3:15: expected a date or an instant, got "3 days"/],
    ['runs: { form: 2026-12-01 }', 'journeys/test.yaml:3:9: "form" is no key of runs; did you mean "from"?'],
    ['policy: { cap: 1 per 1 day }', /"cap" is no key of a journey's policy; did you mean "caps"\?$/],
    [
      'limits: { entries: many }',
      /^journeys\/test.yaml:3:20: expected a number of entries such as "5000 per 1 day", got "many"/,
    ],
    [
      'limits: { credit: 5000 }',
      /^journeys\/test.yaml:3:19: expected money with its unit such as "50000000 toman", got "5000"/,
    ],
    ['limits: { entries: 5 per day }', /^journeys\/test.yaml:3:20: "day" is no duration/],
    [
      'renamed: { a: send-hello }',
      'journeys/test.yaml:3:1: renamed goes with on_change: move; otherwise nobody is moved',
    ],
    [
      'on_change: move\nrenamed: { a: send-helo }',
      'journeys/test.yaml:4:15: there is no step "send-helo"; did you mean "send-hello"?',
    ],
    [
      'on_change: move\nrenamed: { send-hello: send-hello }',
      /^journeys\/test.yaml:4:12: "send-hello" is the id of a step still/,
    ],
    [
      'at_end: [ send: hello ]',
      'journeys/test.yaml:3:11: send does not stand here; expected one of set, emit, task, take_back, webhook',
    ],
    [
      'at_end: [ { task: call, within: 1 day } ]',
      'journeys/test.yaml:3:25: nothing waits at the end, so that within would never be done; leave it out',
    ],
    ['goal: { event: visit, within: soon }', /^journeys\/test.yaml:3:31: expected a duration/],
    ['draft: maybe', 'journeys/test.yaml:3:8: expected true or false, got "maybe"'],
    ['title: [a]', 'journeys/test.yaml:3:8: expected a text, got a list'],
    ['about: repairid', 'journeys/test.yaml:3:8: "repairid" is no field of repair.received; did you mean "repair_id"?'],
    [
      'about: { a: b }',
      'journeys/test.yaml:3:8: expected a field of the event, such as repair_id, or =expression, got a mapping',
    ],
    ['lasts_at_most: long', /^journeys\/test.yaml:3:16: "long" is no duration; expected a whole number and a unit/],
    ['entry: { again: after never }', /^journeys\/test.yaml:3:17: "never" is no duration/],
    [
      'entry: { again: sometimes }',
      'journeys/test.yaml:3:17: expected always, never or "after 30 days", got "sometimes"',
    ],
    [
      'entry: { while_inside: updat }',
      'journeys/test.yaml:3:24: expected ignore or restart or update, got "updat"; did you mean "update"?',
    ],
    ['exit: {}', 'journeys/test.yaml:3:7: an exit needs event, when, or both'],
    [
      'exit: { event: repair.canceled }',
      'journeys/test.yaml:3:16: event type "repair.canceled" is not in the catalogue; did you mean "repair.cancelled"?',
    ],
    [
      'goal: { event: visit, value: event.shop }',
      /^journeys\/test.yaml:3:30: the value of a goal is summed; expected a number or money, got text/,
    ],
    ['title: a\ntitle: b', 'journeys/test.yaml:4:1: "title" stands here twice; a key may be given once'],
  ])('%s is told', (top, message) => {
    expect(told(journeyText({ top }))).toEqual([
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]);
  });

  it.each([
    ['', 'journeys/test.yaml:1:1: this file is empty; expected a journey'],
    ['- a', /^journeys\/test.yaml:1:1: expected a journey as a mapping/],
    [
      journeyText({}).replace('journey: test', 'journey: other'),
      'journeys/test.yaml:1:10: the file is named "test", so journey must be "test", not "other"',
    ],
    [
      journeyText({}).replace('journey: test', 'journey: My Test'),
      /^journeys\/test.yaml:1:10: "My Test" is no name for a journey/,
    ],
    [
      journeyText({}).replace('journey: test\n', ''),
      'journeys/test.yaml:1:1: journey is missing; write "journey: test", as the file is named',
    ],
    [
      journeyText({}).replace('transactional', 'transactionel'),
      'journeys/test.yaml:2:10: purpose "transactionel" is not declared in policy.yaml; did you mean "transactional"?',
    ],
    [
      journeyText({}).replace('purpose: transactional\n', ''),
      'journeys/test.yaml:1:1: purpose is missing; name one that policy.yaml declares',
    ],
    [
      journeyText({}).replace(/steps:[^]*/, ''),
      'journeys/test.yaml:1:1: steps is missing; a journey has at least one step',
    ],
    [journeyText({}).replace(/steps:[^]*/, 'steps: []'), 'journeys/test.yaml:4:8: a journey has at least one step'],
  ])('%j is told', (text, message) => {
    expect(told(text)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });

  it('is told whole, in order', () => {
    const text = journeyText({ top: 'titel: x\nrun: 1', steps: '  - send: nothing\n  - wiat: 1 day' });
    expect(told(text).map((line) => line.split(':')[1])).toEqual(['3', '4', '7', '8']);
  });
});

describe('a wrong trigger', () => {
  it.each([
    [
      'trigger: {}',
      'journeys/test.yaml:3:10: event is missing; a trigger has one of event, every, cron, occasion, anniversary, absence, credit_expiring, manual',
    ],
    ['trigger: []', 'journeys/test.yaml:3:10: there is no trigger in this list'],
    [
      'trigger: { evnt: visit, event: visit }',
      'journeys/test.yaml:3:12: "evnt" is no key of a trigger; did you mean "event"?',
    ],
    ['trigger: visit', /^journeys\/test.yaml:3:10: expected a trigger as a mapping/],
    [
      'trigger: { event: vist }',
      'journeys/test.yaml:3:19: event type "vist" is not in the catalogue; did you mean "visit"?',
    ],
    ['trigger: { event: visit, max_age: soon }', /^journeys\/test.yaml:3:35: "soon" is no duration/],
    ['trigger: { event: visit, when: event.shp == "a" }', /^journeys\/test.yaml:3:(32|38|37): .*shop/],
    [
      'trigger: { event: purchase.completed, when: min(event.amount, 0) > 3 }',
      'journeys/test.yaml:3:45: quote this expression: YAML ends it before ","',
    ],
    [`trigger: { event: visit, when: event.shop == 'a' }`, undefined],
    [
      'trigger:\n  event: purchase.completed\n  when: event.kind in ["a #1"]',
      'journeys/test.yaml:5:9: quote this expression: YAML ends it before "#"',
    ],
    [
      'trigger:\n  event: purchase.completed\n  when: min(event.amount, #1)',
      'journeys/test.yaml:5:9: quote this expression: YAML ends it before "#"',
    ],
    [
      'trigger:\n  event: purchase.completed\n  when: { a: b }',
      /^journeys\/test.yaml:5:9: expected an expression, got a mapping; quote this expression/,
    ],
    [
      'trigger:\n  event: purchase.completed\n  when:',
      /^journeys\/test.yaml:5:.*: expected an expression, got nothing/,
    ],
  ])('%j is told', (trigger, message) => {
    const lines = told(journeyText({ trigger }));
    if (message === undefined) expect(lines.filter((line) => line.includes('quote'))).toEqual([]);
    else expect(lines).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });
});
