import { consentFaults } from './consent-word.js';

const purposes = ['service', 'marketing'];
const faultsOf = (data: Parameters<typeof consentFaults>[1], type = 'consent.withdrawn') =>
  consentFaults(type, data, purposes).map(({ place, message }) => `${place}: ${message}`);

describe('a word on consent', () => {
  it('on what there is has nothing wrong', () => {
    expect(faultsOf({ purpose: 'marketing' })).toEqual([]);
    expect(faultsOf({ purpose: 'marketing', channel: 'sms' }, 'consent.granted')).toEqual([]);
    expect(faultsOf({ purpose: 'marketing', channel: null })).toEqual([]);
  });

  it.each(['consent.withdrawn', 'consent.granted'])('of %s tells of a slip in either name', (type) => {
    expect(faultsOf({ purpose: 'markting', channel: 'smss' }, type)).toEqual([
      'data.purpose: "markting" is no purpose that policy.yaml declares; did you mean "marketing"?',
      'data.channel: "smss" is no channel; did you mean "sms"?',
    ]);
  });

  it('tells what there is where nothing is near', () => {
    expect(faultsOf({ purpose: 'newsletter' })).toEqual([
      'data.purpose: "newsletter" is no purpose that policy.yaml declares; there are service, marketing',
    ]);
    expect(faultsOf({ purpose: 'x'.repeat(5_000) })[0]).toHaveLength(186);
    expect(faultsOf({ purpose: 'x'.repeat(100) })[0]).toContain(`"${'x'.repeat(100)}" is`);
    expect(faultsOf({ purpose: 'x'.repeat(101) })[0]).toContain(`"${'x'.repeat(99)}…" is`);
  });

  it('leaves other types, and what is no text, to the catalogue', () => {
    expect(faultsOf({ purpose: 'markting' }, 'order.placed')).toEqual([]);
    expect(faultsOf({ purpose: 7 })).toEqual([]);
  });
});
