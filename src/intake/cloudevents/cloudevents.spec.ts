import fc from 'fast-check';
import { binaryEvent, httpAttributes, kafkaAttributes } from './binary.js';
import { bodyKind } from './content-type.js';
import { faultIn } from './json-fault.js';
import { parseJson } from './parse-json.js';
import { unstorableIn } from './storable.js';

function messageOf(text: string | Buffer): string {
  const parsed = parseJson(Buffer.from(text));
  return 'refusal' in parsed ? parsed.refusal.message : 'no refusal';
}

describe('JSON out of bytes', () => {
  it('is read, with or without a byte order mark', () => {
    expect(parseJson(Buffer.from('{"a":"سلام"}'))).toEqual({ value: { a: 'سلام' } });
    expect(parseJson(Buffer.from('\uFEFF[1]'))).toEqual({ value: [1] });
  });

  it.each([
    ['', 'is empty; send an event as JSON'],
    ['{"a": }', 'is not JSON: it has an unexpected "}" at line 1, column 7'],
    ['{\n  "a": 1,\n  "b" 2\n}', 'is not JSON: it has an unexpected "2" at line 3, column 7'],
    ['{"a": 1', 'is not JSON: it ends too early at line 1, column 8'],
    ['hello', 'is not JSON: it has an unexpected "h" at line 1, column 1'],
    ['<html>', 'is not JSON: it has an unexpected "<" at line 1, column 1'],
    ['{"a": 1} x', 'is not JSON: it has an unexpected "x" at line 1, column 10'],
    ["{'a': 1}", 'is not JSON: it has an unexpected "\'" at line 1, column 2'],
    ['{"a": 1,}', 'is not JSON: it has an unexpected "}" at line 1, column 9'],
    ['[1, 02]', 'is not JSON: it has an unexpected "0" at line 1, column 5'],
    ['["a\nb"]', 'is not JSON: it has an unexpected "\\n" at line 1, column 4'],
    ['["a\\x"]', 'is not JSON: it has an unexpected "\\\\" at line 1, column 4'],
    ['{"a": NaN}', 'is not JSON: it has an unexpected "N" at line 1, column 7'],
    ['{"a": "سلام', 'is not JSON: it ends too early at line 1, column 12'],
    ['[1}', 'is not JSON: it has an unexpected "}" at line 1, column 3'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 'is not UTF-8; send JSON in UTF-8'],
  ])('names the place where %j stops being any', (text, message) => {
    expect(messageOf(text)).toBe(message);
  });
});

describe('the place where a text stops being JSON', () => {
  it('is never behind what was put into it, and never outside of it', () => {
    const json = fc.json({ maxDepth: 4 });
    fc.assert(
      fc.property(json, fc.nat(), fc.constantFrom('', '@', '}', ',', '"', ':'), (good, where, junk) => {
        const at = where % (good.length + 1);
        const text = junk === '' ? good.slice(0, at) : good.slice(0, at) + junk + good.slice(at);
        if (isJson(text)) return;
        expect(faultIn(text)).toBeLessThanOrEqual(text.length);
        if (junk === '@' && !insideString(good, at)) expect(faultIn(text)).toBeLessThanOrEqual(at);
      }),
    );
  });

  it('is found soon in a large text', () => {
    const before = process.cpuUsage().user;
    expect(faultIn(`["${'\\n'.repeat(1_000_000)}" ,,`)).toBe(2_000_005);
    expect(faultIn('['.repeat(1_000_000))).toBe(1_000_000);
    expect(process.cpuUsage().user - before).toBeLessThan(2_000_000);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function insideString(text: string, at: number): boolean {
  return (text.slice(0, at).replace(/\\./g, '').split('"').length - 1) % 2 === 1;
}

describe('a content type', () => {
  it.each([
    ['application/cloudevents+json', 'event'],
    ['Application/CloudEvents+JSON; charset=utf-8', 'event'],
    ['application/cloudevents-batch+json;charset=UTF-8', 'batch'],
    ['application/json', 'json'],
    ['application/vnd.shop+json', 'json'],
    ['text/plain', 'other'],
    ['application/xml', 'other'],
    ['', 'other'],
  ])('%s is %s', (type, kind) => {
    expect(bodyKind(type)).toBe(kind);
  });
});

describe('an event in binary mode', () => {
  it('has its attributes in HTTP headers, percent-encoded', () => {
    const headers = {
      'ce-id': '1',
      'CE-Subject': '%D8%B3%D8%A7%D8%B1%D8%A7',
      'ce-source': '/a%20b',
      'ce-type': '100%',
      host: 'x',
    };
    expect(httpAttributes(headers)).toEqual({ id: '1', subject: 'سارا', source: '/a b', type: '100%' });
  });

  it('understands raw UTF-8 in HTTP headers, which Node reads byte by byte', () => {
    const raw = Buffer.from('سارا').toString('latin1');
    expect(httpAttributes({ 'ce-subject': raw })).toEqual({ subject: 'سارا' });
  });

  it('has its attributes in Kafka headers, as they are', () => {
    const headers = { ce_id: Buffer.from('1'), ce_subject: [Buffer.from('سارا%20')], 'content-type': Buffer.from('x') };
    expect(kafkaAttributes(headers)).toEqual({ id: '1', subject: 'سارا%20' });
  });

  it('is none without such headers', () => {
    expect(httpAttributes({ host: 'x' })).toBeUndefined();
    expect(kafkaAttributes({})).toBeUndefined();
  });

  it('has the body as data, which may be left out', () => {
    const attributes = { id: '1' };
    expect(binaryEvent(attributes, 'application/json', Buffer.from('{"a":1}'))).toEqual({
      value: { id: '1', datacontenttype: 'application/json', data: { a: 1 } },
    });
    expect(binaryEvent(attributes, undefined, Buffer.alloc(0))).toEqual({ value: { id: '1' } });
    expect(binaryEvent(attributes, 'application/json', Buffer.from('{'))).toMatchObject({ refusal: { place: 'data' } });
    expect(binaryEvent(attributes, 'text/xml', Buffer.from('<a/>'))).toEqual({
      refusal: { place: 'datacontenttype', message: 'is "text/xml"; send the data as application/json' },
    });
  });
});

describe('what cannot be kept', () => {
  it('is found wherever it stands', () => {
    expect(unstorableIn({ a: [{ b: 'x\0y' }] }, 'data')?.place).toBe('data.a[0].b');
    expect(unstorableIn({ a: '\ud800' }, 'data')?.place).toBe('data.a');
    expect(unstorableIn({ 'x\0': 1 }, 'data')?.message).toContain('a name that cannot be kept');
    expect(unstorableIn(JSON.parse('{"__proto__": {"x": 1}}'), 'data')?.place).toBe('data');
    expect(unstorableIn(JSON.parse('{"a": 1e400}'), 'data')).toMatchObject({ place: 'data.a' });
  });

  it('is not what is merely unusual', () => {
    expect(unstorableIn({ a: 'سلام 👋 \u0001', 'b c': [null, true, 1.5, {}] }, 'data')).toBeUndefined();
  });

  it('includes what is nested too deep, without a stack overflow', () => {
    const deep: unknown = JSON.parse('{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000));
    expect(unstorableIn(deep, 'data')?.message).toContain('nested deeper than 32 levels');
  });
});
