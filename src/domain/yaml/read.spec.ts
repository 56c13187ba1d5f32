import type { MapNode, Node } from './node.js';
import { parseYaml } from './parse.js';
import { printProblem } from '../problem.js';
import { Problems } from './problems.js';
import {
  isNothing,
  oneOrMore,
  readBoolean,
  readDuration,
  readList,
  readMap,
  readText,
  readWord,
  type Shape,
} from './read.js';

function nodeOf(text: string): Node {
  const node = parseYaml('f', text, new Problems());
  if (node === undefined) throw new Error(`nothing in ${text}`);
  return node;
}

/** The value of the key `a`. */
function valueIn(text: string): Node {
  const [entry] = (nodeOf(text) as MapNode).entries;
  if (entry === undefined) throw new Error(`no key in ${text}`);
  return entry.value;
}

/** What a reader gives, and what it tells, without the name of the file. */
function reading<Value>(read: (problems: Problems) => Value): readonly [Value, ...string[]] {
  const problems = new Problems();
  const value = read(problems);
  return [value, ...problems.sorted().map((problem) => printProblem(problem).slice(2))];
}

const shape: Shape = {
  what: 'a rule',
  keys: ['event', 'when'],
  later: ['unless'],
  meant: (word) => `{ event: ${word} }`,
};
const plain: Shape = { what: 'a rule', keys: ['event', 'when'] };
const fieldsOf = (text: string) => reading((problems) => readMap(nodeOf(text), shape, problems));
const told = (node: Node, as = shape) => reading((problems) => readMap(node, as, problems)).slice(1);

describe('a mapping', () => {
  it('has its keys, their values and their places', () => {
    const [fields, ...problems] = fieldsOf('event: visit\nwhen: x\n');
    expect(problems).toEqual([]);
    expect(fields?.get('event')).toMatchObject({ text: 'visit' });
    expect(fields?.has('when')).toBe(true);
    expect(fields?.keyAt('when')).toEqual({ file: 'f', line: 2, column: 1 });
  });

  it('has nothing at a key that is not given, and its own place for it', () => {
    const [fields] = fieldsOf('\nevent: visit\n');
    if (fields === undefined) throw new Error('it was not read');
    expect([fields.get('when'), fields.has('when'), fields.mentions('when')]).toEqual([undefined, false, false]);
    expect(fields.keyAt('when')).toEqual({ file: 'f', line: 2, column: 1 });
    expect(fields.keyAt('when')).toEqual(fields.at);
  });

  it.each([
    ['evnt: visit', '1:1: "evnt" is no key of a rule; did you mean "event"?'],
    ['colour: red', '1:1: "colour" is no key of a rule; expected event, when'],
    ['unless: x', '1:1: unless is not supported yet'],
    ['unles: x', '1:1: "unles" is no key of a rule; did you mean "unless"?'],
    ['event:visit: x', '1:1: write a space after the colon: "event: visit"'],
  ])('refuses %j', (text, message) => {
    expect(told(nodeOf(text))).toEqual([message]);
  });

  it('mentions what a slip of the pen stands for', () => {
    const [fields] = fieldsOf('evnt: visit\nwhn:\n  a: 1\n');
    expect(fields?.mentions('event')).toBe(true);
    expect(fields?.mentions('when')).toBe(true);
    expect(fieldsOf('unless: x\n')[0]?.mentions('when')).toBe(false);
  });

  it('reads what stands below a slip of the pen as what is meant, a word not', () => {
    expect(fieldsOf('whn:\n  a: 1\n')[0]?.get('when')).toMatchObject({ kind: 'map' });
    expect(fieldsOf('whn: [1]\n')[0]?.get('when')).toMatchObject({ kind: 'list' });
    expect(fieldsOf('whn: a\n')[0]?.get('when')).toBeUndefined();
    expect(fieldsOf('colour: [1]\n')[0]?.has('when')).toBe(false);
  });

  it('prefers what is written as it should be', () => {
    const [fields] = fieldsOf('when: yes\nwhn: [1]\n');
    expect(fields?.get('when')).toMatchObject({ text: 'yes' });
  });

  it.each([
    [
      'a:\n',
      '1:3: expected a rule as a mapping (event, when), got nothing; begin the lines that belong to it with 2 spaces more',
    ],
    ['a: visit\n', '1:4: expected a rule as a mapping (event, when), got "visit"; write { event: visit }'],
    ['a: two words\n', '1:4: expected a rule as a mapping (event, when), got "two words"'],
    ['a: 5\n', '1:4: expected a rule as a mapping (event, when), got 5'],
    ['a: [x]\n', '1:4: expected a rule as a mapping (event, when), got a list'],
    [
      'a: event:visit\n',
      '1:4: expected a rule as a mapping (event, when), got "event:visit"; write a space after the colon: "event: visit"',
    ],
    ['a: "event:"\n', '1:4: expected a rule as a mapping (event, when), got "event:"; write { event: event: }'],
  ])('is not what %j has', (text, message) => {
    expect(told(valueIn(text))).toEqual([message]);
  });

  it('is not a word, where nobody knows what is meant by one', () => {
    expect(told(valueIn('a: visit\n'), plain)).toEqual([
      '1:4: expected a rule as a mapping (event, when), got "visit"',
    ]);
  });
});

