import { isAddress, senderOf } from './address.js';

describe('an e-mail address', () => {
  it.each(['a@b.example', 'first.last+tag@sub.example.ir', 'سلام@مثال.ایران'])('is %s', (text) => {
    expect(isAddress(text)).toBe(true);
  });

  it.each([
    '',
    'a',
    'a@',
    '@b',
    'a@b@c',
    'a b@c',
    'a@b,c@d',
    'a@b;c@d',
    '<a@b>',
    'a@b\r\n',
    '"a b"@c',
    `${'a'.repeat(320)}@b`,
  ])('is not %j', (text) => {
    expect(isAddress(text)).toBe(false);
  });
});

describe('a sender', () => {
  it.each([
    ['تعمیرگاه <info@example.com>', 'تعمیرگاه', 'info@example.com'],
    [' "A, B" <info@example.com> ', 'A, B', 'info@example.com'],
    ['info@example.com', '', 'info@example.com'],
    ['<info@example.com>', '', 'info@example.com'],
    ['a\r\nBcc: x <info@example.com>', 'a Bcc: x', 'info@example.com'],
  ])('%j has the name %j', (text, name, address) => {
    expect(senderOf(text)).toEqual({ name, address, domain: 'example.com' });
  });

  it.each(['', 'shop', 'shop <info>', 'shop <a@b> <c@d>', 'a@b, c@d'])('%j is none, and the place is named', (text) => {
    expect(() => senderOf(text)).toThrow(/^channels\.email\.sender in policy\.yaml should look like/);
  });
});
