import { merge, tellMerge } from './merge.js';
import { UsageError } from './usage-error.js';

const ids = { from: 'a', into: 'b' };

describe('peyk merge', () => {
  it.each([
    ['a', 'a', 'both ids are the same; name two customers: the one that goes, then the one that stays'],
    ['', 'b', "FROM is empty; set it to a customer's id"],
    ['a', 'b\u0007', 'INTO has a control character in it; take it out'],
  ])('of %j and %j is wrong usage', async (from, into, why) => {
    await expect(merge(from, into, { lang: 'en' })).rejects.toEqual(new UsageError(why));
  });

  it('is told in Persian too', async () => {
    await expect(merge('a', 'b\u0007', { lang: 'fa' })).rejects.toThrow('INTO نویسهٔ کنترلی دارد؛ آن را بردارید');
    expect(tellMerge({ kind: 'unknown', id: 'a', near: '; did you mean "b"?' }, ids, 'fa')).toEqual({
      ...{ said: 'مشتری «a» نیست؛ منظورتان "b" بود؟', isWell: false },
    });
  });

  it.each([
    [
      { kind: 'merged', into: 'c' },
      '"a" is a second name of "c" now: what is known and what comes of either is of "c"',
      true,
    ],
    [{ kind: 'one_already', into: 'c' }, '"a" is a second name of "c" already', true],
    [{ kind: 'dead', reason: 'the disk is full' }, 'the disk is full', false],
    [
      { kind: 'circle', into: 'a' },
      '"b" was merged into "a" before: they are one customer, who goes by "a"; nothing is left to merge',
      false,
    ],
  ] as const)('says of %j what came of it', (merged, said, isWell) => {
    expect(tellMerge(merged, ids, 'en')).toEqual({ said, isWell });
  });
});
