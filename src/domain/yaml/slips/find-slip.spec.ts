import { readDocument } from '../document.js';
import { findSlip, findSlipInValue } from './find-slip.js';
import type { Slip } from './slip.js';

/** The slip that makes YAML stumble first. */
function slipIn(text: string): Slip | undefined {
  const { errors, warnings } = readDocument(text);
  const faults = [...errors, ...warnings].map(({ code, message, pos }) => ({ code, message, at: pos[0] }));
  const [first] = faults.toSorted((a, b) => a.at - b.at);
  return first && (findSlip(first, text) ?? findSlipInValue(first, text));
}

type Row = readonly [written: string, meant: string];

const reads = (rows: readonly Row[], isSure: boolean): void => {
  it.each(rows)('%j is read as %j', (written, meant) => {
    expect(slipIn(written)).toMatchObject({ repaired: meant, isSure });
  });
};

describe('a bracket that is not closed', () => {
  describe('is closed where its line ends, if more than one thing stands in it', () => {
    reads(
      [
        ['a: [1, 2 # two', 'a: [1, 2 ] # two'],
        ['a: [1, 2 # two\nb: 3\n', 'a: [1, 2 ] # two\nb: 3\n'],
        ['a: [1, 2\n\n# why\nb: 3\n', 'a: [1, 2 ]\n\n# why\nb: 3\n'],
        ['a: { x: 1\nb: 3\n', 'a: { x: 1 }\nb: 3\n'],
        ['a: [[1, 2]\nb: 1\n', 'a: [[1, 2] ]\nb: 1\n'],
        ['a: [1, [2]\nb: 1\n', 'a: [1, [2] ]\nb: 1\n'],
        ['a: { x: [1]\nb: 1\n', 'a: { x: [1] }\nb: 1\n'],
        ['a: "[" \nb: [1, 2\nc: 1\n', 'a: "[" \nb: [1, 2 ]\nc: 1\n'],
        ['- [1, 2\n- { x: 1 }\n', '- [1, 2 ]\n- { x: 1 }\n'],
      ],
      true,
    );
  });

  describe('is closed before the end of another one around it', () => {
    reads([['s:\n  - { send: x, via: [sms, email }\n', 's:\n  - { send: x, via: [sms, email ] }\n']], true);
    reads([['s:\n  - { send: x, via: [sms }\n', 's:\n  - { send: x, via: [sms ] }\n']], false);
  });

  describe('may be a letter like any other, or closed further below', () => {
    reads(
      [
        ['a: [x\nb: 3\n', 'a: [x ]\nb: 3\n'],
        ['a: [1,\n  2\nb: 3\n', 'a: [1, ]\n  2\nb: 3\n'],
      ],
      false,
    );
  });

  it('stands where it was opened, the inmost of its sort', () => {
    expect(slipIn('a: [1, [2\nb: 1\n')?.at).toBe(7);
    expect(slipIn('a: [1, 2\nb: 1\n')?.at).toBe(3);
  });

  describe('is none, if only its end stands there', () => {
    reads([['a: { x: 1 }}\nb: 2\n', 'a: { x: 1 } \nb: 2\n']], true);
  });
});

describe('a text without its closing quote', () => {
  describe('ends with its line, before a comment', () => {
    reads(
      [
        ['a: "x # y\nb: 1\n', 'a: "x" # y\nb: 1\n'],
        ["a: 'x\nb: 1\nc: 2", "a: 'x'\nb: 1\nc: 2"],
        ['a: "x, y\nb: 1\n', 'a: "x, y"\nb: 1\n'],
        ["a: 'it''s\nb: 1\n", "a: 'it''s'\nb: 1\n"],
        ['a: 1\nb: "', 'a: 1\nb: ""'],
      ],
      true,
    );
  });

  describe('ends in brackets before the comma or the bracket', () => {
    reads(
      [
        ['a: [ "x, y ]\nb: 1\n', 'a: [ "x", y ]\nb: 1\n'],
        ['a: [ "x ]\nb: 1\n', 'a: [ "x" ]\nb: 1\n'],
        ["a: { x: 'y}\nb: 1\n", "a: { x: 'y'}\nb: 1\n"],
        ['a: [ 1, "x , y ]\nb: 1\n', 'a: [ 1, "x" , y ]\nb: 1\n'],
      ],
      false,
    );
  });

  it('is not the closed one that stands above', () => {
    expect(slipIn('a: "x"\nb: "y\nc: 1\n')).toMatchObject({ at: 10, repaired: 'a: "x"\nb: "y"\nc: 1\n' });
  });
});

