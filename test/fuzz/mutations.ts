import type { Random } from '../torture/random.js';

/** One way to spoil a text. */
type Mutation = (text: string, random: Random) => string;

const marks = ' |\n|\t|{|}|[|]|"|\'|:|: |, | #|&a |*a|!|!!set |=|{{|}}|>|- |? |%|@|`|\\|()|<<: *a|---\n|...\n'.split(
  '|',
);
const strange = [
  '\u0000',
  '\uFEFF',
  '\u2028',
  '\u202E',
  '\u2066',
  '\u200C',
  '\u0085',
  '\uD800',
  '\r',
  '\r\n',
  '\u0007',
  '۱۲',
  '𝒳',
];
const words = [
  '__proto__',
  'constructor',
  'toString',
  'null',
  '~',
  'true',
  '-0',
  '.nan',
  '.inf',
  '0x1F',
  '1e999',
  '999999999999999999999',
  '-1',
  '%YAML 1.1\n',
  '99999999 years',
  '1405-12-30',
  '1404-12-30',
  '2026-02-30T25:61:00Z',
  '0 toman',
  '-5 rial',
  '0%',
  '101%',
  '"18:60"',
  '[]',
  '{}',
  '""',
  '|\n',
  '=',
  '=now',
  '=customer.customer.customer',
  '={"a": [1, 2.5]}.a[99]',
  '=count("visit", "1 day", past.past.past)',
  '=[1].map(x, [1].map(x, x))',
  '={{#if a}}',
  '{{#each customer}}{{this}}{{/each}}',
  '{{> partial}}',
  '{{{customer.name}}}',
  '{{constructor.constructor}}',
  '*/0 * * * *',
  '9223372036854775808',
  'everyone',
  'customer.updated',
];

const place = (text: string, random: Random): number => random.whole(0, text.length);
const insert = (text: string, at: number, piece: string, drop = 0): string =>
  text.slice(0, at) + piece + text.slice(at + drop);

const replaceByte: Mutation = (text, random) => {
  const bytes = Buffer.from(text, 'utf8');
  for (let times = random.whole(1, 4); times > 0 && bytes.length > 0; times -= 1)
    bytes[random.whole(0, bytes.length - 1)] = random.whole(0, 255);
  return bytes.toString('utf8');
};

const insertPiece: Mutation = (text, random) =>
  insert(text, place(text, random), random.one(random.one([marks, strange, words])), random.whole(0, 12));

const cutPiece: Mutation = (text, random) => insert(text, place(text, random), '', random.whole(1, 80));

const truncate: Mutation = (text, random) => text.slice(0, place(text, random));

/** Does something to one line, or to some that follow each other. */
function onLines(change: (lines: string[], at: number, random: Random) => void): Mutation {
  return (text, random) => {
    const lines = text.split('\n');
    change(lines, random.whole(0, lines.length - 1), random);
    return lines.join('\n');
  };
}

const dropLines = onLines((lines, at, random) => lines.splice(at, random.whole(1, 3)));
const doubleLines = onLines((lines, at, random) => lines.splice(at, 0, ...lines.slice(at, at + random.whole(1, 5))));
const moveLines = onLines((lines, at, random) =>
  lines.splice(random.whole(0, lines.length), 0, ...lines.splice(at, random.whole(1, 4))),
);
const indent = onLines((lines, at, random) => {
  const shift = random.one([' ', '  ', '\t', '    ', '- ']);
  for (let line = at; line < at + random.whole(1, 6) && line < lines.length; line += 1)
    lines[line] =
      random.share() < 0.5 ? `${shift}${lines[line] ?? ''}` : (lines[line] ?? '').replace(/^[ \t-]{1,2}/, '');
});

