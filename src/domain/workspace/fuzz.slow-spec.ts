import fc from 'fast-check';
import { givenWorkspace, journeyText, shopFiles } from '../../../test/given/workspace.js';

const journey = journeyText({
  top: `about: repair_id
runs: { from: 2026-12-01, to: { occasion: yalda, offset: 5 days, at: "23:59" } }
policy: { caps: 1 per 1 day, quiet_hours: "21:00-09:00", not_after: 1 day }
priority: 3
limits: { entries: 5000 per 1 day, credit: 50000000 toman }
holdout: 5%
on_change: move
renamed: { old-id: send-hello }
exit: { when: customer.tier == "gone" }
goal: { event: repair.delivered, value: event.paid, within: 10 days }`,
  trigger: 'trigger: { event: repair.received, audience: vip, when: score("loyalty") > 5, max_age: 1 day, as: front }',
  steps: `  - { send: hello, with: { a: "{{customer.name}}", b: "=default(trigger.device, 'x')" }, not_after: { date: 2026-12-21, at: "10:00" }, via: [sms, reply] }
  - wait_for:
      - { event: repair.estimated, save_as: estimate, when: event.cost > toman(5), then: [ send: repair-estimate ] }
      - { after: 2 days, then: [ wait: 1 day ] }
  - choose: [ { when: known(estimate), then: [ stop: enough ] }, { else: [ send: bye ] } ]
  - { ask: hello, answers: { yes: [1, بله], no: [2, نه] }, within: 2 days, unless: [visit], reask: 1, save_as: csat }
  - { wait: { days: [sat, sun], from: "10:00", to: "20:00" }, after: 1 day }
  - { wait_until: { occasion: yalda, at: "10:00" }, then: [ send: hello ], else: [ send: bye ] }
  - { split: [ { name: a, weight: 50%, then: [ send: hello ] }, { name: b, weight: 25% } ], id: which }
  - { grant: 20000 toman, expires: 30 days, at_most: 50000 toman, round_to: 1000 toman, save_as: gift }
  - { take_back: gift, at_most: 1000 toman, save_as: taken }
  - set: { tier: gold }
  - { emit: visit, data: { shop: a }, subject: =customer.referred_by }
  - { webhook: "https://example.com", method: PUT, body: { a: [ =customer.id ] }, time_out: 5 seconds, save_as: hook, else: [ send: bye ] }
  - { task: "{{customer.name}}", due: 4 working hours, results: [solved], within: 1 working day, save_as: call, else: [ stop: no ] }`,
});
const clocks = journeyText({
  trigger: `trigger:
  - { every: thursday, at: "18:00", audience: vip }
  - { cron: "0 18 1,15 * *" }
  - { occasion: yalda, offset: -1 day, at: "18:00" }
  - { anniversary: customer.birth_date, calendar: jalali, at: "10:00" }
  - { absence: [visit], for: 90 days, at: "11:00" }
  - { credit_expiring: 5 days, at: "11:00" }
  - { manual: { kind: text, closes_at: time } }`,
}).replace('journey: test', 'journey: clocks');
const files: Readonly<Record<string, string>> = {
  ...shopFiles,
  'journeys/test.yaml': `${journey}at_end: [ set: { tier: gone } ]\n`,
  'journeys/clocks.yaml': clocks,
  'journeys/occasions.yaml': 'yalda: { jalali: 09-30 }\nsale: { from: 1405-12-10, to: 1405-12-20 }\n',
  'journeys/audiences.yaml': 'vip: sum("purchase.completed", "amount", "365 days") > toman(50000000)\n',
  'journeys/scores.yaml': 'loyalty: count("purchase.completed", "1 year") * 10\n',
};
const names = Object.keys(files);

/** Cuts a piece out and puts another in. */
function mutate(text: string, at: number, length: number, piece: string): string {
  const from = at % (text.length + 1);
  return text.slice(0, from) + piece + text.slice(from + length);
}

const pieces = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '\t',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    ':',
    ': ',
    ', ',
    ' #',
    '&a ',
    '*a',
    '!',
    '!!set ',
    '=',
    '{{',
    '}}',
    '|',
    '>',
    '- ',
    '? ',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'null',
    '~',
    '---\n',
    '%YAML 1.1\n',
    '<<: ',
    '999999999999999999999',
    '\u0000',
    '\uFEFF',
    '\u2028',
    '۱',
  ),
  fc.string({ maxLength: 8 }),
);

describe('mutated files', () => {
  it('are well before', () => {
    expect(givenWorkspace(files).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('never crash the checker: they are well, or have problems with places in them', () => {
    const mutation = fc.record({
      name: fc.constantFrom(...names),
      at: fc.nat(3_000),
      length: fc.nat(12),
      piece: pieces,
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const mutated: Record<string, string> = { ...files };
        for (const { name, at, length, piece } of mutations)
          mutated[name] = mutate(mutated[name] ?? '', at, length, piece);
        const { workspace, problems } = givenWorkspace(mutated);
        const failed = problems.some(({ severity }) => severity === 'error');
        expect(workspace === undefined).toBe(failed);
        for (const { position, message } of problems) {
          expect(message).not.toBe('');
          expect(Math.min(position.line, position.column)).toBeGreaterThanOrEqual(1);
          expect((mutated[position.file] ?? '').split('\n').length).toBeGreaterThanOrEqual(position.line);
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
