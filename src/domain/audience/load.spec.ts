import { loadCatalogue } from '../catalogue/load.js';
import type { Json } from '../json.js';
import { printProblem } from '../problem.js';
import { Problems } from '../yaml/problems.js';
import { scopeWith, type Past } from '../../../test/given/expression.js';
import { loadAudiences, type Audiences } from './load.js';

const events = 'purchase.completed: { amount: money, kind: text }\ncomplaint.opened: {}\n';
const catalogue = loadCatalogue(
  {
    events: { name: 'events.yaml', text: events },
    customers: { name: 'customers.yaml', text: 'tier: text\npoints: integer\n' },
  },
  new Problems(),
);

function load(audiences?: string, scores?: string): Audiences & { readonly told: readonly string[] } {
  const problems = new Problems();
  const loaded = loadAudiences(
    {
      audiences: audiences === undefined ? undefined : { name: 'audiences.yaml', text: audiences },
      scores: scores === undefined ? undefined : { name: 'scores.yaml', text: scores },
    },
    catalogue,
    problems,
  );
  return { ...loaded, told: problems.sorted().map(printProblem) };
}

function scopeOf(customer: Json, past: readonly Past[] = []) {
  return { ...scopeWith({ past }), names: { customer } };
}

const bought = (amount: number): Past => ({
  type: 'purchase.completed',
  at: '2026-11-01T00:00:00Z',
  data: { amount, kind: 'phone' },
});

describe('audiences and scores', () => {
  it('are those of the contract', () => {
    const { audiences, scores, told } = load(
      'vip: sum("purchase.completed", "amount", "365 days") > toman(50000000)\n',
      'loyalty: count("purchase.completed", "1 year") * 10 - count("complaint.opened", "1 year") * 25\n',
    );
    expect(told).toEqual([]);
    expect([...audiences.keys()]).toEqual(['everyone', 'vip']);
    const scope = scopeOf({ id: 'c1' }, [
      bought(500_000_001),
      { type: 'complaint.opened', at: '2026-11-02T00:00:00Z' },
    ]);
    expect(audiences.get('vip')?.condition.evaluate(scope)).toBe(true);
    expect(audiences.get('everyone')?.condition.evaluate(scopeOf({ id: 'c1' }))).toBe(true);
    expect(audiences.get('everyone')?.condition).toMatchObject({
      source: 'true',
      calls: [],
      uses: { audiences: [], scores: [], population: false, credit: false, spent: false },
    });
    expect(scores.get('loyalty')).toMatchObject({
      maybeUnknown: false,
      position: { file: 'scores.yaml', line: 1, column: 1 },
    });
    expect(scores.get('loyalty')?.value.evaluate(scope)).toBe(-15);
  });

  it.each([undefined, '', '# nothing yet\n', '~\n', '{}\n'])('are none in %j', (text) => {
    const { audiences, scores, told } = load(text, text);
    expect(told).toEqual([]);
    expect([...audiences.keys()]).toEqual(['everyone']);
    expect(scores.size).toBe(0);
  });

  it('ask for each other, in any order of the files', () => {
    const { audiences, told } = load(
      'best: in_audience("vip") and quintile("worth") == 5\nvip: score("worth") > 5\ngold: true\nall: true\n',
      'worth: \'in_audience("gold") ? score("points") : 0\'\npoints: customer.points\n',
    );
    expect(told).toEqual([]);
    expect(audiences.size).toBe(5);
  });

  it('join what they ask of history, and say what they use', () => {
    const { audiences, told } = load(
      'best: in_audience("vip") and quintile("worth") == 5\nvip: score("points") > 5 and credit() > 0\n',
      'worth: count("complaint.opened")\npoints: default(customer.points, 0) + count("purchase.completed", "1 year")\n',
    );
    expect(told).toEqual([]);
    expect(audiences.get('best')?.condition).toMatchObject({
      calls: [
        { function: 'count', type: 'purchase.completed', window: { amount: 1, unit: 'year' }, conditional: false },
      ],
      uses: { audiences: ['vip'], scores: ['points', 'worth'], population: true, credit: true, spent: false },
    });
    const points = scopeOf({ id: 'c1', points: 5 }, [bought(1)]);
    expect(
      audiences.get('vip')?.condition.evaluate({ ...points, standing: { ...points.standing, credit: () => 1 } }),
    ).toBe(true);
  });

  it('may hold what takes several lines', () => {
    const { audiences, told } = load(
      'vip:\n  count("purchase.completed") > 1\n  or count("complaint.opened") > 1\nb: >\n  true and\n  false\n',
    );
    expect(told).toEqual([]);
    expect(audiences.size).toBe(3);
  });
});

