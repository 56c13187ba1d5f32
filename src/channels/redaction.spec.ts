import { redactor } from './redaction.js';

describe('a text of a provider, made fit for logs', () => {
  const redact = redactor(['key/1', 'key/1-longer']);

  it('has no secret in it, written plainly or as in a URL', () => {
    expect(redact('POST /v1/key%2F1/sms key/1-longer, key/1')).toBe('POST /v1/[secret]/sms [secret], [secret]');
  });

  it('has no receiver in it', () => {
    expect(redact('to +989121234567 (09121234567)', ['9121234567', '+989121234567'])).toBe(
      'to [recipient] (0[recipient])',
    );
  });

  it('is one line', () => {
    expect(redact('550 no\r\n550\u2028 really\u0000')).toBe('550 no 550 really');
  });

  it('is short, and cut between characters', () => {
    expect(redact('😀'.repeat(400))).toBe(`${'😀'.repeat(300)}…`);
  });

  it('is not taken apart by an empty secret', () => {
    expect(redactor([''])('plain', [''])).toBe('plain');
  });
});
