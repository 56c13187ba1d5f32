import { environment, maybe, problemsOf as told, record, there } from '../../../test/given/expression.js';
import { compileExpression } from './compile.js';

const answered = {
  ...environment,
  names: {
    ...environment.names,
    csat: there(record({ text: there('text'), value: there('integer'), price: maybe('money') })),
    nothing: there(record({})),
  },
};
const problemsOf = (source: string) =>
  compileExpression(source, answered, 'value').problems.map(({ message }) => message);

describe('a record where a value is meant', () => {
  const of = 'is a record (text, value, price); write csat';

  it.each([
    ['csat > 3', `"csat" ${of}.value`],
    ['3 < csat', `"csat" ${of}.value`],
    ['csat == "a"', `"csat" ${of}.text`],
    ['csat != "a"', `"csat" ${of}.text`],
    ['csat > toman(5)', `"csat" ${of}.price`],
    ['csat + 1', `"csat" ${of}.value`],
    ['1 + csat', `"csat" ${of}.value`],
    ['csat in [3, 4]', `"csat" ${of}.value`],
    ['csat == true', `"csat" ${of}.text`],
    ['csat.contains("a")', `"csat" ${of}.text`],
  ])('is told with the field of that kind: %s', (source, message) => {
    expect(problemsOf(source)).toEqual([message]);
  });

  it('is told of an item without its name', () => {
    expect(problemsOf('[csat].exists(c, c > 3)')).toEqual([
      'this is a record (text, value, price); write its field, x.value',
    ]);
  });

  it('is compared with another record', () => {
    expect(problemsOf('csat == csat')).toEqual([]);
    expect(problemsOf('csat < csat')).toEqual([expect.not.stringContaining('write csat')]);
  });

  it('has no field to name where it has none', () => {
    expect(problemsOf('nothing == 3')).toEqual(['a record cannot be compared with a number']);
    expect(told('trigger.items[0] == 3')).toEqual([expect.stringContaining('is a record (name, price, sold_at)')]);
  });
});