describe('a text whose quotes end early', () => {
  reads(
    [
      ['a: "b" c # d\ne: 1\n', 'a: "b" # d\ne: 1\n'],
      ['- "a" b\n', '- "a"\n'],
      ["a: 'don't'\nb: 1\n", "a: 'don'\nb: 1\n"],
    ],
    false,
  );
});

describe('a colon that is missing', () => {
  reads(
    [
      ['s:\n  - send:x\n    via: sms\n', 's:\n  - send: x\n    via: sms\n'],
      ['a: 1\nb:2 # c\n', 'a: 1\nb: 2 # c\n'],
      ['a： 1\nb: 2\n', 'a:  1\nb: 2\n'],
      ['a ： 1\nb: 2\n', 'a:  1\nb: 2\n'],
      ['a﹕1\nb: 2\n', 'a: 1\nb: 2\n'],
      ['a:\n  b\n    x: 1\n', 'a:\n  b:\n    x: 1\n'],
      ['a: 1\nb-c\n', 'a: 1\nb-c:\n'],
      ['a\nb: 1\n', 'a:\nb: 1\n'],
      ['s:\n  - send x\n    via: y\n', 's:\n  - send: x\n    via: y\n'],
      ['s:\n  - - b 1\n      c: 2\n', 's:\n  - - b: 1\n      c: 2\n'],
      ['s:\n  - send: x\n  -wait: 1\n', 's:\n  - send: x\n  - wait: 1\n'],
      ['s:\n  -send: x\n  - wait: 1\n', 's:\n  - send: x\n  - wait: 1\n'],
    ],
    true,
  );

  it('is none after a mark that is no word', () => {
    expect(slipIn('--\na: 1\n')).toBeUndefined();
  });
});

describe('a comma that is missing', () => {
  reads(
    [
      ['a: { x: 1 y: 2 }\n', 'a: { x: 1, y: 2 }\n'],
      ["a: { x: 'k' y: 2 }\n", "a: { x: 'k', y: 2 }\n"],
      ["a: [ 'b' 'c' ]\n", "a: [ 'b', 'c' ]\n"],
      ["a: [ 'b' c, d ]\n", "a: [ 'b', c, d ]\n"],
      ["a: { x: 'k'\n  y: 2 }\n", "a: { x: 'k',\n  y: 2 }\n"],
    ],
    false,
  );
});

describe('a value that YAML reads something into', () => {
  reads(
    [
      ['a: @x # c\n', "a: '@x' # c\n"],
      ["a: `it's`\n", "a: '`it''s`'\n"],
      ["title: it's: b # c\n", "title: 'it''s: b' # c\n"],
      ['- a: b: c\n', "- a: 'b: c'\n"],
    ],
    false,
  );
});

