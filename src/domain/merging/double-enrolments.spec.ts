import type { Enrolment } from '../journey/enrolment.js';
import { doubleEnrolments } from './double-enrolments.js';

const one = (customer: string, given: Partial<Enrolment>): Enrolment =>
  ({ customer, journey: 'j', seq: 1, key: undefined, status: 'active', enteredAt: 1, ...given }) as Enrolment;

describe('who is inside twice', () => {
  it.each([
    [1, 2, 'into'],
    [2, 1, 'from'],
    [1, 1, 'from'],
  ])('is the one who entered later: at %s and %s it is %s', (from, into, later) => {
    const found = doubleEnrolments([one('from', { enteredAt: from })], [one('into', { enteredAt: into })]);
    expect(found.map(({ customer }) => customer)).toEqual([later]);
  });

  it.each([
    ['another journey', { journey: 'k' }],
    ['another thing', { key: 'r1' }],
    ['no more', { status: 'watching' as const }],
    ['over', { status: 'ended' as const }],
  ])('is nobody where one of them is in %s', (_, given) => {
    expect(doubleEnrolments([one('from', given)], [one('into', {})])).toEqual([]);
    expect(doubleEnrolments([one('from', {})], [one('into', given)])).toEqual([]);
  });
});