describe('a text', () => {
  const read = (text: string) => reading((problems) => readText(valueIn(text), 'a text', problems));

  it.each([
    ['a: visit', 'visit'],
    ['a: 1.50', '1.50'],
    ['a: true', 'true'],
    ['a: "null"', 'null'],
  ])('is in %j', (text, value) => {
    expect(read(text)).toEqual([value]);
  });

  it.each([
    ['a:', '1:3: expected a text, got nothing'],
    ['a: null', '1:4: expected a text, got null'],
    ['a: ~', '1:4: expected a text, got ~'],
    ['a: ""', '1:4: expected a text, got ""'],
    ['a: "  "', '1:4: expected a text, got "  "'],
    ['a: [x]', '1:4: expected a text, got a list'],
    ['a: { x: 1 }', '1:4: expected a text, got a mapping'],
    [`a: [x, y]`, '1:4: expected a text, got a list'],
  ])('is not in %j', (text, message) => {
    expect(read(text)).toEqual([undefined, message]);
  });

  it('is told with no more than its first 60 letters', () => {
    const told = (letters: number) =>
      reading((problems) => readBoolean(valueIn(`a: ${'x'.repeat(letters)}`), problems))[1];
    expect(told(60)).toBe(`1:4: expected true or false, got "${'x'.repeat(60)}"`);
    expect(told(61)).toBe(`1:4: expected true or false, got "${'x'.repeat(60)}…"`);
  });
});

describe('true or false', () => {
  const read = (text: string) => reading((problems) => readBoolean(valueIn(text), problems));

  it('is one of the two words', () => {
    expect(read('a: true')).toEqual([true]);
    expect(read('a: false')).toEqual([false]);
    expect(reading((problems) => readBoolean(undefined, problems))).toEqual([undefined]);
  });

  it.each([
    ['a: "true"', '"true"'],
    ['a: yes', '"yes"'],
    ['a: 1', '1'],
    ['a: [true]', 'a list'],
  ])('is not in %j', (text, got) => {
    expect(read(text)).toEqual([undefined, `1:4: expected true or false, got ${got}`]);
  });
});

describe('a duration', () => {
  const read = (text: string) => reading((problems) => readDuration(valueIn(text), problems));

  it('has an amount and a unit', () => {
    expect(read('a: 2 days')).toEqual([{ amount: 2, unit: 'day' }]);
    expect(reading((problems) => readDuration(undefined, problems))).toEqual([undefined]);
  });

  it('is nothing else', () => {
    expect(read('a: [1]')).toEqual([undefined, '1:4: expected a duration such as "2 days", got a list']);
    expect(read('a: soon')).toEqual([undefined, expect.stringMatching(/^1:4: "soon" is no duration/)]);
  });
});

describe('one of a few words', () => {
  const read = (text: string) =>
    reading((problems) => readWord(valueIn(text), ['pin', 'move'] as const, problems, ['drop']));

  it.each([
    ['a: move', ['move']],
    ['a: drop', [undefined, '1:4: drop is not supported yet']],
    ['a: moev', [undefined, '1:4: expected pin or move, got "moev"; did you mean "move"?']],
    ['a: zzzzzz', [undefined, '1:4: expected pin or move, got "zzzzzz"; write one of them']],
    ['a: [move]', [undefined, '1:4: expected pin or move, got a list']],
  ])('is read in %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('a list', () => {
  const texts = (nodes: readonly Node[]) => nodes.map((node) => (node.kind === 'scalar' ? node.text : node.kind));

  it('may be one item where it is said so', () => {
    expect(texts(oneOrMore(valueIn('a: [x, y]')))).toEqual(['x', 'y']);
    expect(texts(oneOrMore(valueIn('a: x')))).toEqual(['x']);
    expect(oneOrMore(undefined)).toEqual([]);
  });

  it('is told where it has to be one', () => {
    const read = (text: string) => reading((problems) => texts(readList(valueIn(text), 'arms', problems)));
    expect(read('a: [x, y]')).toEqual([['x', 'y']]);
    expect(read('a: x')).toEqual([[], '1:4: expected arms, as a list (each item after "- "), got "x"']);
    expect(reading((problems) => readList(undefined, 'arms', problems))).toEqual([[]]);
  });

  it('is not nothing, which is what stands behind a key alone', () => {
    expect(['a:', 'a: ~', 'a: x', 'a: ""', 'a: []', 'a: 0'].map((text) => isNothing(valueIn(text)))).toEqual([
      ...[true, true, false, false, false, false],
    ]);
  });
});
