import type { Instant } from '../time/instant.js';

/** Credit given to one customer, in whole rials. `rest` is what is left of it. */
export interface Grant {
  readonly id: string;
  readonly journey: string;
  readonly key: string | undefined;
  readonly step: string;
  readonly amount: number;
  readonly rest: number;
  readonly grantedAt: Instant;
  /** It is gone at this instant; undefined: never. */
  readonly expiresAt: Instant | undefined;
}

/** All that one customer was given and has spent. */
export interface CreditBook {
  /** In the order in which they were given. */
  readonly grants: readonly Grant[];
  /** References of redemptions: each counts once. */
  readonly references: ReadonlySet<string>;
}

export const emptyBook: CreditBook = { grants: [], references: new Set() };

/** What the customer can spend at this instant. */
export function balanceAt({ grants }: CreditBook, now: Instant): number {
  return grants.reduce((sum, grant) => sum + restAt(grant, now), 0);
}

/** What is left of a grant at this instant. */
export function restAt({ rest, expiresAt }: Grant, now: Instant): number {
  return expiresAt !== undefined && expiresAt <= now ? 0 : rest;
}

export function findGrant({ grants }: CreditBook, id: string): Grant | undefined {
  return grants.find((grant) => grant.id === id);
}

export function withGrant(book: CreditBook, grant: Grant): CreditBook {
  return { grants: [...book.grants, grant], references: book.references };
}

/** Takes so much off a grant, never more than is left. */
export function withLess(book: CreditBook, id: string, amount: number): CreditBook {
  const grants = book.grants.map((grant) =>
    grant.id === id ? withRest(grant, Math.max(0, grant.rest - amount)) : grant,
  );
  return { grants, references: book.references };
}

function withRest({ id, journey, key, step, amount, grantedAt, expiresAt }: Grant, rest: number): Grant {
  return { id, journey, key, step, amount, rest, grantedAt, expiresAt };
}

/** Spends from what expires first, never below zero; a reference seen before changes nothing. */
export function redeemed(book: CreditBook, amount: number, reference: string, now: Instant): CreditBook {
  if (book.references.has(reference)) return book;
  let left = Math.max(0, amount);
  let after: CreditBook = { ...book, references: new Set([...book.references, reference]) };
  for (const grant of firstToGo(book, now)) {
    const taken = Math.min(left, grant.rest);
    left -= taken;
    if (taken > 0) after = withLess(after, grant.id, taken);
  }
  return after;
}

/** Grants with something left, what expires first at the head; of one instant the older. */
export function firstToGo({ grants }: CreditBook, now: Instant): readonly Grant[] {
  return grants
    .filter((grant) => restAt(grant, now) > 0)
    .sort((a, b) => (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) || 0);
}

/** Grants that have run out by this instant with something left, in the order in which they were given. */
export function runOut({ grants }: CreditBook, now: Instant): readonly Grant[] {
  return grants.filter(({ rest, expiresAt }) => rest > 0 && expiresAt !== undefined && expiresAt <= now);
}

/** When the next grant with something left runs out. */
export function nextExpiry({ grants }: CreditBook): Instant | undefined {
  let next: Instant | undefined;
  for (const { rest, expiresAt } of grants) {
    if (rest > 0 && expiresAt !== undefined && (next === undefined || expiresAt < next)) next = expiresAt;
  }
  return next;
}
