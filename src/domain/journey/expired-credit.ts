import { balanceAt, runOut } from '../credit/credit-book.js';
import type { Instant } from '../time/instant.js';
import type { Decision, Effect, Trace } from './decision.js';
import type { Facts } from './facts.js';

/** Credit that has run out by now is gone, grant by grant. */
export function expiredCredit({ customer: { id: customer }, credit }: Facts, now: Instant): Decision {
  const gone = runOut(credit, now);
  // What has run out counts for nothing already.
  const balance = balanceAt(credit, now);
  return {
    enrolment: undefined,
    effects: gone.map(({ id, rest }): Effect => ({ kind: 'lessened', grant: id, amount: rest })),
    trace: gone.map(({ journey, key, step, rest, expiresAt }): Trace => {
      const detail = { kind: 'credit_expired', amount: rest, expires_at: expiresAt, balance } as const;
      return { at: now, customer, journey, key, step, ...detail };
    }),
  };
}
