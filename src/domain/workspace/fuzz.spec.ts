import fc from 'fast-check';
import { givenWorkspace, journeyText, shopFiles } from '../../../test/given/workspace.js';

const journey = journeyText({
  top: 'about: repair_id\nexit: { when: customer.tier == "gone" }\ngoal: { event: repair.delivered, value: event.paid }',
  steps: `  - { send: hello, with: { a: "{{customer.name}}", b: =default(trigger.device, "x") }, not_after: { date: 2026-12-21, at: "10:00" } }
  - wait_for:
      - { event: repair.estimated, save_as: estimate, when: event.cost > toman(5), then: [ send: repair-estimate ] }
      - { after: 2 days, then: [ wait: 1 day ] }
  - choose: [ { when: known(estimate), then: [ stop: enough ] }, { else: [ send: bye ] } ]`,
});
const files: Readonly<Record<string, string>> = { ...shopFiles, 'journeys/test.yaml': journey };
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
