import fc from 'fast-check';
import { compile, environment, scopeWith } from '../../../test/given/expression.js';
import type { Json } from '../json.js';
import { compileExpression } from './compile.js';
import type { Scope } from './scope.js';
import { toJson } from './to-json.js';

const word = fc.constantFrom(
  ...'trigger event customer estimate now past started_by amount count note tags items extra ready_at due __proto__'.split(
    ' ',
  ),
  ...'known default has in_audience score quintile credit spent count sum last latest days_since jalali says toman min max round_to size matches'.split(
    ' ',
  ),
  ...'contains split join replace substring all exists exists_one filter map timestamp duration int string'.split(' '),
  ...'. . . ( ) ( ) [ ] { } , , : ? + - * / % == != < <= > >= && || ! and or not in null true false'.split(' '),
  ...'0 1 2.5 "a" "90 days" "purchase.completed" "amount" "(a" "2026-01-01T00:00:00Z" x x'.split(' '),
);
const soup = fc.array(word, { maxLength: 25 }).map((words) => words.join(' '));

/** Expressions that at least parse, whatever their kinds. */
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  const path = fc.constantFrom(
    ...'trigger trigger.amount trigger.note trigger.tags trigger.items trigger.extra trigger.extra.list now estimate'.split(
      ' ',
    ),
    ...'trigger.due trigger.times customer.vip event.kind trigger.items[0].price "a" "" 0 -1 2.5 true null [] {}'.split(
      ' ',
    ),
  );
  const operator = fc.constantFrom(...'+ - * / % == != < > in and or'.split(' '));
  const unary = fc.constantFrom(
    ...'known size toman days_since jalali int string double bool duration timestamp -'.split(' '),
  );
  const method = fc.constantFrom(
    ...'contains startsWith split indexOf substring charAt matches join replace getHours'.split(' '),
  );
  const macro = fc.constantFrom('all', 'exists', 'exists_one', 'filter', 'map');
  return {
    expression: fc.oneof(
      { maxDepth: 5 },
      { arbitrary: path, weight: 3 },
      fc.tuple(inner, operator, inner).map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc.tuple(unary, inner).map(([name, a]) => `${name}(${a})`),
      fc.tuple(inner, method, inner).map(([a, name, b]) => `(${a}).${name}(${b})`),
      fc.tuple(inner, macro, inner).map(([a, name, b]) => `(${a}).${name}(x, ${b.replace('trigger', 'x')})`),
      fc.tuple(inner, inner, inner).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.tuple(inner, inner).map(([a, b]) => `default(${a}, ${b})`),
      fc.tuple(inner, inner).map(([a, b]) => `{"k": ${a}}["k"] == [${b}][0]`),
      inner.map((a) => `count("purchase.completed", past.kind == ${a})`),
    ),
  };
});

const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true });
const json = fc.jsonValue() as fc.Arbitrary<Json>;

describe('whatever is written', () => {
  it.each([
    ['random characters', fc.string({ unit: 'binary', maxLength: 60 })],
    ['random words of the language', soup],
    ['expressions of random kinds', expression],
  ])('%s are compiled or refused, with a place, and never throw', (_, sources) => {
    fc.assert(
      fc.property(sources, fc.constantFrom('condition' as const, 'value' as const), (source, expect_) => {
        const { expression: made, problems } = compile(source, expect_);
        expect(made === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
        for (const { start, end, message } of problems) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(source.length);
          expect(message).not.toBe('');
        }
        made?.evaluate(scopeWith());
      }),
      { numRuns: 500 },
    );
  });

  it('gives a value of its kind, which JSON can hold', () => {
    fc.assert(
      fc.property(expression, (source) => {
        const { expression: made } = compile(source);
        if (made === undefined) return;
        const scope = scopeWith({ estimate: { cost: 5 } });
        const value = made.evaluate(scope);
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        const kept = toJson(value, made.kind, scope.clock);
        expect(kept === undefined ? undefined : JSON.parse(JSON.stringify(kept))).toEqual(kept);
      }),
      { numRuns: 500 },
    );
  });

  it('gives zero without a sign', () => {
    const { expression: made } = compile('0 / -1');
    expect(made && toJson(made.evaluate(scopeWith()), made.kind, scopeWith().clock)).toBe(0);
  });

  it('evaluates on any JSON', () => {
    fc.assert(
      fc.property(expression, json, json, json, (source, trigger, estimate, customer) => {
        const names = { trigger, estimate, customer, event: trigger };
        compile(source).expression?.evaluate({ ...scopeWith(), names });
      }),
      { numRuns: 500 },
    );
  });

  it('evaluates on a scope that is none at all', () => {
    fc.assert(
      fc.property(expression, anything, anything, (source, names, scope) => {
        const made = compile(source).expression;
        made?.evaluate(scope as Scope);
        made?.evaluate({
          ...scopeWith(),
          names: names as Scope['names'],
          clock: { zone: 'No/Where', calendar: 'jalali' },
        });
      }),
      { numRuns: 500 },
    );
  });

  it('compiles in an environment that is none', () => {
    const broken = { ...environment, names: undefined } as unknown as typeof environment;
    expect(compileExpression('trigger.amount > 0', broken, 'value').problems).toHaveLength(1);
  });
});
