import type { LookupAddress } from 'node:dns';
import { ClosedAddressError, guardedLookup } from './guarded-lookup.js';

const outside: LookupAddress = { address: '93.184.216.34', family: 4 };
const outside6: LookupAddress = { address: '2606:4700::1111', family: 6 };
const here: LookupAddress = { address: '127.0.0.1', family: 4 };

/** Answers otherwise each time that it is asked. */
function resolving(...answers: readonly (readonly LookupAddress[])[]) {
  let asked = 0;
  const look = guardedLookup((_, done) => {
    asked += 1;
    done(null, answers[asked - 1] ?? []);
  });
  const found = (all: boolean) =>
    new Promise<unknown>((resolve) => {
      look('rebound.example', { all }, (error, address, family) => {
        resolve(error ?? (all ? address : [address, family]));
      });
    });
  return { found, asked: () => asked };
}

describe('the address that a connection is given', () => {
  it('is the very one that was judged: the name is asked for once', async () => {
    const { found, asked } = resolving([outside, outside6], [here]);
    expect(await found(true)).toEqual([outside, outside6]);
    expect(asked()).toBe(1);
    // A connection that is made later is judged by itself.
    expect(await found(true)).toBeInstanceOf(ClosedAddressError);
  });

  it('is the first where one is asked for', async () => {
    expect(await resolving([outside6, outside]).found(false)).toEqual(['2606:4700::1111', 6]);
  });

  it.each([[[here]], [[outside, here]], [[here, outside6]], [[{ address: '::ffff:127.0.0.1', family: 6 }]]])(
    'is none of %j',
    async (addresses) => {
      for (const all of [true, false]) expect(await resolving(addresses).found(all)).toBeInstanceOf(ClosedAddressError);
    },
  );

  it('is none where the name leads nowhere', async () => {
    expect(await resolving([]).found(true)).toEqual(new Error('rebound.example has no address'));
  });
});
