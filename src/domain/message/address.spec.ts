import fc from 'fast-check';
import type { Customer } from '../customer.js';
import { addressOf, hasLostZero, normaliseEmail, normalisePhone } from './address.js';
import type { ChannelName } from './message.js';

describe('a phone number', () => {
  it.each([
    '09121234567',
    '9121234567',
    '989121234567',
    '+989121234567',
    '00989121234567',
    ' 0912 123 4567 ',
    '0912-123-4567',
    '(0912) 123 45 67',
    '۰۹۱۲۱۲۳۴۵۶۷',
    '٠٩١٢١٢٣٤٥٦٧',
    '+۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷',
    '\u202a+98 912 123 4567\u202c',
    '0912\u200c1234567',
  ])('is kept as E.164: "%s"', (text) => {
    expect(normalisePhone(text)).toBe('+989121234567');
  });

  it.each([
    ['02188776655', '+982188776655'],
    ['+1 650-253-0000', '+16502530000'],
    ['0044 20 7031 3000', '+442070313000'],
    ['+4930901820', '+4930901820'],
  ])('%s is %s', (text, expected) => {
    expect(normalisePhone(text)).toBe(expected);
  });

  it.each([
    '',
    '0912',
    '10004346',
    '091212345678',
    '+98',
    'call 09121234567',
    '09121234567 ext. 5',
    '0912123456a',
    '11',
  ])('is not "%s"', (text) => {
    expect(normalisePhone(text)).toBeUndefined();
  });

  it('stays what it is once it is normal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 900_000_0000, max: 999_999_9999 }),
        fc.constantFrom('0', '', '98', '+98', '0098'),
        (digits, prefix) => {
          const phone = normalisePhone(`${prefix}${String(digits)}`)!;
          expect(phone).toBe(`+98${String(digits)}`);
          expect(normalisePhone(phone)).toBe(phone);
        },
      ),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => normalisePhone(text) !== ''));
  });
});

describe('a phone number without its zero', () => {
  it.each(['9121234567', 9121234567, ' ۹۱۲۱۲۳۴۵۶۷ ', '2188776655'])('is seen: %j', (phone) => {
    expect(hasLostZero(phone)).toBe(true);
  });

  it.each(['09121234567', '+989121234567', '989121234567', '12', null, undefined, 912123456.7])(
    'is not seen in %j',
    (phone) => {
      expect(hasLostZero(phone)).toBe(false);
    },
  );
});

describe('an e-mail address', () => {
  it.each([
    ['sara@example.com', 'sara@example.com'],
    ['  Sara.Ahmadi+shop@Example.COM ', 'Sara.Ahmadi+shop@example.com'],
    ["o'neil@sub.example.co.uk", "o'neil@sub.example.co.uk"],
    [
      `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.ee.com`,
      `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.ee.com`,
    ],
    ['a@مثال.ایران', 'a@xn--mgbh0fb.xn--mgba3a4f16a'],
  ])('%s is kept as %s', (text, expected) => {
    expect(normaliseEmail(text)).toBe(expected);
  });

  it.each([
    '',
    'sara',
    'sara@',
    '@example.com',
    'sara@localhost',
    'sara@example..com',
    '.sara@example.com',
    'sa..ra@example.com',
    'sara@-example.com',
    'sara@example.c',
    'sara@[127.0.0.1]',
    'sara@exa mple.com',
    'sara@example.com, eve@example.com',
    'Sara <sara@example.com>',
    '"a b"@example.com',
    'sara@example.com\n',
    'sara@example.com\r\nBcc: eve@example.com',
    `${'a'.repeat(65)}@example.com`,
    `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.eee.com`,
    `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}.com`,
  ])('is not %j', (text) => {
    expect(normaliseEmail(text)).toBeUndefined();
  });

  it('never holds what would begin another header or recipient', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('a@b.com', ''), (noise, base) => {
        expect(normaliseEmail(`${noise}${base}`) ?? '').not.toMatch(/[\s,;<>"()]/);
      }),
    );
  });
});

describe('the address of a customer', () => {
  const customer = (attributes: Customer['attributes']): Customer => ({
    id: 'c1',
    attributes,
    consent: {},
    closed: {},
  });

  it('is the phone for SMS and the mailbox for e-mail', () => {
    const sara = customer({ phone: '09121234567', email: 'Sara@Example.com' });
    expect(addressOf('sms', sara)).toBe('+989121234567');
    expect(addressOf('email', sara)).toBe('Sara@example.com');
  });

  it('is the phone for voice and WhatsApp too, and an attribute of its own for messengers', () => {
    const sara = customer({ phone: '09121234567', telegram: ' @sara ', bale: '12', instagram: '', push: 'token' });
    const of = (channel: ChannelName): string | undefined => addressOf(channel, sara);
    expect([of('voice'), of('whatsapp')]).toEqual(['+989121234567', '+989121234567']);
    expect([of('telegram'), of('bale'), of('instagram'), of('push')]).toEqual(['@sara', '12', undefined, 'token']);
  });

  it('is a chat or a phone on Bale, and the phone of all where a provider goes by it', () => {
    const safir = [{ provider: 'bale' }, { provider: 'safir' }];
    const of = (attributes: Customer['attributes'], providers = safir): string | undefined =>
      addressOf('bale', customer(attributes), providers);
    expect(of({ bale: '09121234567' }, [])).toBe('+989121234567');
    expect(of({ bale: ' ۰۹۱۲ ۱۲۳ ۴۵۶۷' }, [])).toBe('+989121234567');
    expect(of({ bale: '9121234567' }, [])).toBe('9121234567');
    expect(of({ bale: '4711', phone: '09121234567' })).toBe('4711');
    expect(of({ phone: '09121234567' })).toBe('+989121234567');
    expect(of({ phone: '09121234567' }, [{ provider: 'bale' }])).toBeUndefined();
    expect(of({})).toBeUndefined();
  });

  it("is the customer's own id on the business's own channels", () => {
    expect([addressOf('web', customer({})), addressOf('webhook', customer({}))]).toEqual(['c1', 'c1']);
  });

  it('is none where nothing usable is known', () => {
    expect(addressOf('sms', customer({}))).toBeUndefined();
    expect(addressOf('sms', customer({ phone: null }))).toBeUndefined();
    expect(addressOf('sms', customer({ phone: 9121234567 }))).toBeUndefined();
    expect(addressOf('email', customer({ email: 'nobody' }))).toBeUndefined();
  });
});
