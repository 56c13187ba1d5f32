import { languageFile } from '../../../test/given/language-files.js';
import { toldOf } from '../../../test/given/workspace.js';

/** The language's own examples, each beside files that have what it names. */
const shared = ['policy', 'occasions', 'audiences', 'scores', 'customers'].map((name) => `${name}.yaml`);
const greeting =
  'سلام {{default customer.name "دوست"}} {{jalali now}} {{fa_digits 12}} {{link "https://example.com"}}\n';
const names = ['repair-received', 'repair-at-workshop', 'repair-still-diagnosing', 'repair-ready', 'rate-us'];
const files = {
  ...Object.fromEntries(shared.map((name) => [`journeys/${name}`, languageFile(name)])),
  'journeys/events.yaml': languageFile('events.yaml').replaceAll(/(device|due_date)\?:/g, '$1:'),
  'templates/repair-estimate/sms.hbs':
    '{{toman estimate.cost}}{{#if estimate.ready_at}} {{time estimate.ready_at}}{{/if}}\n',
  'templates/repair-estimate/telegram.hbs': '{{toman estimate.cost}}\n',
  'templates/gift/sms.hbs': '{{toman gift.amount}} {{toman gift.balance}}\n',
  ...Object.fromEntries(names.map((name) => [`templates/${name}/sms.hbs`, greeting])),
  ...Object.fromEntries(names.map((name) => [`templates/${name}/telegram.hbs`, greeting])),
};

const journey = (trigger: string, steps = '  - send: repair-ready', top = '') =>
  `journey: example\npurpose: service\n${top}${trigger}\nsteps:\n${steps}\n`;

