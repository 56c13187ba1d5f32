import type { KeptPause } from '../store/explain/read-journey-pauses.sql.js';
import { compareCalls } from './compare-calls.js';
import { compareEnrolments } from './compare-enrolments.js';
import { compareMessages } from './compare-messages.js';
import { compareTasks } from './compare-tasks.js';
import { NotKnownError, type CustomerRecord } from './customer-record.js';
import { unequal, type Difference, type Unverified } from './differences.js';
import { KeptEmits } from './kept-emits.js';
import type { KeptFiles } from './kept-files.js';
import { keptLinks } from './kept-links.js';
import { momentsOf, type Moment } from './moments.js';
import { refusePaused } from './pauses.js';
import { redecide, type Listening, type Redecided } from './redecide.js';

export interface VerifiedCustomer {
  readonly differences: readonly Difference[];
  readonly unverified: readonly Unverified[];
}

/** Decides one customer's past once more and compares it with what is kept. Pure. */
export function verifyCustomer(
  record: CustomerRecord,
  files: KeptFiles,
  pauses: readonly KeptPause[],
): VerifiedCustomer {
  const { id } = record.customer;
  try {
    const moments = momentsOf(record);
    refusePaused(record, moments, pauses, files);
    return compare(
      record,
      redecide(id, moments, files, new KeptEmits(record.events), { links: keptLinks(record.links) }),
    );
  } catch (error) {
    const why = error instanceof NotKnownError ? error.message : `deciding once more failed: ${String(error)}`;
    return { differences: [], unverified: [{ customer: id, what: 'everything', why }] };
  }
}

/** In what it differs from what is kept, with these journeys paused. */
export function differencesOf(
  record: CustomerRecord,
  moments: readonly Moment[],
  files: KeptFiles,
  pausedAt: NonNullable<Listening['pausedAt']>,
): readonly Difference[] {
  const listening = { links: keptLinks(record.links), pausedAt };
  return compare(record, redecide(record.customer.id, moments, files, new KeptEmits(record.events), listening))
    .differences;
}

function compare(
  { customer, enrolments, messages, tasks, calls, pruned }: CustomerRecord,
  decided: Redecided,
): VerifiedCustomer {
  const { id } = customer;
  const profile = compareProfile(customer, decided);
  if (profile.length > 0) {
    const why = 'what is kept of their changes does not give what is kept of them';
    return { differences: profile, unverified: [{ customer: id, what: 'enrolments and messages', why }] };
  }
  const compared = compareMessages(id, decided.messages, messages, pruned?.links ?? undefined);
  const inside = compareEnrolments(id, decided.enrolments, enrolments);
  const asked = compareTasks(id, decided.tasks, tasks);
  const called = compareCalls(id, decided.calls, calls, pruned?.calls ?? undefined);
  const emitted = decided.emits.differences.map((one) => ({ customer: id, ...one }));
  const differences = [...inside, ...compared.differences, ...asked, ...called.differences, ...emitted];
  return { differences, unverified: [...compared.unverified, ...called.unverified] };
}

function compareProfile(kept: CustomerRecord['customer'], decided: Redecided): readonly Difference[] {
  const { attributes, consent, closed } = decided.customer;
  return [
    ...unequal('attributes', attributes, kept.attributes),
    ...unequal('consent', consent, kept.consent),
    ...unequal('closed', withoutEmpty(closed), withoutEmpty(kept.closed)),
  ].map((one) => ({ customer: kept.id, ...one }));
}

/** All channels opened again is as good as none ever closed. */
function withoutEmpty(closed: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(closed).filter(([, channels]) => !Array.isArray(channels) || channels.length > 0),
  );
}
