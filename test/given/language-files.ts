/** Files in which every key, step, trigger and value of the language stands at least once, for every test that asks for all of it. */
const policy = `timezone: Asia/Tehran
calendar: jalali
working_hours: { sat-wed: "09:00-18:00", thu: "09:00-13:00", closed: [nowruz] }
purposes:                                    # in the order in which they leave
  transactional: { consent: not_needed }
  service:       { consent: not_needed, quiet_hours: "22:00-08:00", in_doubt: never }
  marketing:
    consent: required
    quiet_hours: "21:00-09:00"
    caps: [ 1 per 1 day, 3 per 7 days ]      # per customer
    when_capped: defer
    blackout: [ashura, arbaeen]
    except: [open-complaint]
    not_after: 3 days
    footer: "لغو۱۱"
  survey: { consent: marketing, quiet_hours: "21:00-09:00", caps: [ 1 per 30 days ], when_capped: drop, sample: 33% }
opt_out: { words: ["11", لغو, لغو۱۱], purposes: [marketing, survey] }
opt_in:  { words: ["12"], purposes: [marketing, survey] }
channel_order:
  - { audience: from-instagram, try: [instagram, telegram, sms] }
  - [telegram, sms, email]
channels:
  sms:   { provider: kavenegar, sender: "10004346", rate: 50 per second, cost: 3500 rial }
  email: { provider: smtp, sender: "تعمیرگاه <info@example.com>", rate: 20 per second }
`;

const occasions = `yalda: { jalali: 09-30 }
nowruz: { jalali: 01-01, days: 4 }
mothers-day: { hijri: 06-20, dates: [2026-11-30] }
mourning: { dates: [2026-12-05] }
spring-sale: { from: 1405-12-10, to: 1405-12-20 }
sales: [ { from: 1405-12-10, to: 1405-12-20 }, { from: 1406-12-10, to: 1406-12-20 } ]
ashura: { hijri: 01-10 }
arbaeen: { hijri: 02-20 }
`;

const audiences = `vip: sum("purchase.completed", "amount", "365 days") > toman(50000000)
has-bought: count("purchase.completed") > 0
open-complaint: last("complaint.opened") > now - duration("240h")
from-instagram: known(customer.instagram)
`;

const scores = `loyalty: count("purchase.completed", "1 year") * 10 - count("complaint.opened", "1 year") * 25
money: sum("purchase.completed", "amount")
`;

const events = `repair.received: { repair_id: text, device?: text, due_date?: date }
repair.sent_to_workshop: { repair_id: text }
repair.estimated: { repair_id: text, cost: money, ready_at?: time }
repair.ready: { repair_id: text }
repair.delivered: { repair_id: text }
repair.cancelled: { repair_id: text }
purchase.completed: { amount: money, kind: text, order: { id: integer }, lines?: [text] }
stock.arrived:
  data: { kind: text, sizes: [text], at?: { shelf: integer } }
  description: something new
  max_age: 2 days
  broadcast: true
complaint.opened: { schema: { type: object, properties: { text: { type: string } } } }
repair.rated: { repair_id: text, score: integer, at?: date, paid?: money }
`;

const repairStatus = `# yaml-language-server: $schema=../schema/journey.schema.json
journey: repair-status            # same as the file name
title: اطلاع‌رسانی وضعیت تعمیر
purpose: transactional            # which policy applies
about: repair_id                  # one enrolment a repair
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
          - task: "تماس با {{customer.name}} برای تأیید هزینه"
            due: 4 working hours
      - when: known(estimate)
        then:
          - send: repair-estimate
            via: [telegram, sms]
  - wait_for: repair.ready        # goes on at once if it has come already
  - send: repair-ready
    fallback_after: 10 minutes
`;

const startedByClocks = `journey: clocks
purpose: marketing
trigger:
  - { every: thursday, at: "18:00", audience: vip, as: weekly }
  - { cron: "0 18 1,15 * *", audience: vip }
  - { occasion: yalda, offset: -1 day, at: "18:00", audience: everyone }
  - { anniversary: customer.birth_date, calendar: jalali, at: "10:00" }
  - { absence: [purchase.completed, repair.received], for: 90 days, at: "11:00", audience: has-bought }
  - { credit_expiring: 5 days, at: "11:00" }
  - { manual: { kind: text, closes_at: time } }
  - { event: stock.arrived, audience: everyone, when: 'count("purchase.completed", "2 years", past.kind == event.kind) > 0' }
steps:
  - { wait_until: { occasion: nowruz, at: "10:00", edge: end } }
  - send: hello
`;

