import { scopeWith } from '../../../test/given/expression.js';
import { printProblem } from '../problem.js';
import { printInstant } from '../time/instant.js';
import { parseYaml } from '../yaml/parse.js';
import { Problems } from '../yaml/problems.js';
import { readPlainLimit } from './not-after.js';

const from = Date.parse('2026-11-21T10:00:00+03:30');

/** Until when, or what is told. */
function read(text: string): string | readonly string[] | undefined {
  const problems = new Problems();
  const node = parseYaml('f', text, problems);
  const limit = node && readPlainLimit(node, problems);
  if (limit === undefined) return problems.sorted().map(printProblem);
  const until = limit.until(scopeWith(), from);
  return until === undefined ? undefined : printInstant(until);
}

describe('a limit that nothing stands around', () => {
  it('is a length from when it is asked, an instant, or midnight of a date on the clock', () => {
    expect(read('3 days')).toBe('2026-11-24T06:30:00.000Z');
    expect(read('2026-12-21T18:00:00+03:30')).toBe('2026-12-21T14:30:00.000Z');
    expect(read('2026-12-21')).toBe('2026-12-20T20:30:00.000Z');
    expect(read('1405-09-30')).toBe('2026-12-20T20:30:00.000Z');
  });

  it.each([
    ['3 dayz', /"3 dayz" is no duration/],
    ['۳ روز', /did you mean "3 days"\?/],
    ['soon', /expected a duration such as "3 days", a date or an instant with its offset, got "soon"/],
    ['2026-13-01', /expected a duration such as "3 days", .*, got "2026-13-01"/],
    ['[3 days]', /expected a duration such as "3 days", .*, got a list/],
    ['{ days: 3 }', /expected a duration such as "3 days", .*, got a mapping/],
  ])('is not %s', (text, message) => {
    expect(read(text)).toEqual([expect.stringMatching(message)]);
  });
});
