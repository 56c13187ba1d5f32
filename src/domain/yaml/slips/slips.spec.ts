import { printProblem } from '../../problem.js';
import type { Node } from '../node.js';
import { parseYaml } from '../parse.js';
import { Problems } from '../problems.js';

function read(text: string): { node: Node | undefined; told: readonly string[] } {
  const problems = new Problems();
  const node = parseYaml('f', text, problems);
  return { node, told: problems.sorted().map((problem) => printProblem(problem).slice(2)) };
}

const told = (text: string): readonly string[] => read(text).told;
const belongs = 'like the lines that it belongs with';

describe('a slip of the hand is told once, where it was made', () => {
  it.each([
    ['a:\n\tb: 1\nc: 2\n', '2:1: this line begins with a tab; indent it with spaces'],
    ['steps:\n\t- send: x\n', '2:1: this line begins with a tab; indent it with spaces'],
    ['a:\n  b: 1\n   c: 2\n  d: 3\n', `3:4: this line begins with 3 spaces; expected 2, ${belongs}`],
    ['a:\n  b: { x: 1 }\n   c: { x: 2 }\n  d: 3\n', `3:4: this line begins with 3 spaces; expected 2, ${belongs}`],
    ['a:\n  b: 1\n c: 2\n  d: 3\n', `3:2: this line begins with 1 space; expected 2 or none, ${belongs}`],
    ['a:\n  b:\n    x: 1\n   c: 2\n', `4:4: this line begins with 3 spaces; expected 4 or 2, ${belongs}`],
    [' a: 1\nb: 2\n', `1:2: this line begins with 1 space; expected none, ${belongs}`],
    ['a: 1\n\n# why\n b: 2\nc: 3\n', `4:2: this line begins with 1 space; expected none, ${belongs}`],
    ['s:\n  - send: x\n   via: sms\n', `3:4: this line begins with 3 spaces; expected 4 or none, ${belongs}`],
    ['s:\n  - send: x\n      via: sms\n', `3:7: this line begins with 6 spaces; expected 4, ${belongs}`],
    ['s:\n  - send: x\n   - wait: 1\n', `3:4: this line begins with 3 spaces; expected 2, ${belongs}`],
    ['s:\n  - send: x\n - wait: 1\n', `3:2: this line begins with 1 space; expected 2, ${belongs}`],
    [
      's:\n  - send: x\n  wait: 1\n',
      '3:3: "wait" stands below the "-" of a list; begin the line with 2 spaces more if it belongs to the item above it, or write "- wait:"',
    ],
    ['s:\n  send: x\n  - wait: 1\n', '2:3: "send" has no "- " before it, and the items below it have; write "- send:"'],
    [
      'a: 1\nb: 2\n\n- c:\n    x: 1\nd: 3\n',
      '4:1: this "- " stands among keys that have none; take it away, or write it further to the right',
    ],
    ['a:\n  b\n    x: 1\n  c:\n    y: 2\n', '2:3: a colon is missing after "b"; write "b:"'],
    ['a: 1\nb 2\n', '2:1: a colon is missing after "b"; write "b:"'],
    ['a:\n  b { x: 1, y: 2 }\n  c: { x: 2 }\n', '2:3: a colon is missing after "b"; write "b:"'],
    ['a:\n  b { x: 1 }\n  c: 2\n', '2:3: a colon is missing after "b"; write "b:"'],
    ['tier text\n', '1:1: a colon is missing after "tier"; write "tier:"'],
    ['journey:welcome # mine\n', '1:8: a space is missing after the colon; write "journey: welcome"'],
    ['vip sum("a", "b") > 3\nnew: true\n', '1:1: a colon is missing after "vip"; write "vip:"'],
    ['\na 1\nb: 2\n', '2:1: a colon is missing after "a"; write "a:"'],
    ['a: 1\nb:2\nc: 3\n', '2:2: a space is missing after the colon; write "b: 2"'],
    [`a: 1\nb:${'x'.repeat(40)}\n`, `2:2: a space is missing after the colon; write "b: ${'x'.repeat(40)}"`],
    [`a: 1\nb:${'x'.repeat(41)}\n`, '2:2: a space is missing after the colon; write "b: …"'],
    ['a: 1\nb:"x" # why\nc: 1\n', '2:2: a space is missing after the colon; write "b: \'x\'"'],
    ['s:\n  - send:x\n    via: sms\n', '2:9: a space is missing after the colon; write "send: x"'],
    ['a： 1\nb: 2\n', '1:2: "：" is no colon to YAML; write ": "'],
    ['s:\n  - send: x\n  -wait: 1\n', '3:3: a space is missing after "-"; write "- wait:"'],
    ['s:\n  -send: x\n  - wait: 1\n', '2:3: a space is missing after "-"; write "- send:"'],
    ['a: "x\nb: 1\nc: 2\n', '1:4: this text has no closing quote; write the missing one where the text ends'],
    ['a: x\nb: "y\nc: z "q"\nd: 1\n', '2:4: this text has no closing quote; write the missing one where the text ends'],
    ["a: 'x\nb: 'y'\nc: 1\n", '1:4: this text has no closing quote; write the missing one where the text ends'],
    [
      't: { event: "x, when: y }\nb: 1\n',
      '1:13: this text has no closing quote; write the missing one where the text ends',
    ],
    [
      "a: 'don't'\nb: 1\n",
      '1:9: the text in quotes ends before "t\'"; put all of it in quotes, and take the other sort where it holds one itself',
    ],
    ['a: [1, 2\nb: 3\nc: 4\n', '1:4: this "[" is not closed; write "]" where it ends'],
    ['s:\n  - { send: x, via: sms\n  - wait: 1\n', '2:5: this "{" is not closed; write "}" where it ends'],
    ['s:\n  - { send: x, via: [sms }\n  - wait: 1\n', '2:21: this "[" is not closed; write "]" where it ends'],
    ['a: { x: 1 }}\nb: 2\n', '1:12: this "}" closes nothing; take it away'],
    [
      'a: { x: 1 y: 2 }\nb: 1\n',
      '1:10: a comma is missing here; between braces and brackets one stands between any two',
    ],
    [
      'title: a: b\nc: 1\n',
      '1:8: this value holds ": ", with which a key begins; put a text in quotes, keys in { } and a list in [ ]',
    ],
    ['a: @x\nb: 1\n', '1:4: no value begins with "@" as it is; put it in quotes'],
  ])('%j', (text, message) => {
    expect(told(text)).toEqual([message]);
  });

  it('and what is wrong besides is told too', () => {
    expect(told('a:\n  b: 1\n   c: 2\nd:3\ne: "x\nf: 1\nf: 2\n')).toEqual([
      `3:4: this line begins with 3 spaces; expected 2, ${belongs}`,
      '4:2: a space is missing after the colon; write "d: 3"',
      '5:4: this text has no closing quote; write the missing one where the text ends',
    ]);
  });

  it('are no more than anybody mends at a time', () => {
    expect(told('a: 1\n'.concat('b:2\nc: 3\n'.repeat(200)))).toHaveLength(10);
  });
});

