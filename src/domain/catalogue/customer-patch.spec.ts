import type { JsonObject } from '../json.js';
import { Problems } from '../yaml/problems.js';
import { loadCatalogue } from './load.js';

const catalogue = loadCatalogue(
  {
    events: undefined,
    customers: { name: 'customers.yaml', text: 'tier: text\naddress: { city: text, zip: text }\nscore: integer\n' },
  },
  new Problems(),
);

describe("a patch of a customer's attributes", () => {
  it('is normalised', () => {
    const { patch, problems } = catalogue.checkCustomer({
      phone: '0912 123 4567',
      email: 'a@example.com',
      locale: 'FA-ir',
      timezone: 'Asia/Tehran',
    });
    expect(problems).toEqual([]);
    expect(patch).toMatchObject({
      phone: '+989121234567',
      email: 'a@example.com',
      locale: 'fa-IR',
      timezone: 'Asia/Tehran',
    });
  });

  it('may be partial, remove with null, and have attributes that nobody declared', () => {
    const patch = { tier: null, address: { city: 'Tehran', zip: null }, shoe_size: 44, consent: { marketing: true } };
    expect(catalogue.checkCustomer(patch)).toMatchObject({ patch, problems: [] });
  });

  it('is warned of where nobody declared an attribute, at most twenty times', () => {
    expect(catalogue.checkCustomer({ phne: '1', name: 'a', old: null }).warnings).toEqual([
      'unknown attribute "phne"; did you mean phone?',
    ]);
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`own_${String(at)}`, at]));
    expect(catalogue.checkCustomer(many).warnings).toHaveLength(20);
  });

  it('is warned of a phone number that lost its zero, which is kept all the same', () => {
    for (const phone of ['9121234567', 9121234567]) {
      const { patch, problems, warnings } = catalogue.checkCustomer({ phone });
      expect([patch, problems]).toEqual([{ phone: '+989121234567' }, []]);
      expect(warnings).toEqual([
        'phone 9121234567 seems to have lost its leading zero; write it as a text, "09121234567"',
      ]);
    }
    expect(catalogue.checkCustomer({ phone: '09121234567' }).warnings).toEqual([]);
  });

  it.each([
    [{ phone: '12' }, 'phone: expected a phone number (such as "09121234567" or "+989121234567"), got "12"'],
    [{ email: 'nobody' }, 'email: expected an e-mail address, got "nobody"'],
    [{ timezone: 'Asia/Teheran2' }, 'timezone: expected a time zone (such as "Asia/Tehran"), got "Asia/Teheran2"'],
    [{ locale: 'not a locale' }, 'locale: expected a locale (such as "fa" or "en-GB"), got "not a locale"'],
    [{ preferred_channel: 'pigeon' }, 'preferred_channel: expected a channel (such as "sms"), got "pigeon"'],
    [
      { birth_date: '1370-13-01' },
      'birth_date: expected a date (such as "2026-12-21" or "1405-09-30"), got "1370-13-01"',
    ],
    [{ consent: { marketing: 'yes' } }, 'consent: expected consent by purpose, such as {"marketing": true}'],
    [{ name: 7 }, 'name: expected text, got 7'],
    [{ score: 'x' }, 'score: expected a whole number, got "x"'],
    [{ address: { city: 1 } }, 'address.city: expected text, got 1'],
    [{ id: 'c1' }, "id: a customer's id does not change; leave it out"],
    ['x', 'body: expected an object, got "x"'],
  ])('%j is refused', (patch, told) => {
    expect(catalogue.checkCustomer(patch).problems.map(({ place, message }) => `${place}: ${message}`)).toEqual([told]);
  });

  it('does not touch prototypes', () => {
    const { patch } = catalogue.checkCustomer(JSON.parse('{"__proto__": {"admin": true}}') as JsonObject);
    expect(Object.getPrototypeOf(patch)).toBe(Object.prototype);
    expect((patch as { admin?: unknown }).admin).toBeUndefined();
  });

  it('is what customer.updated carries', () => {
    expect(catalogue.validate('customer.updated', { phone: '09121234567', name: null })).toEqual([]);
    expect(catalogue.validate('customer.updated', { phone: 'x' })).toEqual([
      { place: 'data.phone', message: 'expected a phone number (such as "09121234567" or "+989121234567"), got "x"' },
    ]);
  });
});
