import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.js';
import { notPublic } from './target.js';

/** Asks for all addresses of a name. */
export type Resolve = (
  name: string,
  done: (error: NodeJS.ErrnoException | null, addresses?: readonly LookupAddress[]) => void,
) => void;

const systemResolve: Resolve = (name, done) => {
  lookup(name, { all: true, verbatim: true }, done);
};

/** A name led to an address that may not be called. */
export class ClosedAddressError extends Error {
  override readonly name = 'ClosedAddressError';
}

/**
 * What a connection asks for the address of a name: it is resolved once, judged, and connected to as it was judged, so that a
 * name which answers otherwise a moment later gains nothing. One closed address among several is enough to refuse them all.
 */
export function guardedLookup(resolve: Resolve = systemResolve): LookupFunction {
  return (name, { all }, done) => {
    resolve(name, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) {
        done(error ?? new Error(`${name} has no address`), '');
        return;
      }
      if (addresses?.every(({ address }) => isPublicAddress(address)) !== true) {
        done(new ClosedAddressError(`the address ${notPublic(name)}`), '');
        return;
      }
      if (all === true) done(null, [...addresses]);
      else done(null, first.address, first.family);
    });
  };
}
