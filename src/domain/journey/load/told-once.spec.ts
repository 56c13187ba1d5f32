import { journeyText, shopFiles, toldOf } from '../../../../test/given/workspace.js';

type Parts = Parameters<typeof journeyText>[0];
const told = (parts: Parts, files: Readonly<Record<string, string | undefined>> = {}) =>
  toldOf({ 'journeys/test.yaml': journeyText(parts), ...files });

const guarded = { 'templates/hello/sms.hbs': 'سلام {{trigger.device}} {{trigger.repair_id}}\n' };

describe('one mistake is told once', () => {
  it.each<[string, Parts, string]>([
    [
      'an arm that leaves, of an unknown type',
      {
        steps: `
  - wait_for:
      - { event: visit, stay: true }
      - { event: repair.estimatd, save_as: estimate, when: event.cost > toman(5) }
  - send: repair-estimate
  - choose: [ { when: estimate.cost > toman(5), then: [ stop: dear ] } ]`,
      },
      'journeys/test.yaml:8:18: event type "repair.estimatd" is not in the catalogue; did you mean "repair.estimated"?',
    ],
    [
      'a wait for an unknown type',
      { steps: '  - { wait_for: repair.estimatd, save_as: estimate }\n  - send: repair-estimate' },
      'journeys/test.yaml:5:17: event type "repair.estimatd" is not in the catalogue; did you mean "repair.estimated"?',
    ],
    [
      'a misspelt trigger key',
      { trigger: 'triger: { event: repair.received, when: known(event.device) }', steps: '  - send: hello' },
      'journeys/test.yaml:3:1: "triger" is no key of a journey; did you mean "trigger"?',
    ],
    [
      'no trigger',
      { trigger: '# none', steps: '  - send: hello' },
      'journeys/test.yaml:1:1: trigger is missing; write for example "trigger: { event: repair.received }"',
    ],
    [
      'a trigger of an unknown type beside a good one',
      {
        trigger: 'trigger: [ { event: repair.ready }, { event: repair.recieved } ]',
        steps: '  - send: hello',
      },
      'journeys/test.yaml:3:46: event type "repair.recieved" is not in the catalogue; did you mean "repair.received"?',
    ],
    [
      'a guard in a trigger that cannot be read',
      { trigger: 'trigger: { event: repair.received, when: known(event.devise) }', steps: '  - send: hello' },
      'journeys/test.yaml:3:54: "event" has no field "devise"; did you mean "device"?',
    ],
    [
      'a guard in an alternative that cannot be read',
      { steps: '  - choose: [ { when: known(trigger.devise), then: [ send: hello ] } ]' },
      'journeys/test.yaml:5:37: "trigger" has no field "devise"; did you mean "device"?',
    ],
    [
      'a misspelt key that a trigger has to have',
      { trigger: 'trigger: { evnt: repair.received }' },
      'journeys/test.yaml:3:12: "evnt" is no key of a trigger; did you mean "event"?',
    ],
  ])('%s', (_, parts, message) => {
    expect(told(parts, guarded)).toEqual([message]);
  });

  it('and what does not follow from it is told as well', () => {
    const lines = told({
      trigger: 'trigger: { event: repair.recieved, when: customer.teir == "gold" }',
      top: 'exit: { event: vist, when: custommer.tier == "gone" }',
    });
    expect(lines.map((line) => line.split(': ').slice(1).join(': '))).toEqual([
      'event type "vist" is not in the catalogue; did you mean "visit"?',
      'unknown name "custommer"; did you mean "customer"?',
      'event type "repair.recieved" is not in the catalogue; did you mean "repair.received"?',
      '"customer" has no field "teir"; did you mean "tier"?',
    ]);
  });

  it('an unreadable guard hides nothing that no guard could make good', () => {
    const lines = told(
      { trigger: 'trigger: { event: repair.received, when: known(event.devise) }' },
      { 'templates/hello/sms.hbs': '{{trigger.devise}}\n' },
    );
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('"trigger" has no field "devise"');
  });
});

