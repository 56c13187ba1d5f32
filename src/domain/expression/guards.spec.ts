import fc from 'fast-check';
import { compile, scopeWith } from '../../../test/given/expression.js';

describe('whether a result may be unknown', () => {
  it.each([
    'trigger.note',
    'estimate.cost',
    'trigger.note + "!"',
    'trigger.note.contains("a")',
    'last("purchase.completed")',
    'days_since(last("purchase.completed"))',
    'latest("purchase.completed").amount',
    'trigger.extra.size',
    'trigger.tags[0]',
    'default(trigger.note, customer.name)',
    'known(estimate) ? trigger.note : "a"',
    'known(estimate) and estimate.ready_at < now',
    'known(estimate) or estimate.cost > toman(1)',
    'not known(estimate) and estimate.cost > toman(1)',
    'trigger.paid ? null : 1',
    'trigger.items.all(i, i.sold_at < now)',
    '[trigger.note]',
  ])('%s may be', (source) => {
    expect(compile(source).maybeUnknown).toBe(true);
  });

  it.each([
    'trigger.amount',
    'default(trigger.note, "-")',
    'known(trigger.note)',
    'trigger.note == null',
    'count("purchase.completed")',
    'sum("purchase.completed", "amount", "90 days")',
    'known(estimate) and estimate.cost > toman(1)',
    'estimate != null && estimate.cost > toman(1)',
    'not known(estimate) or estimate.cost > toman(1)',
    'estimate == null or estimate.cost > toman(1)',
    'known(estimate) ? estimate.cost : 0',
    'estimate == null ? 0 : estimate.cost',
    'known(trigger.note) and known(estimate) ? trigger.note + string(trigger.count) : ""',
    'has(trigger.ready_at) and trigger.ready_at < now',
    'known(estimate.ready_at) and estimate.ready_at < now and estimate.cost > 0',
    'known(last("purchase.completed")) ? days_since(last("purchase.completed")) : 0',
    'trigger.items.all(i, known(i.sold_at) and i.sold_at < now)',
    'known(trigger["note"]) and trigger.note == "a"',
    'jalali(now).year',
  ])('%s may not be', (source) => {
    expect(compile(source)).toMatchObject({ maybeUnknown: false, problems: [] });
  });

  it('asks nothing more where a guard stands above', () => {
    expect(compile('estimate.cost', 'value', ['estimate']).maybeUnknown).toBe(false);
    expect(compile('estimate.ready_at', 'value', ['estimate']).maybeUnknown).toBe(true);
    expect(compile('estimate.cost', 'value', ['estimate.ready_at']).maybeUnknown).toBe(false);
    expect(compile('trigger.note', 'value', ['trigger.note']).maybeUnknown).toBe(false);
    expect(compile('trigger.extra.size', 'value', ['trigger.extra.size']).maybeUnknown).toBe(false);
  });
});

describe('what is known where a condition is true', () => {
  it.each([
    ['known(estimate)', ['estimate']],
    ['estimate != null', ['estimate']],
    ['estimate.cost > toman(5)', ['estimate', 'estimate.cost']],
    ['known(estimate) and trigger.note == "a"', ['estimate', 'trigger', 'trigger.note']],
    ['known(estimate) or known(trigger.note)', []],
    ['estimate.cost > toman(5) or estimate.cost < 0', ['estimate', 'estimate.cost']],
    ['not (estimate == null)', ['estimate']],
    ['not (estimate == null or trigger.note == null)', ['estimate', 'trigger', 'trigger.note']],
    ['not (trigger.note == "a")', ['trigger', 'trigger.note']],
    ['trigger.flag', ['trigger', 'trigger.flag']],
    ['known(estimate) ? trigger.flag : false', ['estimate', 'trigger', 'trigger.flag']],
    ['trigger.note == null ? trigger.paid : known(estimate)', []],
    ['trigger.items.exists(i, i.sold_at < estimate.ready_at)', ['trigger', 'trigger.items']],
    ['count("purchase.completed", past.points > 1) > 1', []],
    ['known(last("purchase.completed"))', []],
    ['default(trigger.flag, true)', []],
  ])('%s: %j', (source, paths) => {
    const { knownWhenTrue } = compile(source, 'condition');
    const proven = knownWhenTrue.filter((path) => path !== 'trigger' || paths.includes(path));
    expect([...proven].sort()).toEqual([...paths].sort());
  });
});

/** Conditions over what may be absent, in which nothing can fail for another reason. */
const leaf = fc.constantFrom(
  'known(estimate)',
  'estimate == null',
  'estimate.cost > toman(5)',
  'known(estimate.ready_at)',
  'estimate.ready_at < now',
  'trigger.note != null',
  'trigger.note == "a"',
  'trigger.note.contains("a")',
  'default(trigger.note, "b") == "a"',
  'trigger.flag',
  'customer.name in ["a", trigger.note]',
  'min(estimate.cost, toman(1)) == trigger.amount',
  'trigger.items.exists(i, i.name == trigger.note)',
  'trigger.paid',
);

const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    tie('condition').map((a) => `not (${a})`),
    fc
      .tuple(tie('condition'), fc.constantFrom('and', 'or', '=='), tie('condition'))
      .map(([a, op, b]) => `(${a}) ${op} (${b})`),
    fc.tuple(tie('condition'), tie('condition'), tie('condition')).map(([c, a, b]) => `((${c}) ? (${a}) : (${b}))`),
  ),
}));

const presence = fc.record(
  {
    estimate: fc.record(
      { cost: fc.constantFrom(10, 100), ready_at: fc.constant('2026-01-01T00:00:00Z') },
      { requiredKeys: ['cost'] },
    ),
    customer: fc.record({ id: fc.constant('c1'), name: fc.constantFrom('a', 'b') }, { requiredKeys: ['id'] }),
    trigger: fc.record({ note: fc.constantFrom('a', 'b'), flag: fc.boolean() }, { requiredKeys: [] }),
  },
  { requiredKeys: ['customer', 'trigger'] },
);

describe('any condition with guards', () => {
  it('is never unknown where the checker says so', () => {
    fc.assert(
      fc.property(condition, presence, (source, given) => {
        const { expression, maybeUnknown } = compile(source, 'condition');
        if (!maybeUnknown) expect(expression?.evaluate(scopeWith(given))).toEqual(expect.any(Boolean));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is true only where all is there that it says is known', () => {
    fc.assert(
      fc.property(condition, presence, (source, given) => {
        const { expression, knownWhenTrue } = compile(source, 'condition');
        const scope = scopeWith(given);
        if (expression?.evaluate(scope) !== true) return;
        for (const path of knownWhenTrue) expect(compile(`known(${path})`).expression?.evaluate(scope)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
