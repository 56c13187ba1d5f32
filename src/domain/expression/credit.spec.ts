import { environment, list, maybe, now, scopeWith, there } from '../../../test/given/expression.js';
import type { Json } from '../json.js';
import { mergeKinds } from '../journey/load/merge-kinds.js';
import { compileExpression, type Compiled } from './compile.js';
import type { Value } from './expression.js';
import { grantKind } from './kinds.js';
import { noStanding, type Standing } from './scope.js';

const shop = {
  ...environment,
  names: {
    ...environment.names,
    gift: maybe(grantKind),
    merged: maybe(mergeKinds(grantKind, { ...grantKind })),
    gifts: there(list(grantKind)),
  },
};
const compile = (source: string): Compiled => compileExpression(source, shop, 'value');

const standing: Standing = {
  ...noStanding,
  credit: () => 500_000,
  rest: (name) => (name === 'gift' ? 200_000 : undefined),
  spent: (from, to) => (from === undefined ? 9_000 : (to - from) / 86_400_000),
};
const gift: Json = { amount: 300_000, balance: 500_000, expires_at: '2026-12-01T00:00:00Z' };

function valueOf(source: string, names: Record<string, Json> = { gift }): Value {
  const { expression, problems } = compile(source);
  if (expression === undefined) throw new Error(problems[0]?.message);
  return expression.evaluate({ ...scopeWith(names), standing });
}

describe('credit and what messages cost', () => {
  it.each([
    ['credit()', 500_000],
    ['credit() >= toman(50000)', true],
    ['credit(gift)', 200_000],
    ['credit(gift) == gift.amount', false],
    ['spent()', 9_000],
    ['spent("90 days")', 90],
    ['spent("1 day") > 0', true],
    ['credit() - spent()', 491_000],
  ])('%s is %j', (source, value) => {
    expect(valueOf(source)).toBe(value);
  });

  it('is unknown of a grant that was not made', () => {
    expect(valueOf('credit(gift)', {})).toBeUndefined();
    expect(valueOf('default(credit(gift), 0)', {})).toBe(0);
    expect(valueOf('credit(merged)', { merged: gift })).toBeUndefined();
  });

  it('may be unknown only where the grant may be absent', () => {
    expect(compile('credit(gift)').maybeUnknown).toBe(true);
    expect(compile('known(gift) ? credit(gift) : 0').maybeUnknown).toBe(false);
    expect(compile('credit() + spent()').maybeUnknown).toBe(false);
  });

  it('is money', () => {
    for (const source of ['credit()', 'credit(gift)', 'spent()']) {
      expect(compile(source).expression?.kind).toEqual({ kind: 'money' });
    }
  });

  it('is noted, so that it can be read before', () => {
    expect(compile('credit(gift)').expression?.uses).toMatchObject({ credit: true, spent: false });
    expect(compile('spent()').expression?.uses).toMatchObject({ credit: false, spent: true });
  });

  it('of nobody in particular is none', () => {
    const nobody = { ...scopeWith(), standing: noStanding };
    expect(compile('credit() + spent("1 day")').expression?.evaluate(nobody)).toBe(0);
    expect(noStanding.rest('gift')).toBeUndefined();
    expect(noStanding.quintile('money')).toBeUndefined();
  });

  it('has a window that ends now', () => {
    const asked: unknown[] = [];
    const spent: Standing['spent'] = (...window) => (asked.push(window), 1);
    compile('spent("2 hours")').expression?.evaluate({ ...scopeWith(), standing: { ...standing, spent } });
    expect(asked).toEqual([[now - 7_200_000, now]]);
  });
});

describe('a wrong question about credit', () => {
  it.each([
    ['credit(gfit)', 'unknown name "gfit"; did you mean "gift"?'],
    ['credit(estimate)', '"estimate" is no grant; did you mean "gift"?'],
    ['credit(trigger)', '"trigger" is no grant; did you mean "gift"?'],
    ['credit("gift")', 'the grant is named without quotes: credit(gift)'],
    [
      'credit(gifts[0])',
      "this is no grant; give a grant step a save_as and write credit(name), or credit() for all of the customer's credit",
    ],
    ['credit(gift, gift)', '"credit" has too many arguments: credit(gift)'],
    ['credit() > 5', 'money cannot be compared with a number: write toman(5) for 5 tomans, or toman(0.5) for 5 rials'],
    ['spent(90)', 'a window is written out, in quotes: "90 days"'],
  ])('%s: %s', (source, message) => {
    expect(compile(source).problems.map((problem) => problem.message)).toEqual([message]);
  });

  it('has a window that is a duration', () => {
    expect(compile('spent("90 dys")').problems[0]?.message).toMatch(/^"90 dys" is no duration/);
    expect(compile('spent("2 working days")').problems[0]?.message).toMatch(/^a window counts all hours/);
  });

  it('says how a grant gets a name where there is none', () => {
    const { problems } = compileExpression('credit(estimate)', environment, 'value');
    expect(problems[0]?.message).toBe(
      `"estimate" is no grant; give a grant step a save_as and write credit(name), or credit() for all of the customer's credit`,
    );
  });
});
