import fc from 'fast-check';
import { compile, scopeWith, valueOf, type Given } from '../../../test/given/expression.js';
import { isTrue } from './expression.js';

describe('unknown', () => {
  it.each([
    'trigger.note == "a"',
    'trigger.note != "a"',
    'trigger.note.contains("a")',
    'trigger.note + "a"',
    'size(trigger.note)',
    'estimate.cost > toman(1)',
    'not (estimate.cost > toman(1))',
    'trigger.note in ["a"]',
    '"a" in [trigger.note]',
    'trigger.ready_at < now',
    'days_since(trigger.ready_at)',
    'trigger.flag ? 1 : 2',
    'min(estimate.cost, toman(1))',
    'trigger.extra.nothing.at.all == 1',
    'trigger.times[0] < now',
    'string(event.points)',
    'toman(event.points)',
    'double(event.points) * 0',
    'jalali(event.at).year',
    'default(trigger.note, customer.name)',
    '[1, 2, 3][event.points]',
  ])('makes %s unknown', (source) => {
    expect(valueOf(source)).toBeUndefined();
  });

  it.each([
    ['known(estimate)', false],
    ['known(trigger.note)', false],
    ['has(trigger.note)', false],
    ['trigger.note == null', true],
    ['null != trigger.note', false],
    ['known(estimate.cost)', false],
    ['estimate.cost == null', true],
    ['known(trigger.device)', true],
    ['known(trigger.items)', true],
    ['trigger.items == null', false],
    ['default(trigger.note, "-")', '-'],
    ['default(trigger.device, "-")', 'iPhone 13'],
    ['default(estimate.cost, toman(1))', 10],
    ['"new" in [trigger.note, "new"]', true],
  ])('can be asked about: %s gives %j', (source, value) => {
    expect(valueOf(source)).toBe(value);
  });

  it('is one thing, absent or null', () => {
    expect(valueOf('known(trigger.note)', { trigger: { note: null } })).toBe(false);
    expect(valueOf('trigger == null', { trigger: {}, customer: null })).toBe(false);
    expect(valueOf('customer == null', { customer: null })).toBe(true);
    expect(valueOf('known(customer.name)', { customer: { name: null } })).toBe(false);
  });

  it.each([
    ['amount', 'trigger.amount > 0', { amount: '5' }],
    ['device', 'trigger.device == "a"', { device: 5 }],
    ['tags', '"a" in trigger.tags', { tags: 'a' }],
    ['items', 'trigger.items[0].price > 0', { items: [5] }],
    ['ready_at', 'trigger.ready_at < now', { ready_at: 'soon' }],
  ])('is what a %s of another kind than declared is', (_, source, trigger) => {
    expect(valueOf(source, { trigger })).toBeUndefined();
  });

  it('is reached through no prototype', () => {
    expect(valueOf('trigger.extra.constructor')).toBeUndefined();
    expect(valueOf('trigger.extra.list.length')).toBeUndefined();
    expect(valueOf('trigger.extra["__proto__"]')).toBeUndefined();
    expect(valueOf('trigger.extra["to" + "String"]')).toBeUndefined();
    expect(valueOf('"toString" in trigger.extra')).toBe(false);
    expect(valueOf('{"__proto__": 1}["__proto__"]')).toBe(1);
  });

  it('ends a condition as false', () => {
    const { expression } = compile('estimate.cost > toman(1)', 'condition');
    expect(expression && isTrue(expression, scopeWith())).toBe(false);
    expect(expression && isTrue(expression, scopeWith({ estimate: { cost: 100 } }))).toBe(true);
  });
});

/** true, false or unknown, by SQL's tables. */
type Truth = boolean | undefined;

interface Condition {
  readonly source: string;
  readonly truth: Truth;
}

const and = (a: Truth, b: Truth): Truth =>
  a === false || b === false ? false : a === undefined || b === undefined ? undefined : true;
const not = (a: Truth): Truth => (a === undefined ? undefined : !a);
const or = (a: Truth, b: Truth): Truth => not(and(not(a), not(b)));

const given: Given = { trigger: { flag: null, paid: true }, customer: { id: 'c1', vip: false } };

const leaf = fc.constantFrom<Condition>(
  { source: 'trigger.paid', truth: true },
  { source: 'customer.vip', truth: false },
  { source: 'trigger.flag', truth: undefined },
  { source: 'trigger.count == 3', truth: true },
  { source: 'trigger.note == "a"', truth: undefined },
  { source: 'known(trigger.note)', truth: false },
  { source: 'trigger.extra.nothing', truth: undefined },
);

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    leaf,
    tie('condition').map(({ source, truth }) => ({ source: `not (${source})`, truth: not(truth) })),
    fc.tuple(tie('condition'), fc.constantFrom('and', '&&', 'or', '||'), tie('condition')).map(([a, operator, b]) => ({
      source: `(${a.source}) ${operator} (${b.source})`,
      truth: operator === 'and' || operator === '&&' ? and(a.truth, b.truth) : or(a.truth, b.truth),
    })),
    fc.tuple(tie('condition'), tie('condition'), tie('condition')).map(([c, a, b]) => ({
      source: `(${c.source}) ? (${a.source}) : (${b.source})`,
      truth: c.truth === undefined ? undefined : c.truth ? a.truth : b.truth,
    })),
  ),
}));

describe('any condition', () => {
  it("comes to what SQL's three-valued logic says", () => {
    fc.assert(
      fc.property(condition, ({ source, truth }) => {
        expect(valueOf(source, given)).toBe(truth);
      }),
      { numRuns: 500 },
    );
  });
});
