import fc from 'fast-check';
import { anyCharacter } from '../../../test/given/texts.js';
import type { EmailContent } from '../../domain/message/message.js';
import { headerText, unsubscribeHeaders } from './headers.js';

const content: EmailContent = { channel: 'email', subject: 's', text: 't', html: 'h' };

describe('a text in a header', () => {
  it.each([
    ['a\r\nBcc: x@evil.example', 'a Bcc: x@evil.example'],
    ['a\u2028b\u2029c\u0085d\u0000e', 'a b c d e'],
    ['سارا \u202eevil\u202c', 'سارا evil'],
    ['\u2066a\u2069\u2067b\u2068c\u202ad\u202be\u202df', 'abcdef'],
    // The joiners of Persian words and of emoji stay.
    ['می\u200cخواهم 👩\u200d💻', 'می\u200cخواهم 👩\u200d💻'],
    ['=?utf-8?Q?=0D=0ABcc:_x?=', '= ?utf-8?Q?=0D=0ABcc:_x?='],
    ['  a  ', 'a'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(headerText(text)).toBe(expected);
  });

  it('has an end', () => {
    expect(headerText('آ'.repeat(250))).toBe('آ'.repeat(250));
    expect(headerText('آ'.repeat(251))).toBe(`${'آ'.repeat(249)}…`);
    expect(headerText('😀'.repeat(1_000_000))).toBe(`${'😀'.repeat(249)}…`);
  });

  it('is one line that turns nothing, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 600 }), (text) => {
        const line = headerText(text);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
        expect(Array.from(line).length).toBeLessThanOrEqual(250);
      }),
    );
  });
});

describe('the way out in the headers', () => {
  it('stands there for mail programs, with one click', () => {
    expect(unsubscribeHeaders({ ...content, unsubscribe: 'https://p.example/u/abc' })).toEqual({
      'List-Unsubscribe': '<https://p.example/u/abc>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(unsubscribeHeaders(content)).toEqual({});
  });

  it.each([
    'https://a.example/>\r\nBcc: x@evil.example',
    'https://a.example/ b',
    'javascript:alert(1)',
    'https://a/>,<b',
    '',
  ])('is left out where it is no address: %j', (unsubscribe) => {
    expect(unsubscribeHeaders({ ...content, unsubscribe })).toEqual({});
  });
});
