import { printProblem } from '../problem.js';
import { Problems } from '../yaml/problems.js';
import { loadPolicy } from './load.js';
import type { Policy } from './policy.js';

function load(text: string): { readonly policy: Policy | undefined; readonly told: readonly string[] } {
  const problems = new Problems();
  const policy = loadPolicy('policy.yaml', text, problems);
  return { policy, told: problems.sorted().map(printProblem) };
}

const purpose = (inside: string): string =>
  `timezone: Asia/Tehran\npurposes:\n  news: { consent: required, ${inside} }\nchannel_order: [sms]\n`;

describe('what is wrong in policy.yaml is told once', () => {
  it.each([
    ['a file that is no YAML', 'purposes: a: b\n', '1:'],
    [
      'a time zone that is a list',
      'timezone: [Asia/Tehran]\npurposes: { a: { consent: required } }\nchannel_order: [sms]\n',
      '1:11: ',
    ],
    ['a cap that is a mapping', purpose('caps: { messages: 1 }'), '3:36: '],
    ['a cap over what is no duration', purpose('caps: 1 per x fortnight'), '3:36: '],
    [
      'a limit that is a list',
      purpose('not_after: [1 day]'),
      '3:41: expected a duration such as "3 days", a date or an instant with its offset, got a list',
    ],
    [
      'a row of channels that is a word among others',
      'timezone: Asia/Tehran\npurposes: { a: { consent: required } }\nchannel_order: [{ audience: a }]\n',
      '3:17: try is missing',
    ],
  ])('%s', (_, text, problem) => {
    expect(load(text).told).toEqual([expect.stringContaining(`policy.yaml:${problem}`)]);
  });
});

describe('a purpose that may stand at the wrong place', () => {
  const given = 'timezone: Asia/Tehran\npurposes: { a: { consent: required } }\nchannel_order: [sms]\n';

  it('leaves every name in doubt, so that nothing is told that follows', () => {
    const { policy, told } = load(`${given}news: { consent: required }\n`);
    expect(told).toHaveLength(1);
    expect(policy?.purposes.has('news')).toBe(true);
  });

  it('is no purpose where nothing is wrong', () => {
    expect(load(given).policy?.purposes.has('news')).toBe(false);
  });
});
