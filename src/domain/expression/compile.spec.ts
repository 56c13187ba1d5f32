import { compile, environment, problemsOf } from '../../../test/given/expression.js';
import { compileExpression } from './compile.js';

describe('an expression that cannot be read', () => {
  it.each([
    ['', '[] the expression is empty'],
    ['trigger.count =  2', '[=] "=" does not compare; write "=="'],
    ['trigger.count > 2 & true', '[&] write "and" or "or" instead of "&"'],
    ['trigger.device == “x”', '[“] texts stand in straight quotes: "…"'],
    ['trigger.device == "x', '["x] this text has no closing quote'],
    ['trigger.count >', '[] the expression ends too early'],
    ['(trigger.count', '[] expected ")", got the end'],
    ['package == 1', '[package] "package" is a reserved word and cannot be a name'],
    ['trigger.tags.exists(1, true)', '[1] expected a name for each item: list.exists(item, …)'],
    ['99999999999999999999', '[99999999999999999999] this number is too large to be exact'],
    ['b"bytes" == b"b"', '[b"bytes"] bytes and unsigned numbers are not part of the language'],
  ])('%j: %s', (source, problem) => {
    expect(problemsOf(source)).toEqual([problem]);
  });

  it.each([
    ['too long', `"${'x'.repeat(20_000)}"`, /longer than 10000 characters/],
    ['nested too deep', '('.repeat(3_000), /nested more than 100 levels/],
    ['a sum nested too deep', `1${' + 1'.repeat(500)}`, /nested more than 100 levels/],
    ['negated too often', `${'!'.repeat(9_000)}true`, /too large|nested/],
    ['of too many parts', `[${'[1],'.repeat(900)}]${' + [1]'.repeat(900)}`, /too large|nested/],
  ])('says that it is %s', (_, source, message) => {
    expect(problemsOf(source)).toEqual([expect.stringMatching(message)]);
  });

  it('takes a long row of alternatives', () => {
    expect(problemsOf(`started_by == "x"${' or started_by == "y"'.repeat(400)}`, 'condition')).toEqual([]);
  });
});

describe('a name that is not there', () => {
  it.each([
    ['triger.amount', '[triger] unknown name "triger"; did you mean "trigger"?'],
    ['trigger.amout', '[amout] "trigger" has no field "amout"; did you mean "amount"?'],
    ['trigger["amout"]', '["amout"] "trigger" has no field "amout"; did you mean "amount"?'],
    ['estimate.cost.rial', '[rial] "estimate.cost" is money, which has no fields such as "rial"'],
    [
      'started_by == gold',
      '[gold] unknown name "gold"; there are event, trigger, trigger_event, started_by, customer, now, estimate; a text stands in quotes: "gold"',
    ],
    ['trigger.items[0].prise', '[prise] this has no field "prise"; did you mean "price"?'],
    ['trigger.items.exists(i, i.prise > 0)', '[prise] this has no field "prise"; did you mean "price"?'],
    ['past.amount', '[past] "past" is only there in the condition of count, sum, last and latest'],
    ['lenght(started_by)', '[lenght] unknown function "lenght"'],
    ['trigger.device.contain("x")', '[contain] unknown function "contain"; did you mean "contains"?'],
    ['rial(5000)', '[rial] unknown function "rial"; money is written toman(20000)'],
    [
      'constructor',
      '[constructor] unknown name "constructor"; there are event, trigger, trigger_event, started_by, customer, now, estimate; a text stands in quotes: "constructor"',
    ],
    ['trigger.toString', '[toString] "trigger" has no field "toString"'],
    ['toString()', '[toString] unknown function "toString"; did you mean "string"?'],
  ])('%s: %s', (source, problem) => {
    expect(problemsOf(source)).toEqual([problem]);
  });

  it('says where the event under test is', () => {
    const { problems } = compile('event.amount > 0');
    expect(problems).toEqual([]);
    expect(problemsOf('evnt.amount')).toEqual(['[evnt] unknown name "evnt"; did you mean "event"?']);
  });

  it('says where the event under test is not', () => {
    const names = Object.fromEntries(Object.entries(environment.names).filter(([name]) => name !== 'event'));
    const { problems: told } = compileExpression('event.amount > 0', { ...environment, names }, 'condition');
    expect(told.map(({ message }) => message)).toEqual([
      '"event" is not there in this place: it is the event under test, in the "when" of a trigger, exit, goal or wait',
    ]);
  });

  it('says whose field it is, the event before the trigger', () => {
    expect(problemsOf('device == "a"')).toEqual(['[device] unknown name "device"; did you mean "trigger.device"?']);
    expect(problemsOf('amount > 0')).toEqual(['[amount] unknown name "amount"; did you mean "event.amount"?']);
    expect(problemsOf('cost > 0')).toEqual(['[cost] unknown name "cost"; did you mean "estimate.cost"?']);
  });
});

