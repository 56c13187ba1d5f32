import { readBody } from './call-result.js';

const read = (text: string | Buffer, isCut = false) => readBody(Buffer.from(text), isCut);

describe('the body of an answer', () => {
  it.each<[string, unknown]>([
    ['', null],
    [' \n', null],
    ['null', null],
    ['7', 7],
    ['"سلام"', 'سلام'],
    ['\uFEFF{"a": [1, {"b": null}]}', { a: [1, { b: null }] }],
    ['{"a": "✅"}', { a: '✅' }],
  ])('is JSON where it is: %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    'OK',
    '{"a":',
    '{"__proto__": {"admin": true}}',
    '{"a": {"__proto__": 1}}',
    '{"a": 1e999}',
    String.raw`{"a": "\u0000"}`,
    String.raw`{"\ud800": 1}`,
    `${'['.repeat(33)}${']'.repeat(33)}`,
    '['.repeat(60_000),
    `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`,
  ])('is text where it is no JSON, or none that can be kept', (text) => {
    expect(read(text)).toBe(text);
  });

  it('is text where it was cut, though what is left may be JSON', () => {
    expect(read('12', true)).toBe('12');
  });

  it('loses what cannot be kept of a text', () => {
    expect(read('a\0b')).toBe('a\uFFFDb');
    expect(read(Buffer.from([0x61, 0xff, 0xfe]))).toBe('a\uFFFD\uFFFD');
  });

  it('never changes what objects inherit', () => {
    read('{"__proto__": {"admin": true}, "constructor": {"prototype": {"admin": true}}}');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});