describe('a wrong audience or score', () => {
  it.each([
    ['everyone: true\n', 'audiences.yaml:1:1: the audience "everyone" is built in; leave it out, or take another name'],
    [
      'VIP: true\n',
      'audiences.yaml:1:1: "VIP" is no name for an audience; expected a kebab-case name such as has-bought',
    ],
    [
      'big_spender: true\n',
      'audiences.yaml:1:1: "big_spender" is no name for an audience; expected a kebab-case name such as has-bought',
    ],
    ['vip: 5\n', 'audiences.yaml:1:6: expected a condition, true or false; this is a number'],
    ['vip:\n', 'audiences.yaml:1:5: expected an expression, got nothing'],
    [
      'vip: { when: true }\n',
      'audiences.yaml:1:6: expected an expression, got a mapping; quote this expression if it begins with a bracket',
    ],
    [
      '- vip\n',
      'audiences.yaml:1:1: expected audiences by name, such as "vip: count("purchase.completed", "1 year") > 5", got a list',
    ],
    [
      'vip\n',
      'audiences.yaml:1:1: expected audiences by name, such as "vip: count("purchase.completed", "1 year") > 5", got "vip"',
    ],
    ['vip: true\nvip: false\n', 'audiences.yaml:2:1: "vip" stands here twice; a key may be given once'],
    [
      'vip: trigger.amount > 5\n',
      'audiences.yaml:1:6: unknown name "trigger"; there are customer, now; a text stands in quotes: "trigger"',
    ],
    ['vip: customer.teir == "gold"\n', 'audiences.yaml:1:15: "customer" has no field "teir"; did you mean "tier"?'],
    [
      'vip: count("purchase.complete") > 1\n',
      'audiences.yaml:1:12: unknown event "purchase.complete"; did you mean "purchase.completed"?',
    ],
    ['vip: true\nb: in_audience("vpi")\n', 'audiences.yaml:2:16: unknown audience "vpi"; did you mean "vip"?'],
  ])('%j is told', (text, message) => {
    expect(load(text).told).toEqual([message]);
  });

  it.each([
    ['a: customer.tier\n', 'scores.yaml:1:4: a score is a number or money; this is text'],
    ['a: count("purchase.completed") > 1\n', 'scores.yaml:1:4: a score is a number or money; this is true or false'],
    ['A: 1\n', 'scores.yaml:1:1: "A" is no name for a score; expected a kebab-case name such as loyalty'],
    ['a: score("b")\n', 'scores.yaml:1:10: unknown score "b"; did you mean "a"?'],
  ])('of a score %j is told', (text, message) => {
    expect(load(undefined, text).told).toEqual([message]);
  });

  it('is told once, and not where others ask for it', () => {
    expect(load('a: in_audience("b") and score("x") > 1\nb: nothing\n', 'x: true\n').told).toEqual([
      'audiences.yaml:2:4: unknown name "nothing"; there are customer, now; a text stands in quotes: "nothing"',
      'scores.yaml:1:4: a score is a number or money; this is true or false',
    ]);
  });

  it('is a score of no kind, and so fits wherever it is asked for', () => {
    const { scores, told } = load(undefined, 'x: true\ny: score("x") + 1\neveryone: 1\n');
    expect(told).toEqual(['scores.yaml:1:4: a score is a number or money; this is true or false']);
    expect(scores.get('x')).toMatchObject({ maybeUnknown: false, value: { kind: { kind: 'any' } } });
    expect([...scores.keys()]).toEqual(['x', 'y', 'everyone']);
  });

  it('takes no names away where the file is no YAML', () => {
    const { audiences, told } = load('vip: a: b\nold: true\n');
    expect(told).toHaveLength(1);
    expect([...audiences.keys()]).toEqual(['everyone', 'vip', 'old']);
  });
});

describe('a circle', () => {
  it.each([
    ['a: in_audience("a")\n', undefined, ['audiences.yaml:1:4: audience "a" asks for audience "a"']],
    [
      'a: in_audience("b")\nb: not in_audience("c")\nc: customer.tier == "x" or in_audience("a")\n',
      undefined,
      [
        'audiences.yaml:1:4: audience "a" asks for audience "b", which asks for audience "c", which asks for audience "a"',
      ],
    ],
    [
      'top: in_audience("a")\na: score("s") > 1\n',
      "s: \"in_audience('a') ? 1 : quintile('s')\"\n",
      [
        'audiences.yaml:2:4: audience "a" asks for score "s", which asks for audience "a"',
        'scores.yaml:1:5: score "s" asks for score "s"',
      ],
    ],
  ])('%j with %j is told whole', (audiences, scores, circles) => {
    expect(load(audiences, scores).told).toEqual(
      circles.map((circle) => `${circle}: a circle; take one of these questions out`),
    );
  });

  it('is none where two ask for the same', () => {
    expect(load('a: in_audience("b") and in_audience("c")\nb: in_audience("c")\nc: true\n').told).toEqual([]);
  });
});

describe('what YAML takes apart', () => {
  it.each([
    'vip: "gold" == customer.tier',
    'vip: !known(customer.tier)',
    'vip: ["a"].exists(x, x == customer.tier)',
    'vip: known(customer.tier) ? true : false',
    'vip: customer.tier == " # "',
    'vip: {"a": true}["a"]',
    'vip: { true }["a"]',
    'vip:\n  known(customer.tier)\n  ? true : false',
  ])('%s is to be quoted', (text) => {
    const { told } = load(`${text}\n`);
    expect(told.length).toBeGreaterThan(0);
    expect(told.join('\n')).toContain('quote this expression');
  });

  it('may be quoted, and may have a comment behind it', () => {
    expect(load(`vip: '"gold" == customer.tier'\nold: count("complaint.opened") > 1 # or so\n`).told).toEqual([]);
  });
});
