import type { Enrolment } from '../journey/enrolment.js';

/** What a journey emits at its end may lead into it again: so often that is waited for. */
export const mostRounds = 8;

/**
 * Of two customers who become one, the enrolments that cannot go on: both are inside the same journey about the same thing, where one
 * customer is inside once. Who entered first stays; of those of one instant that of `into`.
 */
export function doubleEnrolments(from: readonly Enrolment[], into: readonly Enrolment[]): readonly Enrolment[] {
  return into.filter(isActive).flatMap((kept) => {
    const other = from.find((one) => isActive(one) && one.journey === kept.journey && one.key === kept.key);
    if (other === undefined) return [];
    return [other.enteredAt < kept.enteredAt ? kept : other];
  });
}

function isActive({ status }: Enrolment): boolean {
  return status === 'active';
}
