import { compile } from '../../../test/given/expression.js';

const told = (source: string, known: readonly string[] = []): readonly string[] =>
  compile(source, 'condition', known).problems.map(({ severity, message }) => `${severity}: ${message}`);

describe('"!=" of what may be absent', () => {
  it('is a warning that says what it then is, and how to ask', () => {
    expect(told('trigger.note != "a"')).toEqual([
      'warning: "!=" is unknown, which is not true, where "trigger.note" is absent; write trigger.note == null or trigger.note != … if it is to be true there',
    ]);
    expect(told('"a" != trigger.note')).toHaveLength(1);
    expect(told('count("purchase.completed", past.points != 3) > 1')).toEqual([
      'warning: "!=" is unknown, which is not true, where one side is absent; write x == null or x != … if it is to be true there',
    ]);
  });

  it('leaves the expression as it is', () => {
    expect(compile('trigger.note != "a"', 'condition').expression).toBeDefined();
  });

  it.each([
    'trigger.device != "a"',
    'trigger.note == "a"',
    'trigger.note != null',
    'not (trigger.note == "a")',
    'known(trigger.note) and trigger.note != "a"',
    'trigger.note == null or trigger.note != "a"',
    'default(trigger.note, "") != "a"',
  ])('is none in %s', (source) => {
    expect(told(source)).toEqual([]);
  });

  it('is none below a guard', () => {
    expect(told('trigger.note != "a"', ['trigger.note'])).toEqual([]);
  });
});