describe('a function that is used wrongly', () => {
  it.each([
    ['known()', '[known()] "known" has too few arguments: known(x)'],
    ['known(1, 2)', '[known(1, 2)] "known" has too many arguments: known(x)'],
    ['contains("a", "b")', '[contains] "contains" is written text.contains(part)'],
    ['started_by.count()', '[count] "count" is written count("type", "90 days", condition)'],
    ['trigger.count.contains("1")', '[trigger.count] expected text here, this is a number: text.contains(part)'],
    ['days_since(trigger.device)', '[trigger.device] expected a time here, this is text: days_since(time)'],
    ['size(trigger.amount)', '[trigger.amount] money has no size: size(x)'],
    ['now.getHours("Tehran")', '["Tehran"] "Tehran" is no time zone; expected a name such as "Asia/Tehran"'],
    ['started_by.matches("(a")', /^\["\(a"\] this pattern does not work: .*missing closing \)/],
    ['int(trigger.amount)', '[trigger.amount] int() takes no money; divide it first: x / toman(1)'],
  ])('%s: %s', (source, problem) => {
    const expected: unknown = typeof problem === 'string' ? problem : expect.stringMatching(problem);
    expect(problemsOf(source)).toEqual([expected]);
  });
});

describe('kinds that do not fit', () => {
  it.each([
    ['trigger.device == 13', '[trigger.device == 13] text cannot be compared with a number'],
    ['trigger.device < 13', '[trigger.device < 13] text cannot be compared with a number'],
    [
      'trigger.ready_at < "2026-12-21"',
      '[trigger.ready_at < "2026-12-21"] a time cannot be compared with text: write timestamp("2026-12-21T18:00:00+03:30")',
    ],
    ['trigger.paid > true', '[trigger.paid > true] ">" has no meaning for true or false'],
    [
      'trigger.device + 1',
      '[trigger.device + 1] "+" has no meaning between text and a number; string(x) makes text of a value',
    ],
    ['trigger.count in trigger.tags', '[trigger.count in trigger.tags] a number cannot be in a list of text'],
    ['"i" in trigger.device', '[trigger.device] "in" looks into a list; for a part of a text write text.contains("…")'],
    [
      'trigger.paid ? 1 : "a"',
      '[trigger.paid ? 1 : "a"] both results of "? :" have to be of one kind; these are a number and text',
    ],
    ['count("visit", 30 days) > 1', '[days] a duration stands in quotes in an expression: "30 days"'],
    ['now > now - 2 working hours', '[working] a duration stands in quotes in an expression: "2 working hours"'],
    ['trigger.amount > 5000 toman', '[toman] money is written toman(5000) in an expression'],
    ['trigger.amount > 50000 rials', '[rials] money is written toman(5000) in an expression'],
    ['trigger.count => 3', '[=] "=>" does not compare; write ">="'],
    ['default(trigger.note, 0)', '[default(trigger.note, 0)] text cannot default to a number'],
    ['-trigger.device', '[-trigger.device] "-" has no meaning before text'],
    ['trigger.count / 0', '[0] nothing can be divided by 0'],
    ['{1: 2}', '[1] the key of a map is text; this is a number'],
    ['trigger.items[0][1]', "[1] a field's name is text; this is a number"],
    ['trigger.count[0]', '[trigger.count[0]] a number has no items to take one of'],
    ['trigger.tags["a"]', '["a"] the place in a list is a number, from 0'],
    [
      'trigger.note + null',
      '[trigger.note + null] "+" has no meaning between text and null; string(x) makes text of a value',
    ],
    [
      'trigger.count and true',
      '[trigger.count] "and" joins a condition, true or false; this is a number: compare it, or ask known(…)',
    ],
    [
      'not trigger.count == 3',
      '[trigger.count] "not", which takes only what stands next to it (write not (a == b)), turns a condition, true or false; this is a number: compare it, or ask known(…)',
    ],
    ['trigger.count.all(x, true)', '[trigger.count] a number has no items to go through: list.all(item, condition)'],
    ['jalali(now).months', '[months] this has no field "months"; did you mean "month"?'],
  ])('%s: %s', (source, problem) => {
    expect(problemsOf(source)).toEqual([problem]);
  });

  it('tells every mistake once', () => {
    expect(problemsOf('triger.a + 1 > 2 and trigger.b.c == 3 and trigger.count')).toHaveLength(3);
  });

  it.each([
    ...['triger.a in trigger.tags', 'trigger.count in triger.a', 'triger.a < 1', '1 < triger.a', 'triger.a + 1'],
    ...['1 - triger.a', '-triger.a', 'triger.a == 1', '1 != triger.a', 'trigger.tags[triger.a]', 'triger.a[0]'],
    ...['triger.a.exists(x, x)', 'trigger.tags.exists(x, triger.a)', 'trigger.tags.filter(x, triger.a)'],
    ...['trigger.tags.map(x, triger.a)', 'trigger.tags.map(x, triger.a, x)', 'trigger.tags.exists_one(x, triger.a)'],
    ...['min(triger.a, 1)', 'max(1, triger.a)', 'toman(triger.a)', 'days_since(triger.a)', 'jalali(triger.a)'],
    ...['triger.a.getHours()', 'now.getHours(triger.a)', '[1, triger.a]', '{"a": triger.a}', '{triger.a: 1}'],
    ...['triger.a ? 1 : 2', 'trigger.paid ? triger.a : 2', 'trigger.paid ? 1 : triger.a', 'not triger.a'],
    ...['triger.a and true', 'true or triger.a', 'says(triger.a, "x")', '"x".contains(triger.a)', 'known(triger.a)'],
    ...['default(triger.a, 1)', 'default(trigger.note, triger.a)', 'string(triger.a)', '"a".matches(triger.a)'],
    ...['count("purchase.completed", past.x > 0)', 'size(triger.a)', 'timestamp(triger.a)', '"a".split(triger.a)'],
  ])('tells once what is wrong in %s, and nothing that follows from it', (source) => {
    expect(problemsOf(source)).toEqual([expect.stringMatching(/^\[(triger|x)\] /)]);
  });

  it('wants a condition where one is expected', () => {
    expect(problemsOf('trigger.count + 1', 'condition')).toEqual([
      '[trigger.count + 1] expected a condition, true or false; this is a number',
    ]);
    expect(problemsOf('trigger.extra.paid', 'condition')).toEqual([]);
  });
});

describe('what a compiled expression says of itself', () => {
  it('names its kind', () => {
    expect(compile('trigger.amount * 0.05').expression?.kind).toEqual({ kind: 'money' });
    expect(compile('trigger.count > 1').expression?.kind).toEqual({ kind: 'boolean' });
    expect(compile('[1, 2.5]').expression?.kind).toEqual({ kind: 'list', of: { kind: 'number' } });
  });

  it('keeps its source', () => {
    expect(compile('trigger.paid and trigger.count > 1').expression?.source).toBe('trigger.paid and trigger.count > 1');
  });

  it('has no expression where there is a problem', () => {
    expect(compile('trigger.x')).toMatchObject({ expression: undefined, knownWhenTrue: [], maybeUnknown: false });
  });
});
