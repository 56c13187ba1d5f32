import { toldOf } from '../../../test/given/workspace.js';

/** The language's own examples, as far as they are built, each beside a catalogue that has what it names. */
const policy = `timezone: Asia/Tehran
calendar: jalali
purposes:                                    # in the order in which they leave when there is more than the rates allow
  transactional: { consent: not_needed }
  service:       { consent: not_needed, in_doubt: never }
channel_order:                               # or one list, for everybody
  - [sms, email]
channels:
  sms:   { provider: kavenegar, sender: "10004346", rate: 50 per second, cost: 3500 rial }    # a part; several providers: a list
  email: { provider: smtp, sender: "تعمیرگاه <info@example.com>", rate: 20 per second }
`;

const events = `repair.received: { repair_id: text, device: text, due_date: date }
repair.sent_to_workshop: { repair_id: text }
repair.estimated: { repair_id: text, cost: money, ready_at?: time }
repair.ready: { repair_id: text }
repair.delivered: { repair_id: text }
repair.cancelled: { repair_id: text }
purchase.completed: { amount: money, kind: text, order: { id: integer } }
stock.arrived:
  data: { kind: text, sizes: [text], at?: { shelf: integer } }
  description: something new
  max_age: 2 days
complaint.opened: { schema: { type: object, properties: { text: { type: string } } } }
`;

const template = { sms: 'سلام {{default customer.name "دوست"}} {{jalali now}} {{fa_digits 12}}\n' };
const names = ['repair-received', 'repair-at-workshop', 'repair-still-diagnosing', 'repair-ready'];
const files = {
  'journeys/policy.yaml': policy,
  'journeys/events.yaml': events,
  'journeys/customers.yaml': 'tier: text\nlast_visit?: time\n',
  'templates/repair-estimate/sms.hbs':
    '{{toman estimate.cost}}{{#if estimate.ready_at}} {{time estimate.ready_at}}{{/if}}\n',
  ...Object.fromEntries(names.map((name) => [`templates/${name}/sms.hbs`, template.sms])),
};

const repairStatus = `# yaml-language-server: $schema=../schema/journey.schema.json
journey: repair-status            # same as the file name
title: اطلاع‌رسانی وضعیت تعمیر
purpose: transactional            # which policy applies, section 8
about: repair_id                  # one enrolment a repair; events of another repair do not touch it
trigger:
  event: repair.received
exit:
  event: repair.cancelled         # leaves at once, even in the middle of a wait
goal:
  event: repair.delivered
steps:
  - send: repair-received
  - wait_for:
      - event: repair.sent_to_workshop
        then: [ send: repair-at-workshop ]
        stay: true                # and goes on waiting
      - after: 2 days
        then: [ send: repair-still-diagnosing ]
      - event: repair.estimated
        save_as: estimate
      - event: repair.ready       # mended at the counter
  - choose:
      - when: known(estimate) and estimate.cost > toman(5000000)
        then:
          - send: repair-estimate
      - when: known(estimate)
        then:
          - send: repair-estimate
  - wait_for: repair.ready        # goes on at once if it has come already
  - send: repair-ready
`;

const journey = (trigger: string, steps = '  - send: repair-ready', top = '') =>
  `journey: example\npurpose: service\n${top}${trigger}\nsteps:\n${steps}\n`;

