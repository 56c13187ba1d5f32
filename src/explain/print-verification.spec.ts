import { maskText } from '../ops/mask.js';
import { printVerification } from './print-verification.js';
import type { Verification } from './verify.js';

const verification: Verification = {
  customers: 2,
  enrolments: 3,
  messages: 4,
  differences: [
    { customer: 'ann', what: 'message j/1 send.address', expected: '+989121234567', found: '+989128887767' },
    { customer: 'tel:+989121234567', what: 'enrolment j/1', expected: undefined, found: { phone: 9121234567 } },
  ],
  unverified: [{ customer: 'bob', what: 'everything', why: 'the files of bundle 7 are gone' }],
};
const whom = { sample: 2, seed: 5 };

describe('a verification', () => {
  it('is printed a line each, without phone numbers', () => {
    expect(printVerification(verification, whom, { json: false, mask: maskText })).toEqual([
      'ann: message j/1 send.address: expected "+98912*****67", found "+98912*****67" (they differ in what is hidden)',
      'tel:+98912*****67: enrolment j/1: expected nothing, found {"phone":"912*****67"}',
      'bob: everything: could not be verified: the files of bundle 7 are gone',
      '2 customers (seed 5), 3 enrolments, 4 messages; 2 differences; 1 could not be verified',
    ]);
  });

  it('is one JSON object for a program, without them either', () => {
    const [line = '', ...more] = printVerification(verification, whom, { json: true, mask: maskText });
    expect(more).toEqual([]);
    expect(line).not.toMatch(/9121234567|9128887767/);
    expect(JSON.parse(line)).toMatchObject({
      customers: 2,
      seed: 5,
      differences: [{ customer: 'ann' }, {}],
      unverified: [{}],
    });
  });

  it('masks before it cuts what is long', () => {
    const found = `${'x'.repeat(190)} +989121234567`;
    const [line] = printVerification(
      { ...verification, differences: [{ customer: 'ann', what: 'it', expected: '', found }] },
      whom,
      {
        json: false,
        mask: maskText,
      },
    );
    expect(line).not.toContain('98912123');
    expect(line).toContain('…');
  });
});