const token = /[^\s{}[\],:#"']+/g;

/** Puts one word of the text in the place of another one. */
const swapTokens: Mutation = (text, random) => {
  const found = [...text.matchAll(token)];
  if (found.length < 2) return text;
  const [{ 0: word, index }, { 0: other }] = [random.one(found), random.one(found)];
  return insert(text, index, other, word.length);
};

/** The value of a key becomes something else. */
const replaceValue: Mutation = (text, random) => {
  const found = [...text.matchAll(/: +([^\n]*)/g)];
  if (found.length === 0) return text;
  const { 0: whole, index } = random.one(found);
  return insert(text, index, `: ${random.one([...words, ...marks])}`, whole.length);
};

const renameKey: Mutation = (text, random) => {
  const found = [...text.matchAll(/[\w-]+(?=:)/g)];
  if (found.length === 0) return text;
  const [{ 0: word, index }, { 0: other }] = [random.one(found), random.one(found)];
  return insert(text, index, random.share() < 0.5 ? other : `${word}${random.one(['x', '_', '-', ' '])}`, word.length);
};

/** Brackets in brackets, as deep as somebody likes; and lists, blocks and expressions in themselves. */
const nest: Mutation = (text, random) => {
  const depth = random.one([3, 30, 30, 300, 900, 3_000, 10_000]);
  const [open, close] = random.one([
    ['[', ']'],
    ['{a: ', '}'],
    ['- ', ''],
    ['? ', ''],
    ['=(', ')'],
    ['=!', ''],
    ['="a"+', ''],
    ['(', ')'],
    ['{{#if a}}', '{{/if}}'],
    ['[{then: ', '}]'],
    ['!', ''],
    ['"', '"'],
  ] as const);
  const middle = random.one(['', '1', 'a', 'send: hello', 'true']);
  return insert(text, afterColon(text, random), open.repeat(depth) + middle + close.repeat(depth));
};

const nestBlocks: Mutation = (text, random) => {
  const depth = random.one([5, 50, 400]);
  const word = random.one(['a:', '- choose:', '- then:', 'steps:']);
  const lines = Array.from({ length: depth }, (_, level) => `${' '.repeat(level * 2)}${word}`);
  return insert(text, lineStart(text, random), `${lines.join('\n')}\n`);
};

const anchors: Mutation = (text, random) => {
  const name = random.one(['a', 'b']);
  const anchored = insert(text, afterColon(text, random), `&${name} `);
  const aliased = insert(anchored, afterColon(anchored, random), `*${name} `, random.whole(0, 20));
  return random.share() < 0.3 ? insert(aliased, lineStart(aliased, random), `<<: *${name}\n`) : aliased;
};

/** Each name stands for ten of the one before. */
const laughs: Mutation = (text, random) => {
  const lines = Array.from({ length: random.one([3, 12]) }, (_, level) => {
    const before = level === 0 ? '"lol"' : `*l${String(level - 1)}`;
    return `l${String(level)}: &l${String(level)} [${Array(10).fill(before).join(', ')}]`;
  });
  return insert(text, lineStart(text, random), `${lines.join('\n')}\n`);
};

const long: Mutation = (text, random) => {
  const piece = random.one([
    'a',
    '9',
    ' ',
    '\n',
    '#',
    'a b ',
    '\u202E',
    'a: 1\n',
    '- a\n',
    '{{a}}',
    '\\"',
    '1 + ',
    'ي',
  ]);
  return insert(text, place(text, random), piece.repeat(random.one([100, 500, 500, 20_000])));
};

const wholeFile: Mutation = (text, random) =>
  random.one<(text: string) => string>([
    (all) => all.replaceAll('\n', '\r\n'),
    (all) => all.replaceAll('\n', '\r'),
    (all) => `\uFEFF${all}`,
    (all) => `\uFEFF\uFEFF${all}`,
    (all) => all.replace(/^ +/gm, (spaces) => '\t'.repeat(spaces.length / 2)),
    (all) => `${all}\n---\n${all}`,
    (all) => `${all}${all}`,
    (all) => all.replaceAll('"', "'"),
    (all) => all.replaceAll(': ', ':'),
    (all) => all.replaceAll(' ', '\u00A0'),
    () => '',
    () => '\n',
    () => '# nothing\n',
    () => 'a',
    () => '- a\n',
    () => '[]',
    () => 'null\n',
  ])(text);

function afterColon(text: string, random: Random): number {
  const found = [...text.matchAll(/: |- |=/g)];
  if (found.length === 0) return place(text, random);
  const { 0: mark, index } = random.one(found);
  return index + mark.length;
}

function lineStart(text: string, random: Random): number {
  return text.lastIndexOf('\n', place(text, random)) + 1;
}

/** The small ones more often than those that spoil everything. */
const mutations: readonly Mutation[] = [
  ...[replaceByte, insertPiece, insertPiece, insertPiece, cutPiece, dropLines, doubleLines, moveLines],
  ...[indent, indent, swapTokens, swapTokens, swapTokens, replaceValue, replaceValue, renameKey, renameKey],
  ...[truncate, nest, nestBlocks, anchors, laughs, long, wholeFile],
];

/** A text spoiled once or a few times. */
export function spoil(text: string, random: Random): string {
  let spoiled = text;
  for (let times = random.one([1, 1, 1, 2, 3]); times > 0; times -= 1) spoiled = random.one(mutations)(spoiled, random);
  return spoiled;
}
