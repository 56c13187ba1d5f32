import fc from 'fast-check';
import { compile, problemsOf, valueOf } from '../../../test/given/expression.js';

describe('money', () => {
  it.each([
    ['toman(20000)', 200_000],
    ['toman(trigger.count)', 30],
    ['trigger.amount + toman(5)', 2_500_050],
    ['trigger.amount - trigger.amount', 0],
    ['trigger.amount * 0.05', 125_000],
    ['0.05 * trigger.amount', 125_000],
    ['trigger.amount / 2', 1_250_000],
    ['trigger.amount / toman(100000)', 2.5],
    ['-trigger.amount', -2_500_000],
    ['min(trigger.amount, toman(1000))', 10_000],
    ['max(trigger.amount, 0)', 2_500_000],
    ['round_to(trigger.amount * 0.333, toman(1000))', 830_000],
    ['round_to(-7, 5)', -10],
    ['round_to(7, 0)', undefined],
    ['trigger.amount > 0', true],
    ['trigger.amount == 0', false],
    ['trigger.amount in [toman(250000), 0]', true],
    ['default(estimate.cost, 0) == 0', true],
    ['trigger.paid ? trigger.amount : 0', 2_500_000],
    ['event.amount >= toman(70000)', true],
    ['trigger.extra.size < trigger.amount', true],
  ])('%s gives %j', (source, value) => {
    expect(valueOf(source)).toBe(value);
  });

  it.each([
    [
      'trigger.amount > 5000000',
      'money cannot be compared with a number: write toman(5000000) for 5,000,000 tomans, or toman(500000) for 5,000,000 rials',
    ],
    [
      '5 == trigger.amount',
      'a number cannot be compared with money: write toman(5) for 5 tomans, or toman(0.5) for 5 rials',
    ],
    [
      'trigger.amount > trigger.count',
      'money cannot be compared with a number: write toman(…), with the amount in tomans',
    ],
    ['trigger.amount + 1000', '"+" has no meaning between money and a number: write toman(1000)'],
    ['1000 - trigger.amount', '"-" has no meaning between a number and money: write toman(1000)'],
    ['trigger.amount * trigger.amount', '"*" has no meaning between money and money'],
    ['2 / trigger.amount', '"/" has no meaning between a number and money'],
    ['trigger.amount in [1, 2]', 'money cannot be in a list of a number: write toman(…), with the amount in tomans'],
    ['[toman(1), 2]', 'a list cannot hold money beside numbers: write toman(2)'],
    ['default(estimate.cost, 100)', 'money cannot default to a number: write toman(100)'],
    ['toman(trigger.amount)', 'expected a number here, this is money: toman(20000)'],
    ['round_to(trigger.amount, 1000)', /two of money, not money and a number: write toman\(1000\)/],
    ['trigger.amount == "5 toman"', 'money cannot be compared with text'],
  ])('%s is refused: %s', (source, message) => {
    const expected: unknown =
      typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message);
    expect(problemsOf(source)).toEqual([expected]);
  });
});

/** Money and numbers put together in the ways that are allowed, with what comes out. */
interface Calculation {
  readonly source: string;
  readonly value: number;
}

const rials = fc.integer({ min: -1_000_000, max: 1_000_000 });
const factor = fc.integer({ min: -100, max: 100 });

const { amount } = fc.letrec<{ amount: Calculation }>((tie) => ({
  amount: fc.oneof(
    { maxDepth: 4 },
    rials.map((n) => ({ source: `toman(${String(n)})`, value: n * 10 })),
    fc.tuple(tie('amount'), fc.constantFrom('+', '-'), tie('amount')).map(([a, operator, b]) => ({
      source: `(${a.source} ${operator} ${b.source})`,
      value: operator === '+' ? a.value + b.value : a.value - b.value,
    })),
    fc.tuple(tie('amount'), factor).map(([a, n]) => ({ source: `${a.source} * ${String(n)}`, value: a.value * n })),
    fc.tuple(factor, tie('amount')).map(([n, a]) => ({ source: `(${String(n)} * ${a.source})`, value: n * a.value })),
  ),
}));

describe('any calculation with money', () => {
  it('stays money, and comes to what arithmetic says', () => {
    fc.assert(
      fc.property(amount, ({ source, value }) => {
        const { expression } = compile(source);
        expect(expression?.kind).toEqual({ kind: 'money' });
        expect((valueOf(source) as number) + 0).toBe(value + 0);
      }),
    );
  });

  it('never meets a plain number other than 0', () => {
    const plain = fc.integer({ min: 1, max: 1_000 });
    fc.assert(
      fc.property(
        amount,
        plain,
        fc.constantFrom('+', '-', '<', '<=', '>', '>=', '==', '!='),
        ({ source }, n, operator) => {
          expect(problemsOf(`${source} ${operator} ${String(n)}`)).toEqual([
            expect.stringContaining(`write toman(${String(n)})`),
          ]);
          expect(problemsOf(`${source} ${operator} 0`)).toEqual([]);
        },
      ),
    );
  });
});