describe("the language's examples", () => {
  it('begin with a whole journey', () => {
    expect(toldOf({ ...files, 'journeys/repair-status.yaml': repairStatus })).toEqual([]);
  });

  it.each([
    'trigger: { event: purchase.completed, when: event.amount >= toman(100000), max_age: 1 day }',
    `trigger: { event: stock.arrived, when: 'count("purchase.completed", "2 years", past.kind == event.kind) > 0' }`,
    'trigger: [ { event: repair.received, as: counter }, { event: stock.arrived } ]',
  ])('of triggers check well: %s', (trigger) => {
    expect(toldOf({ ...files, 'journeys/example.yaml': journey(trigger) })).toEqual([]);
  });

  it.each([
    'about: order.id\n',
    'about: =trigger.kind\n',
    'description: a\nowner: b\ntags: [c, d]\ndraft: true\non_change: pin\nlasts_at_most: 1 year\n',
    'entry: { again: after 30 days, while_inside: update }\n',
    'exit: { when: "customer.tier == \\"gone\\" || days_since(customer.last_visit) > 90" }\n',
    'goal: { event: purchase.completed, when: event.amount > 0, value: event.amount, within: 30 days, continue: true }\n',
    'goal: { event: purchase.completed, value: event.amount * 0.05 }\n',
  ])('of the top level check well: %j', (top) => {
    const trigger = 'trigger: { event: purchase.completed }';
    expect(toldOf({ ...files, 'journeys/example.yaml': journey(trigger, undefined, top) })).toEqual([]);
  });

  it.each([
    '  - { send: repair-ready, with: { tier: gold, note: "تماس با {{customer.name}}", amount: =trigger.amount * 0.05 } }',
    '  - { send: repair-ready, purpose: transactional, not_after: 3 days, id: the-last }',
    '  - { send: repair-ready, not_after: 2026-12-21T18:00:00+03:30 }',
    '  - { send: repair-ready, not_after: 1405-09-30 }',
    '  - { send: repair-ready, not_after: =estimate.ready_at }',
    '  - { send: repair-ready, not_after: { date: =default(estimate.ready_at, now), offset: -3 days, at: "10:00" } }',
    '  - wait: 2 days\n  - wait: 1 month',
    '  - { wait_for: repair.ready, when: event.repair_id != "", since: last_wait, at_most: 2 weeks, save_as: ready, else: [ stop: too late ] }',
    '  - { wait_for: [ { event: repair.ready }, { after: 2 days, when: known(customer.phone), then: [ send: repair-ready ] } ], at_most: 9 days }',
    '  - choose:\n      - { when: not known(customer.tier), then: [ send: repair-ready ] }\n      - else: [ stop: done here ]',
    '  - choose:\n      - when: >\n          sum("purchase.completed", "amount", "365 days") > toman(50000000)\n          and last("purchase.completed") < now\n        then: [ wait: 1 hour ]',
    `  - stop: "{{customer.name}} has waited"`,
  ])('of steps check well: %j', (steps) => {
    const before = '  - { wait_for: repair.estimated, save_as: estimate, when: known(event.ready_at) }\n';
    const file = journey(
      'trigger: { event: purchase.completed }',
      before + steps.replace('=default(estimate.ready_at, now)', '"=default(estimate.ready_at, now)"'),
    );
    expect(toldOf({ ...files, 'journeys/example.yaml': file })).toEqual([]);
  });

  it.each([
    ['{ every: thursday, at: "18:00", audience: vip }', ['every', 'at', 'audience']],
    ['{ cron: "0 18 1,15 * *", audience: vip }', ['cron', 'audience']],
    ['{ occasion: yalda, offset: -1 day, at: "18:00", audience: everyone }', ['occasion', 'offset', 'at', 'audience']],
    ['{ anniversary: customer.birth_date, calendar: jalali, at: "10:00" }', ['anniversary', 'calendar', 'at']],
    [
      '{ absence: [purchase.completed], for: 90 days, at: "11:00", audience: has-bought }',
      ['absence', 'for', 'at', 'audience'],
    ],
    ['{ credit_expiring: 5 days, at: "11:00" }', ['credit_expiring', 'at']],
    ['{ manual: { kind: text, closes_at: time } }', ['manual']],
  ])('of what is not built yet are refused: %s', (trigger, keys) => {
    const told = toldOf({ ...files, 'journeys/example.yaml': journey(`trigger: ${trigger}`) });
    expect(told.map((line) => line.replace(/^[^ ]* /, ''))).toEqual(keys.map((key) => `${key} is not supported yet`));
  });
});
