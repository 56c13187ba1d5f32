import { compile, problemsOf, scopeWith, valueOf, type Given } from '../../../test/given/expression.js';

const bought = (at: string, amount: number, kind = 'phone', more = {}) => ({
  type: 'purchase.completed',
  at,
  data: { amount, kind, ...more },
});

// Now is 2026-11-21T10:00+03:30.
const given: Given = {
  past: [
    bought('2024-01-01T10:00:00+03:30', 5_000_000, 'laptop'),
    bought('2026-08-23T10:00:00+03:30', 1_000_000),
    bought('2026-10-01T10:00:00+03:30', 2_000_000, 'case', { points: 3 }),
    bought('2026-11-21T10:00:00+03:30', 700_000, 'phone', { points: 4, order: { total: 90 } }),
  ],
};

describe('questions about history', () => {
  it.each([
    ['count("purchase.completed")', 4],
    ['count("repair.received")', 0],
    ['count("purchase.completed", "1 year")', 3],
    ['count("purchase.completed", past.kind == "phone")', 2],
    ['count("purchase.completed", "1 year", past.kind == event.kind)', 2],
    ['count("purchase.completed", past.points > 1)', 2],
    ['count("purchase.completed", "1 year", past.amount > trigger.amount - toman(100000))', 1],
    ['sum("purchase.completed", "amount")', 8_700_000],
    ['sum("purchase.completed", "amount", "90 days") == toman(270000)', true],
    ['sum("purchase.completed", "points")', 7],
    ['sum("purchase.completed", "amount", "1 year", past.kind == "phone")', 1_700_000],
    ['sum("purchase.completed", "amount", past.kind == "tv")', 0],
    ['sum("purchase.completed", "order.total") == toman(9)', true],
    ['sum("purchase.completed", "order.total", past.kind == "phone")', 90],
    ['sum("repair.received", "amount") == 0', undefined],
    ['last("purchase.completed") == now', true],
    ['last("repair.received")', undefined],
    ['days_since(last("purchase.completed", past.kind == "case"))', 51],
    ['latest("purchase.completed").points', 4],
    ['latest("purchase.completed", past.kind == "laptop").amount', 5_000_000],
    ['latest("repair.received")', undefined],
    ['known(latest("purchase.completed", past.kind == "tv"))', false],
  ])('%s gives %j', (source, value) => {
    if (source.includes('"repair.received", "amount"')) expect(problemsOf(source)).toHaveLength(1);
    else expect(valueOf(source, given)).toBe(value);
  });

  it('a window leaves out its first instant and has its last', () => {
    expect(valueOf('count("purchase.completed", "90 days")', given)).toBe(2);
    expect(valueOf('count("purchase.completed", "91 days")', given)).toBe(3);
    expect(valueOf('count("purchase.completed", "1 second")', given)).toBe(1);
  });

  it('takes the newest of those of one millisecond by their order', () => {
    const past = [
      bought('2026-11-01T00:00:00Z', 1),
      bought('2026-11-01T00:00:00Z', 2),
      bought('2025-11-01T00:00:00Z', 3),
    ];
    expect(valueOf('latest("purchase.completed").amount', { past })).toBe(2);
  });

  it('is unknown with a condition on more than 1,000 events, and not without one', () => {
    const past = Array.from({ length: 1_001 }, () => bought('2026-11-01T00:00:00Z', 1));
    expect(valueOf('count("purchase.completed", past.amount > 0)', { past })).toBeUndefined();
    expect(valueOf('count("purchase.completed")', { past })).toBe(1_001);
    expect(valueOf('latest("purchase.completed", past.amount > 0)', { past })).toBeUndefined();
  });

  it('of a type with a schema of its own are decided at run time', () => {
    const past = [{ type: 'survey.sent', at: '2026-11-01T00:00:00Z', data: { score: 4 } }];
    expect(valueOf('count("survey.sent", past.score >= 4)', { past })).toBe(1);
    expect(valueOf('sum("survey.sent", "score") > 3', { past })).toBe(true);
  });

  it('keeps an answer of one instant from the next', () => {
    const { expression } = compile('count("purchase.completed", "90 days")');
    const scope = scopeWith(given);
    expect(expression?.evaluate(scope)).toBe(2);
    expect(expression?.evaluate({ ...scope, now: Date.parse('2026-09-01T00:00:00Z') })).toBe(1);
  });
});

describe('a wrong question about history', () => {
  it.each([
    [
      'count("purchase.complete")',
      '["purchase.complete"] unknown event "purchase.complete"; did you mean "purchase.completed"?',
    ],
    [
      'count(started_by)',
      '[started_by] the type of event is written out, in quotes: count("type", "90 days", condition)',
    ],
    ['count("purchase.completed", "90 dys")', /^\["90 dys"\] "90 dys" is no duration/],
    ['count("purchase.completed", "5 working days")', /a window counts all hours, not working ones/],
    [
      'count("purchase.completed", started_by, past.amount > 0)',
      '[started_by] a window is written out, in quotes: "90 days"',
    ],
    [
      'count("purchase.completed", "90 days", "a")',
      '["a"] expected a condition here: count("type", "90 days", condition)',
    ],
    [
      'count("purchase.completed", past.amount)',
      /^\[past.amount\] "count" takes a condition, true or false; this is money/,
    ],
    ['count("purchase.completed", past.colour == "a")', '[colour] this has no field "colour"'],
    [
      'sum("purchase.completed", "amout")',
      '["amout"] "purchase.completed" has no field "amout"; did you mean "amount"?',
    ],
    ['sum("purchase.completed", "order.totl")', '["order.totl"] "purchase.completed" has no field "order.totl"'],
    ['sum("purchase.completed", "kind")', '["kind"] "kind" is text; a sum is taken of numbers or money'],
    [
      'sum("purchase.completed", past.amount)',
      '[past.amount] the field is written out, in quotes: sum("type", "field", "90 days", condition)',
    ],
    ['sum("purchase.completed", "amount") > 5', /write toman\(5\)/],
    ['last("purchase.completed", "90 days")', '["90 days"] expected a condition here: last("type", condition)'],
    [
      'count("purchase.completed", count("purchase.completed") > past.points)',
      '[count("purchase.completed")] a question about history cannot stand inside the condition of another one',
    ],
  ])('%s: %s', (source, problem) => {
    const expected: unknown = typeof problem === 'string' ? problem : expect.stringMatching(problem);
    expect(problemsOf(source)).toEqual([expected]);
  });
});

describe('what has to be read before', () => {
  it('is listed, each question once', () => {
    const source = `count("purchase.completed", "90 days") > 1 and count("purchase.completed", "90 days") < 5
      and sum("purchase.completed", "amount", past.kind == "a") > 0 and known(last("repair.received"))
      and known(latest("purchase.completed"))`;
    expect(compile(source).expression?.calls).toEqual([
      { function: 'count', type: 'purchase.completed', window: { amount: 90, unit: 'day' }, conditional: false },
      { function: 'sum', type: 'purchase.completed', field: 'amount', conditional: true },
      { function: 'last', type: 'repair.received', conditional: false },
      { function: 'latest', type: 'purchase.completed', conditional: false },
    ]);
  });
});