describe("the language's examples", () => {
  it('begin with a whole journey', () => {
    expect(toldOf({ ...files, 'journeys/repair-status.yaml': languageFile('repair-status.yaml') })).toEqual([]);
  });

  it.each([
    'trigger: { event: purchase.completed, when: event.amount >= toman(100000), max_age: 1 day }',
    `trigger: { event: stock.arrived, audience: everyone, when: 'count("purchase.completed", "2 years", past.kind == event.kind) > 0' }`,
    'trigger: { every: thursday, at: "18:00", audience: vip }        # day, a weekday, month',
    'trigger: { every: day, at: "18:00", audience: vip }',
    'trigger: { every: month, at: "18:00", audience: vip }',
    'trigger: { cron: "0 18 1,15 * *", audience: vip }',
    'trigger: { occasion: yalda, offset: -1 day, at: "18:00", audience: everyone }',
    'trigger: { anniversary: customer.birth_date, calendar: jalali, at: "10:00" }',
    'trigger: { absence: [purchase.completed, repair.received], for: 90 days, at: "11:00", audience: has-bought }   # of all',
    'trigger: { credit_expiring: 5 days, at: "11:00" }               # once a customer and day',
    'trigger: { manual: { kind: text, closes_at: time } }            # launched by CLI, API or console',
    'trigger: [ { event: repair.received, as: counter }, { every: day, at: "10:00", as: morning } ]',
  ])('of triggers check well: %s', (trigger) => {
    expect(toldOf({ ...files, 'journeys/example.yaml': journey(trigger) })).toEqual([]);
  });

  it.each([
    'about: order.id\n',
    'about: =trigger.kind\n',
    'description: a\nowner: b\ntags: [c, d]\ndraft: true\non_change: pin\nlasts_at_most: 1 year\n',
    'runs: { from: 2026-12-01, to: 1405-10-30 }\npolicy: { caps: 1 per 1 day, quiet_hours: "20:00-10:00", not_after: 1 day }\n',
    'priority: 1\nlimits: { entries: 5000 per 1 day, credit: 50000000 toman }\nholdout: 5%\n',
    'on_change: move\nrenamed: { old-id: send-repair-ready }\n',
    'on_change: exit\n',
    'entry: { again: after 30 days, while_inside: update }\n',
    'exit: { when: "customer.tier == \\"gone\\" || days_since(customer.last_visit) > 90" }\n',
    'goal: { event: purchase.completed, when: event.amount > 0, value: event.amount, within: 30 days, continue: true }\n',
    'goal: { event: purchase.completed, value: event.amount * 0.05, within: { occasion: nowruz, at: "00:00", edge: end } }\n',
    'at_end: [ set: { tier: gone }, { emit: repair.rated, data: { repair_id: r1, score: 1 } }, { task: call }, { webhook: "https://example.com" } ]\n',
  ])('of the top level check well: %j', (top) => {
    const trigger = 'trigger: { event: purchase.completed }';
    expect(toldOf({ ...files, 'journeys/example.yaml': journey(trigger, undefined, top) })).toEqual([]);
  });

  it.each([
    '  - { send: repair-ready, with: { tier: gold, note: "تماس با {{customer.name}}", amount: =trigger.amount * 0.05 } }',
    '  - { send: repair-ready, purpose: service, not_after: 3 days, id: the-last }',
    '  - { send: repair-ready, via: reply, not_after: 2026-12-21T18:00:00+03:30, else: [ stop: unreached ] }',
    '  - { send: repair-ready, via: [telegram, sms], fallback_after: 10 minutes, not_after: 1405-09-30 }',
    '  - { send: repair-ready, not_after: =estimate.ready_at }',
    '  - { send: repair-ready, not_after: { date: =default(estimate.ready_at, now), offset: -3 days, at: "10:00" } }',
    '  - { send: repair-ready, not_after: { occasion: yalda, offset: 5 days, at: "23:59" } }',
    '  - { ask: rate-us, answers: 1..5, within: 2 days, unless: [complaint.opened], reask: 1, save_as: csat }\n  - set: { tier: gold, last_score: "=default(csat.value, 0)" }',
    '  - { ask: rate-us, answers: [red, blue], save_as: colour }',
    '  - { ask: rate-us, answers: { yes: [1, بله, آره], no: [2, نه] }, save_as: wants, else: [ stop: silent ] }\n  - set: { tier: =wants.value }',
    '  - { ask: rate-us, answers: text, via: telegram }',
    '  - wait: 2 days\n  - wait: 1 month\n  - wait: 3 working days',
    '  - wait: { days: [sat, sun, mon, tue, wed], from: "10:00", to: "20:00" }\n    after: 1 day',
    '  - wait: working\n    after: 1 day\n  - { wait: 2 days, at: "11:00" }\n  - wait: { after: 1 day, at: "11:00" }',
    '  - { wait_until: best_hour }\n  - { wait_until: =estimate.ready_at, then: [ send: repair-ready ], else: [ stop: too late ] }',
    '  - wait_until: { occasion: nowruz, at: "10:00", edge: end }',
    '  - { wait_for: repair.ready, when: event.repair_id != "", since: last_wait, at_most: 2 weeks, save_as: ready, else: [ stop: too late ] }',
    '  - { wait_for: [ { event: repair.ready }, { after: 2 days, when: known(customer.phone), then: [ send: repair-ready ] } ], at_most: 9 days }',
    '  - choose:\n      - when: not known(customer.tier)\n        then: [ send: repair-ready ]\n      - else: [ stop: done here ]',
    '  - choose:\n      - when: >\n          sum("purchase.completed", "amount", "365 days") > toman(50000000)\n          and last("purchase.completed") < now\n        then: [ wait: 1 hour ]',
    '  - choose:\n      - when: in_audience("vip") and score("loyalty") > 5 and quintile("money") == 5 and spent("90 days") < toman(5000)\n        then: []',
    '  - split: [ { name: a, weight: 50%, then: [ send: repair-ready ] }, { name: b, weight: 25% } ]\n    id: which',
    '  - { grant: 20000 toman, expires: 30 days, at_most: 50000 toman, round_to: 1000 toman, save_as: gift }\n  - send: gift\n  - choose: [ { when: credit(gift) > 0 and credit() > 0, then: [ { take_back: gift, at_most: 1000 toman, save_as: taken } ] } ]',
    '  - { grant: =trigger.amount * 0.05, expires: { occasion: yalda, offset: 5 days, at: "23:59" } }',
    '  - set: { tier: gold, budget: 20000 toman, last_visit: =now }',
    '  - emit: repair.rated\n    data: { repair_id: "{{trigger.kind}}", score: 5, at: =now, paid: 20000 toman }\n    subject: =customer.referred_by',
    '  - webhook: https://example.com/hook\n    method: PUT\n    body: { who: =customer.id, lines: [ { kind: =trigger.kind } ], note: "{{customer.name}}" }\n    time_out: 5 seconds\n    save_as: hook\n    else: [ stop: no hook ]\n  - choose: [ { when: hook.status == 201, then: [] } ]',
    '  - task: "تماس با {{customer.name}}"\n    assign_to: support\n    due: 4 working hours\n    results: [solved, no_answer]\n    within: 1 working day\n    save_as: call\n    else: [ { take_back: call }, { stop: not called } ]\n  - set: { tier: =call.result }',
    `  - stop: "{{customer.name}} has waited"`,
  ])('of steps check well: %j', (steps) => {
    const before = '  - { wait_for: repair.estimated, save_as: estimate, when: known(event.ready_at) }\n';
    const file = journey(
      'trigger: { event: purchase.completed }',
      before + steps.replace('=default(estimate.ready_at, now)', '"=default(estimate.ready_at, now)"'),
    );
    expect(toldOf({ ...files, 'journeys/example.yaml': file })).toEqual([]);
  });
});