describe('the rest of a file with a slip', () => {
  it.each(['a: 1\nb:2\n', 'a: 1\nb 2\n', 'a: [1, 2\nb: 2\n', 'a: "1\nb: 2\n'])(
    'is read where %j means one thing',
    (text) => {
      const { node } = read(text);
      expect(node?.kind === 'map' ? node.entries.map(({ key }) => key) : []).toEqual(['a', 'b']);
    },
  );

  it.each(['a: 1\n b: 2\n', 'a: 1\n\tb: 2\n', 'title: a: b\n'])('is left where %j may mean another', (text) => {
    expect(read(text).node).toBeUndefined();
  });

  it('has its places, where the colon of a mapping in braces is missing', () => {
    const { node } = read('a:\n  b { x: 1 }\n');
    expect(node).toMatchObject({
      entries: [{ value: { entries: [{ key: 'b', value: { entries: [{ key: 'x', at: { line: 2, column: 7 } }] } }] } }],
    });
  });

  it('has no place behind the end of a line', () => {
    const { node } = read('a: 1\nlas');
    const value = node?.kind === 'map' ? node.entries[1]?.value : undefined;
    expect(value?.at).toEqual({ file: 'f', line: 2, column: 4 });
  });

  it('keeps its lines', () => {
    expect(told('a:1\nb: 2\nb: 3\n')).toEqual([
      '1:2: a space is missing after the colon; write "a: 1"',
      '3:1: "b" stands here twice; a key may be given once',
    ]);
  });
});
