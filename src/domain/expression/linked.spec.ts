import fc from 'fast-check';
import { environment, scopeWith, type Given } from '../../../test/given/expression.js';
import type { Audience, Score } from '../audience/audience.js';
import { compileExpression, type Compiled } from './compile.js';
import type { Value } from './expression.js';
import type { Scope } from './scope.js';

const position = { file: 'audiences.yaml', line: 1, column: 1 };

/** Audiences and scores, each of which may ask for those before it. */
function linking(audiences: Record<string, string>, scores: Record<string, string> = {}): typeof environment {
  const linked = { audiences: new Map<string, Audience>(), scores: new Map<string, Score>() };
  const all = { ...environment, ...linked };
  for (const [name, source] of Object.entries(scores)) {
    const { expression, maybeUnknown, problems } = compileExpression(source, all, 'value');
    if (expression === undefined) throw new Error(problems[0]?.message);
    linked.scores.set(name, { name, value: expression, maybeUnknown, position });
  }
  for (const [name, source] of Object.entries(audiences)) {
    const { expression, problems } = compileExpression(source, all, 'condition');
    if (expression === undefined) throw new Error(problems[0]?.message);
    linked.audiences.set(name, { name, condition: expression, position });
  }
  return all;
}

const shop = linking(
  {
    vip: 'sum("purchase.completed", "amount", "1 year") > toman(100000)',
    named: 'known(customer.name)',
    ali: 'customer.name == "ali"',
    both: 'in_audience("vip") and in_audience("named")',
  },
  {
    loyalty: 'count("purchase.completed") * 10',
    money: 'sum("purchase.completed", "amount")',
    age: 'days_since(customer.birth_date)',
  },
);

const compile = (source: string, where = shop): Compiled => compileExpression(source, where, 'value');

function valueIn(source: string, given: Given = {}, change: Partial<Scope> = {}): Value {
  const { expression, problems } = compile(source);
  if (expression === undefined) throw new Error(problems[0]?.message);
  return expression.evaluate({ ...scopeWith(given), ...change });
}

function problemsOf(source: string): readonly string[] {
  return compile(source).problems.map(({ start, end, message }) => `[${source.slice(start, end)}] ${message}`);
}

const bought = (amount: number) => ({
  type: 'purchase.completed',
  at: '2026-11-01T00:00:00Z',
  data: { amount, kind: 'tv' },
});
const rich: Given = { past: [bought(900_000), bought(200_000)], customer: { id: 'c1', name: 'sara' } };

describe('in_audience', () => {
  it.each<[string, Given, boolean]>([
    ['in_audience("vip")', rich, true],
    ['in_audience("vip")', {}, false],
    ['in_audience("both")', rich, true],
    ['in_audience("everyone")', {}, true],
    ['not in_audience("vip")', rich, false],
    // Nobody is half in an audience: what ends unknown is false.
    ['in_audience("ali")', {}, false],
    ['not in_audience("ali")', {}, true],
    ['known(in_audience("ali"))', {}, true],
  ])('%s of %j is %s', (source, given, value) => {
    expect(valueIn(source, given)).toBe(value);
  });

  it('sees the customer, and none of the names around', () => {
    const { expression } = compile('in_audience("named")');
    expect(expression?.evaluate({ ...scopeWith(), names: { customer: { id: 'c1', name: 'x' }, name: 'y' } })).toBe(
      true,
    );
    const nosy = linking({ nosy: 'trigger.paid', other: 'now == event.at' });
    expect(compile('in_audience("nosy")', nosy).expression?.evaluate(scopeWith())).toBe(false);
  });

  it('may stand in the condition of a question about history, and in a loop', () => {
    expect(valueIn('count("purchase.completed", in_audience("vip") and past.kind == "tv")', rich)).toBe(2);
    expect(valueIn('trigger.tags.all(t, in_audience("vip") and t != "")', rich)).toBe(true);
  });

  it('is asked anew at each evaluation', () => {
    const { expression } = compile('in_audience("vip")');
    expect(expression?.evaluate(scopeWith(rich))).toBe(true);
    expect(expression?.evaluate(scopeWith())).toBe(false);
    expect(expression?.evaluate(scopeWith(rich))).toBe(true);
  });
});

describe('score and quintile', () => {
  it.each<[string, Given, Value]>([
    ['score("loyalty")', rich, 20],
    ['score("loyalty") + 0.5', rich, 20.5],
    ['score("money") > toman(100000)', rich, true],
    ['score("age")', rich, undefined],
    ['known(score("age")) ? score("age") : 0', rich, 0],
  ])('%s of %j is %j', (source, given, value) => {
    expect(valueIn(source, given)).toEqual(value);
  });

  it('ranks by what is known of all customers', () => {
    const standing = { ...scopeWith().standing, quintile: (name: string) => (name === 'money' ? 5 : undefined) };
    expect(valueIn('quintile("money")', {}, { standing })).toBe(5);
    expect(valueIn('quintile("loyalty")', {}, { standing })).toBeUndefined();
  });

  it('may be absent where the score may be', () => {
    expect(compile('score("age")').maybeUnknown).toBe(true);
    expect(compile('quintile("age")').maybeUnknown).toBe(true);
    expect(compile('known(score("age")) ? score("age") : 0').maybeUnknown).toBe(false);
    expect(compile('score("loyalty") + quintile("money")').maybeUnknown).toBe(false);
  });

  it('are of their kinds', () => {
    expect(compile('score("money")').expression?.kind).toEqual({ kind: 'money' });
    expect(compile('score("loyalty")').expression?.kind).toEqual({ kind: 'integer' });
    expect(compile('quintile("money")').expression?.kind).toEqual({ kind: 'integer' });
  });
});