const everyStep = `journey: every-step
title: همهٔ گام‌ها
description: all that can be written
owner: marketing
tags: [all, steps]
draft: true
runs: { from: 2026-12-01, to: 1405-10-30 }
purpose: service
policy: { caps: 1 per 1 day, quiet_hours: "20:00-10:00", not_after: 1 day }
priority: 3
about: order.id
trigger: { event: purchase.completed, when: event.amount >= toman(100000) and score("loyalty") > 5, max_age: 1 day, as: bought }
entry: { again: after 30 days, while_inside: update }
limits: { entries: 5000 per 1 day, credit: 50000000 toman }
exit: [ { when: 'customer.tier == "gone" || days_since(customer.last_visit) > 90' }, { event: complaint.opened } ]
goal: { event: purchase.completed, when: event.amount > 0, value: event.amount * 0.05, within: 10 days, continue: true }
holdout: 5%
on_change: move
renamed: { old-id: the-hello }
lasts_at_most: 300 days
steps:
  - { send: hello, id: the-hello, via: [telegram, sms], with: { tier: gold, note: "تماس با {{customer.name}}", amount: =trigger.amount * 0.05 }, not_after: 3 days, else: [ { emit: repair.ready, data: { repair_id: r1 } } ] }
  - { ask: rate-us, answers: { yes: [1, بله, آره], no: [2, نه] }, within: 2 days, unless: [complaint.opened], reask: 1, save_as: csat, else: [ stop: silent ] }
  - { wait: { days: [sat, sun, mon, tue, wed], from: "10:00", to: "20:00" }, after: 1 day }
  - { wait: 2 days, at: "11:00" }
  - wait: working
  - { wait_until: { date: =now, offset: -3 days, at: "10:00" }, then: [ send: hello ], else: [ wait: 1 working day ] }
  - { wait_for: repair.estimated, when: event.cost > toman(5), since: last_wait, at_most: 2 weeks, save_as: estimate, else: [ stop: too late ] }
  - wait_for:
      - { event: repair.ready, save_as: ready, then: [ send: hello ], stay: true }
      - { after: 2 days, when: known(customer.phone), then: [ send: hello ] }
    at_most: 9 days
  - choose: [ { when: known(estimate.ready_at) and in_audience("vip"), then: [ stop: enough ] }, { else: [ set: { tier: gold, last_visit: =now } ] } ]
  - { split: [ { name: a, weight: 50%, then: [ send: hello ] }, { name: b, weight: 25% } ], id: which }
  - { grant: 20000 toman, expires: { occasion: yalda, offset: 5 days, at: "23:59" }, at_most: 50000 toman, round_to: 1000 toman, save_as: gift }
  - { take_back: gift, at_most: 1000 toman, save_as: taken }
  - { emit: repair.rated, data: { repair_id: "{{trigger.kind}}", score: 5, at: =now, paid: 20000 toman }, subject: =customer.referred_by }
  - { webhook: "https://example.com", method: PUT, body: { who: =customer.id, lines: [ { kind: =trigger.kind } ] }, time_out: 5 seconds, save_as: hook, else: [ stop: no hook ] }
  - { task: "تماس با {{customer.name}}", assign_to: support, due: 4 working hours, results: [solved, no_answer], within: 1 working day, save_as: call, else: [ { take_back: call }, { stop: not called } ] }
  - stop: "{{customer.name}} has waited"
at_end: [ set: { tier: gone }, { task: call }, { webhook: "https://example.com" } ]
`;

const cases = `cases:
  - name: the estimate never comes
    customers: [ { id: c1, name: سارا, phone: "09121234567", consent: { marketing: true } } ]
    channel_results: { telegram: failed }
    from: 2026-11-20T10:00:00+03:30
    timeline:
      - at: 2026-11-21T10:00:00+03:30
        event: { type: repair.received, subject: c1, data: { repair_id: r1, device: iPhone 13 } }
    until: 2026-11-30T00:00:00+03:30
    expect:
      - { at: 2026-11-21T10:00:00+03:30, sent: repair-received, channel: sms, text_contains: [سارا, iPhone 13] }
      - { at: 2026-11-23T10:00:00+03:30, sent: repair-still-diagnosing }
      - { exited: completed }
`;

const moreCases = `cases:
  - name: a launch and a web hook
    customers: [ { id: c1, name: سارا, phone: "09121234567", consent: { marketing: true } } ]
    journeys: [every-step]
    webhook_results: { webhook: { status: 500, body: { a: 1 } } }
    timeline:
      - at: 2026-11-22T10:00:00+03:30
        launch: { audience: vip, inputs: { kind: phone, closes_at: 2026-11-25T18:00:00+03:30 } }
    until: 2026-11-30T00:00:00+03:30
    expect: []
`;

const greeting = `سلام {{default customer.name "دوست"}} {{jalali now "yyyy/MM/dd"}} {{time now}} {{fa_digits 12}}
{{#if customer.name}}{{#if_eq customer.name "سارا"}}{{rial 500}}{{else}}{{toman 500}}{{/if_eq}}{{/if}} {{link "https://example.com"}}
`;
const letter = `---
subject: سلام {{default customer.name "دوست"}}
---
<p>سلام {{default customer.name "دوست"}}</p> <a href="{{unsubscribe}}">لغو</a>
`;
const sample = 'customer: { name: سارا }\n';

const names = ['repair-received', 'repair-at-workshop', 'repair-still-diagnosing', 'repair-ready', 'rate-us', 'hello'];
const all: Readonly<Record<string, string>> = {
  'journeys/policy.yaml': policy,
  'journeys/occasions.yaml': occasions,
  'journeys/audiences.yaml': audiences,
  'journeys/scores.yaml': scores,
  'journeys/events.yaml': events,
  'journeys/customers.yaml': 'tier: text\nlast_visit?: time\nlast_score?: integer\nbudget?: money\n',
  'journeys/repair-status.yaml': repairStatus,
  'journeys/repair-status.cases.yaml': cases,
  'journeys/clocks.yaml': startedByClocks,
  'journeys/clocks.cases.yaml': moreCases,
  'journeys/every-step.yaml': everyStep,
  'templates/repair-estimate/sms.hbs': '{{toman estimate.cost}}\n',
  'templates/repair-estimate/telegram.hbs': '{{#if estimate.ready_at}}{{time estimate.ready_at}}{{/if}}\n',
  ...Object.fromEntries(names.map((name) => [`templates/${name}/sms.hbs`, greeting])),
  'templates/hello/telegram.hbs': 'سلام\n',
  'templates/hello/email.hbs': letter,
  'templates/hello/sample.yaml': sample,
};

export const languageFiles: ReadonlyMap<string, string> = new Map(Object.entries(all));

/** One of them by its name there, such as `policy.yaml`. */
export function languageFile(name: string): string {
  const text = languageFiles.get(`journeys/${name}`);
  if (text === undefined) throw new Error(`there is no ${name} among the language's files`);
  return text;
}
