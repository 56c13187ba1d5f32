import { consentWarnings, unknownPurposes } from './unknown-purposes.js';

const purposes = new Map([
  ['service', {}],
  ['marketing', {}],
]);

describe('consent', () => {
  it('to a purpose that is declared, or forgotten, is no slip', () => {
    expect(unknownPurposes({ marketing: false, service: true, old: null }, purposes)).toEqual([]);
    expect(unknownPurposes(undefined, purposes)).toEqual([]);
  });

  it('that is null altogether forgets nothing, which is told', () => {
    expect(consentWarnings(null, purposes)).toEqual([
      expect.stringMatching(/^consent is null, which forgets nothing;/),
    ]);
    expect(consentWarnings({ marketing: null }, purposes)).toEqual([]);
    expect(consentWarnings(undefined, purposes)).toEqual([]);
  });

  it('to a purpose that nobody declared is named, with the one that may have been meant', () => {
    expect(unknownPurposes({ markting: false, club: true }, purposes)).toEqual([
      'consent to unknown purpose "markting"; did you mean marketing?',
      'consent to unknown purpose "club"; there is: service, marketing',
    ]);
  });

  it('to a thousand purposes is no slip of the pen any more', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, number) => [`p${String(number)}`, true]));
    expect(unknownPurposes(many, purposes)).toHaveLength(20);
  });
});