describe('what a linked expression asks for', () => {
  it('is asked for by whoever links to it, once', () => {
    const where = linking(
      { a: 'count("purchase.completed") > 1 and credit() > 0', b: 'in_audience("a") or spent() > 0' },
      { s: '1' },
    );
    const { expression } = compile('in_audience("b") and in_audience("a") and quintile("s") > 1', where);
    expect(expression).toMatchObject({
      calls: [{ function: 'count', type: 'purchase.completed', conditional: false }],
      uses: { audiences: ['b', 'a'], scores: ['s'], population: true, credit: true, spent: true },
    });
  });

  it('is asked for by whoever asks for a score', () => {
    const where = linking(
      { rich: 'score("sum") > toman(1)', top: 'quintile("sum") > 4' },
      { sum: 'sum("purchase.completed", "amount")', rest: 'credit()' },
    );
    const sum = { function: 'sum', type: 'purchase.completed', field: 'amount', conditional: false };
    const none = { audiences: [], scores: [], population: false, credit: false, spent: false };
    expect(compile('score("sum")', where).expression).toMatchObject({
      calls: [sum],
      uses: { ...none, scores: ['sum'] },
    });
    expect(compile('score("rest")', where).expression?.uses).toEqual({ ...none, scores: ['rest'], credit: true });
    expect(compile('in_audience("rich")', where).expression).toMatchObject({
      calls: [sum],
      uses: { ...none, audiences: ['rich'], scores: ['sum'] },
    });
    // Its rank is worked out over everybody: nothing is read of this customer.
    expect(compile('in_audience("top")', where).expression).toMatchObject({
      calls: [],
      uses: { ...none, audiences: ['top'], scores: ['sum'], population: true },
    });
  });

  it('is nothing for one that is linked to nothing', () => {
    expect(compile('in_audience("everyone") and trigger.paid').expression?.uses).toEqual({
      audiences: [],
      scores: [],
      population: false,
      credit: false,
      spent: false,
    });
  });
});

describe('a wrong name', () => {
  it.each([
    ['in_audience("vpi")', '["vpi"] unknown audience "vpi"; did you mean "vip"?'],
    ['in_audience("zzzzzzzz")', '["zzzzzzzz"] unknown audience "zzzzzzzz"; declare it in audiences.yaml'],
    ['in_audience(vip)', '[vip] the audience is written out, in quotes: in_audience("vip")'],
    ['in_audience("v" + "ip")', '["v" + "ip"] the audience is written out, in quotes: in_audience("name")'],
    ['in_audience()', '[in_audience()] "in_audience" has too few arguments: in_audience("vip")'],
    ['score("loyality")', '["loyality"] unknown score "loyality"; did you mean "loyalty"?'],
    ['score(loyalty)', '[loyalty] the score is written out, in quotes: score("loyalty")'],
    ['quintile("zzzzzzzz")', '["zzzzzzzz"] unknown score "zzzzzzzz"; declare it in scores.yaml'],
    [
      'score("money") > 5',
      '[score("money") > 5] money cannot be compared with a number: write toman(5) for 5 tomans, or toman(0.5) for 5 rials',
    ],
    ['score("loyalty") > toman(5)', /^\[score\("loyalty"\) > toman\(5\)\] a number cannot be compared with money/],
  ])('%s: %s', (source, problem) => {
    const expected: unknown = typeof problem === 'string' ? problem : expect.stringMatching(problem);
    expect(problemsOf(source)).toEqual([expected]);
  });
});

describe('any condition', () => {
  const leaf = fc.constantFrom(
    'known(customer.name)',
    'customer.vip',
    'customer.name == "sara"',
    'count("purchase.completed") > 1',
    'sum("purchase.completed", "amount", past.kind == "tv") > toman(50000)',
    'customer.birth_date < now',
  );
  const condition = fc.letrec<{ c: string }>((tie) => ({
    c: fc.oneof(
      { maxDepth: 4 },
      leaf,
      tie('c').map((c) => `not (${c})`),
      fc.tuple(tie('c'), fc.constantFrom('and', 'or'), tie('c')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    ),
  })).c;
  const given = fc.constantFrom<Given>(
    {},
    rich,
    { customer: { id: 'c1', vip: true, birth_date: '1370-01-01' } },
    { customer: { id: 'c1', name: 'ali' }, past: [bought(1)] },
  );

  it('says as an audience what it says in place, unknown being false', () => {
    fc.assert(
      fc.property(condition, given, (source, known) => {
        const where = linking({ it: source, again: 'in_audience("it")' });
        const inPlace = compileExpression(source, where, 'condition');
        const linked = compileExpression('in_audience("again")', where, 'condition');
        const scope = scopeWith(known);
        expect(linked.expression?.evaluate(scope)).toBe(inPlace.expression?.evaluate(scope) === true);
        expect(linked.expression?.calls).toEqual(inPlace.expression?.calls);
      }),
    );
  });

  it('costs a bounded number of questions, however audiences ask for each other', () => {
    const names = Array.from({ length: 40 }, (_, at) => `a${String(at)}`);
    const sources: Record<string, string> = {
      a0: 'count("purchase.completed") > 1',
      a1: 'count("purchase.completed") > 1',
    };
    names.slice(2).forEach((name, at) => {
      sources[name] = `in_audience("a${String(at)}") or in_audience("a${String(at + 1)}")`;
    });
    const scope = scopeWith();
    let asked = 0;
    const history = Object.assign(Object.create(scope.history) as typeof scope.history, { count: () => (asked++, 0) });
    compile('in_audience("a39")', linking(sources)).expression?.evaluate({ ...scope, history });
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(200_000);
  });
});