describe('a catalogue that is not there', () => {
  it('is one error, which names the file and the types', () => {
    const steps = '  - { wait_for: repair.estimated, save_as: estimate }\n  - send: repair-estimate';
    const top = `about: repair_id\ngoal: { when: 'count("visit", "1 day", past.shop == "a") > 1' }`;
    expect(told({ steps, top }, { 'journeys/events.yaml': undefined })).toEqual([
      'journeys/events.yaml:1:1: there is no events.yaml; it declares the event types that are named: repair.estimated, repair.received, visit',
    ]);
  });

  it('is no mistake where nobody asks for it', () => {
    const trigger = 'trigger: { event: customer.updated }';
    expect(told({ trigger }, { 'journeys/events.yaml': undefined })).toEqual([]);
  });

  it('and that cannot be read is told where it is wrong', () => {
    const lines = told({}, { 'journeys/events.yaml': 'visit: { shop: text\nrepair.received: { a: text }\n' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toBe('journeys/events.yaml:1:8: this "{" is not closed; write "}" where it ends');
  });
});

describe('a file that others ask, with a slip in it', () => {
  const shop = (name: string): string => shopFiles[`journeys/${name}.yaml`] ?? '';
  const journey = {
    trigger: 'trigger: { event: visit, audience: vip, when: customer.tier == "gold" }',
    steps:
      '  - { wait_for: repair.estimated, save_as: estimate }\n  - send: repair-estimate\n  - { send: hello, purpose: service }',
    top: 'exit: { event: visit, when: event.shop == "a" }',
  };
  const vip = 'vip: count("visit") > 0\n';
  const of = (files: Readonly<Record<string, string>>): readonly string[] =>
    told(journey, { 'journeys/audiences.yaml': vip, ...files });

  it.each<[string, string, string]>([
    ['events', 'repair.estimated: {', 'repair.estimated {'],
    ['events', 'repair.estimated: {', ' repair.estimated: {'],
    ['events', 'repair.estimated: {', 'repair estimated: {'],
    ['events', 'visit: { shop?: text }', 'visit: [ shop ]'],
    ['events', 'visit: { shop?: text }', 'visit: { description: somebody came, dta: { shop?: text } }'],
    ['policy', '  service: {', '  service {'],
    ['policy', '  service: {', '   service: {'],
    ['policy', 'purposes:', 'purpose:'],
    ['policy', '  service: { consent: not_needed }', 'service: { consent: not_needed }'],
    ['customers', 'tier: text', 'tier text'],
    ['customers', 'tier: text', 'tier: text\n  age?: integer'],
  ])('is told once, and not wherever it is asked: %s with %j as %j', (name, from, to) => {
    const lines = of({ [`journeys/${name}.yaml`]: shop(name).replace(from, to) });
    expect(lines.map((line) => line.split(':')[0])).toEqual([`journeys/${name}.yaml`]);
  });

  it.each(['vip count("visit") > 0\n', '  vip: count("visit") > 0\nold: cout("visit") > 3\n'])(
    'is told once of audiences: %j',
    (text) => {
      expect(of({ 'journeys/audiences.yaml': text }).map((line) => line.split(':')[0])).toEqual([
        'journeys/audiences.yaml',
      ]);
    },
  );

  it('and of occasions', () => {
    const policy = `${shop('policy')}working_hours: { sat-thu: "09:00-18:00", closed: [yalda] }\n`;
    const lines = of({
      'journeys/policy.yaml': policy,
      'journeys/occasions.yaml': 'nowruz: { jalali: 01-01 }\n  yalda: { jalali: 09-30 }\n',
    });
    expect(lines).toEqual([
      'journeys/occasions.yaml:2:3: this line begins with 2 spaces; expected none, like the lines that it belongs with',
    ]);
  });

  it('of which one form is common: a heading above all types', () => {
    const events = `events:\n${shop('events').replaceAll(/^(?=.)/gm, '  ')}`;
    expect(of({ 'journeys/events.yaml': events })).toEqual([
      'journeys/events.yaml:1:1: event types begin at the left; take "events:" away, and 2 spaces before each line below it',
    ]);
  });
});

describe('what was meant', () => {
  it.each<[Parts, string]>([
    [
      { trigger: 'trigger: { event: purchase.completed, when: amount > toman(5) }' },
      'unknown name "amount"; did you mean "event.amount"?',
    ],
    [
      {
        trigger: 'trigger: { event: purchase.completed }',
        steps: '  - choose: [ { when: amount > toman(5), then: [ send: hello ] } ]',
      },
      'unknown name "amount"; did you mean "trigger.amount"?',
    ],
    [
      { steps: '  - { wait_for: repair.estimated, when: cost > toman(5) }' },
      'unknown name "cost"; did you mean "event.cost"?',
    ],
    [
      { trigger: 'trigger: repair.received' },
      'expected a trigger as a mapping (event, when, audience, max_age, as), got "repair.received"; write trigger: { event: repair.received }',
    ],
    [
      { top: 'exit: repair.cancelled' },
      'expected an exit as a mapping (event, when), got "repair.cancelled"; write exit: { event: repair.cancelled }',
    ],
    [
      { top: 'goal: repair.delivered' },
      'expected a goal as a mapping (event, when, value, within, continue), got "repair.delivered"; write goal: { event: repair.delivered }',
    ],
    [
      { steps: '  - wait_for: [ visit ]' },
      'expected an arm as a mapping (event, when, since, save_as, then, stay), got "visit"; write { event: visit }',
    ],
    [{ steps: '  - send: hello\n  - stop' }, '"stop" alone is no step; write "stop: a reason"'],
    [{ steps: '  - wait: 2h' }, '"2h" is no duration; did you mean "2 hours"?'],
    [{ steps: '  - wait: ۲ ساعت' }, '"۲ ساعت" is no duration; did you mean "2 hours"?'],
    [{ steps: '  - { send: hello, not_after: 3d }' }, '"3d" is no duration; did you mean "3 days"?'],
  ])('is said of %j', (parts, message) => {
    expect(told(parts).map((line) => line.replace(/^\S+: /, ''))).toEqual([message]);
  });
});

describe('an event without the field of about', () => {
  const of = (type: string) =>
    `warning: ${type} has no field "repair_id", by which this journey is told apart: it concerns every enrolment of the customer`;

  it('is warned of in exits, goals and waits', () => {
    const lines = told({
      top: 'about: repair_id\nexit: { event: visit }\ngoal: { event: purchase.completed }',
      steps: '  - wait_for: [ { event: visit }, { event: repair.ready } ]',
    });
    expect(lines).toEqual([
      `journeys/test.yaml:4:16: ${of('visit')}`,
      `journeys/test.yaml:5:16: ${of('purchase.completed')}`,
      `journeys/test.yaml:8:26: ${of('visit')}`,
    ]);
  });

  it('is not where the journey has no such field, or the event is about a customer as such', () => {
    expect(told({ top: 'exit: { event: visit }' })).toEqual([]);
    expect(told({ top: 'about: repair_id\nexit: { event: consent.withdrawn }' })).toEqual([]);
  });
});
