import { printProblem } from '../problem.js';
import { parseYaml } from '../yaml/parse.js';
import { Problems } from '../yaml/problems.js';
import { readJourneyPolicy, type JourneyPolicy } from './journey-policy.js';

function read(text: string): { policy: JourneyPolicy | undefined; told: readonly string[] } {
  const problems = new Problems();
  const policy = readJourneyPolicy(parseYaml('a.yaml', text, problems), problems);
  return { policy, told: problems.sorted().map(printProblem) };
}

describe("a journey's own policy", () => {
  it('may have caps, quiet hours and a time after which nothing is sent', () => {
    const { policy, told } = read('{ caps: 1 per 2 days, quiet_hours: "20:00-10:00", not_after: 1 hour }');
    expect(told).toEqual([]);
    expect(policy).toMatchObject({
      caps: [{ messages: 1, per: { amount: 2, unit: 'day' } }],
      quietHours: { from: 1_200, to: 600 },
    });
    expect(policy?.notAfter).toBeDefined();
  });

  it('may be left out, whole or in parts', () => {
    expect(readJourneyPolicy(undefined, new Problems())).toBeUndefined();
    expect(read('{ caps: [] }')).toEqual({
      policy: { caps: [], quietHours: undefined, notAfter: undefined },
      told: [],
    });
  });

  it('reads its times as the journey does', () => {
    const problems = new Problems();
    const node = parseYaml('a.yaml', '{ not_after: =trigger.due }', problems);
    const limit = { until: (): number => 7 };
    expect(readJourneyPolicy(node, problems, () => limit)?.notAfter).toBe(limit);
    expect(problems.count).toBe(0);
  });

  it.each([
    ['{ footer: x }', '1:3: "footer" is no key of a journey\'s policy; expected caps, quiet_hours, not_after'],
    ['strict', '1:1: expected a journey\'s policy as a mapping (caps, quiet_hours, not_after), got "strict"'],
    ['{ caps: 1 }', '1:9: expected a cap such as "1 per 1 day", got "1"'],
  ])('%s is told', (text, message) => {
    expect(read(text).told).toEqual([`a.yaml:${message}`]);
  });
});