describe('a line that begins further left or right than it belongs', () => {
  describe('is moved to the nearest that it can belong with', () => {
    reads(
      [
        ['a:\n  b: 1\n   c: 2\n', 'a:\n  b: 1\n  c: 2\n'],
        ['a:\n  b: 1\n\n\n   c: 2\n', 'a:\n  b: 1\n\n\n  c: 2\n'],
        ['a:\n  b: 1\n c: 2\n', 'a:\n  b: 1\n  c: 2\n'],
        ['a:\n    b: 1\n   c: 2\n', 'a:\n    b: 1\n    c: 2\n'],
        ['a:\n      b: 1\n  c: 2\n', 'a:\n      b: 1\nc: 2\n'],
        ['a:\n  b:\n      c: 1\n    d: 2\n', 'a:\n  b:\n      c: 1\n      d: 2\n'],
        ['r:\n    a:\n            b: 1\n      c: 2\n', 'r:\n    a:\n            b: 1\n    c: 2\n'],
        [' a: 1\nb: 2\n', 'a: 1\nb: 2\n'],
        ['s:\n  - send: x\n   via: sms\n', 's:\n  - send: x\n    via: sms\n'],
        ['s:\n  - send: x\n      via: sms\n', 's:\n  - send: x\n    via: sms\n'],
        ['s:\n  - send: x\n   - wait: 1\n', 's:\n  - send: x\n  - wait: 1\n'],
        ['s:\n  - send: x\n - wait: 1\n', 's:\n  - send: x\n  - wait: 1\n'],
        ['s:\n  - - send: x\n     via: y\n', 's:\n  - - send: x\n      via: y\n'],
        ['a:\n  - b:\n      x: 1\n     c: 2\n', 'a:\n  - b:\n      x: 1\n      c: 2\n'],
        ['a:\n  - b:\n      - x: 1\n     - y: 2\n', 'a:\n  - b:\n      - x: 1\n      - y: 2\n'],
      ],
      false,
    );
  });

  describe('is indented with two spaces a tab', () => {
    reads(
      [
        ['a:\n\t  \tb: 1\n', 'a:\n      b: 1\n'],
        ['a:\n\t- b\n', 'a:\n  - b\n'],
      ],
      false,
    );
  });

  describe('between items of a list belongs to the one above', () => {
    reads(
      [
        ['s:\n  - send: x\n  wait: 1\n', 's:\n  - send: x\n    wait: 1\n'],
        ['s:\n  - send: x\n    via: y\n  wait: 1\n', 's:\n  - send: x\n    via: y\n    wait: 1\n'],
        ['- a: 1\n- b: 2\nc: 3\n', '- a: 1\n- b: 2\n  c: 3\n'],
      ],
      false,
    );
  });

  describe('is the first item of a list, without its mark', () => {
    reads(
      [
        ['s:\n  send: x\n  - wait: 1\n', 's:\n  - send: x\n  - wait: 1\n'],
        ['r:\n  q: 1\ns:\n  send: x\n  - wait: 1\n', 'r:\n  q: 1\ns:\n  - send: x\n  - wait: 1\n'],
        ['s:\n  send: x\n\n  # c\n  - wait: 1\n', 's:\n  - send: x\n\n  # c\n  - wait: 1\n'],
        ['s:\n  via: [x,\n    y]\n  - wait: 1\n', 's:\n  - via: [x,\n    y]\n  - wait: 1\n'],
        ['a: 1\n- b\n', '- a: 1\n- b\n'],
      ],
      false,
    );
  });

  describe('has the mark of a list among keys that have none', () => {
    reads(
      [
        ['s:\n  send: x\n  via: y\n  - wait: 1\n', 's:\n  send: x\n  via: y\n  wait: 1\n'],
        ['a: 1\nb: 2\n\n- c:\n    x: 1\nd: 3\n', 'a: 1\nb: 2\n\nc:\n    x: 1\nd: 3\n'],
      ],
      false,
    );
  });

  it.each([
    'a:\n  b: { x: 1,\n   y: 2 }\n   c: 3\n',
    'a:\n  x: 1\n (b) c\nd: 2\n',
    'a:\n  b: 1\n two\nc: 2\n',
    'a:\n  b: !x 1\n',
  ])('is none in %j, where nobody can tell', (text) => {
    expect(slipIn(text)).toBeUndefined();
  });
});
