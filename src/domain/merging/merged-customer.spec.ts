import type { Customer } from '../customer.js';
import { closedBy, gainedBy, mergedCustomer, withdrawnBy } from './merged-customer.js';

const customer = (id: string, given: Partial<Customer>): Customer => ({
  ...{ id, attributes: {}, consent: {}, closed: {} },
  ...given,
});

describe('two customers as one', () => {
  it('are who the one who stays is, with what only the other has', () => {
    const from = customer('a', { attributes: { name: 'Ann', phone: '+98912', tier: null } });
    const into = customer('b', { attributes: { phone: '+98913', name: null, email: 'b@x' } });
    const merged = mergedCustomer(from, into);
    expect(merged).toEqual(customer('b', { attributes: { name: 'Ann', phone: '+98913', email: 'b@x' } }));
    expect(gainedBy(into, merged)).toEqual({ name: 'Ann' });
  });

  it.each([
    [true, undefined, true],
    [undefined, true, true],
    [false, true, false],
    [true, false, false],
    [false, undefined, false],
    [undefined, undefined, undefined],
  ])('have consented where one has and the other has not said no: %s and %s give %s', (a, b, both) => {
    const said = (given: boolean | undefined) => (given === undefined ? {} : { news: given });
    const into = customer('b', { consent: said(b) });
    const merged = mergedCustomer(customer('a', { consent: said(a) }), into);
    expect(merged.consent).toEqual(said(both));
    expect(gainedBy(into, merged)).toEqual(both === b ? {} : { consent: { news: both } });
    expect(withdrawnBy(merged)).toEqual(both === false ? ['news'] : []);
  });

  it('are written to on no channel that either has closed', () => {
    const from = customer('a', { closed: { news: ['sms'], offers: ['email'] } });
    const into = customer('b', { closed: { news: ['email', 'sms'] } });
    const merged = mergedCustomer(from, into);
    expect(merged.closed).toEqual({ news: ['sms', 'email'], offers: ['email'] });
    expect(closedBy(merged)).toEqual([
      { purpose: 'news', channel: 'sms' },
      { purpose: 'news', channel: 'email' },
      { purpose: 'offers', channel: 'email' },
    ]);
  });

  it('may be called as nothing is', () => {
    const odd = JSON.parse('{"__proto__": true, "constructor": false}') as Record<string, boolean>;
    const merged = mergedCustomer(customer('a', { consent: odd }), customer('b', {}));
    expect(Object.entries(merged.consent)).toEqual([
      ['__proto__', true],
      ['constructor', false],
    ]);
  });
});
