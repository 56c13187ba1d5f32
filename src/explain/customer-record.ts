import type { KeptChange } from '../store/explain/read-changes.sql.js';
import type { KeptCustomer } from '../store/explain/read-customers.sql.js';
import type { KeptEnrolment } from '../store/explain/read-kept-enrolments.sql.js';
import type { KeptEvent } from '../store/explain/read-kept-events.sql.js';
import type { KeptLink } from '../store/explain/read-kept-links.sql.js';
import type { KeptMessage } from '../store/explain/read-kept-messages.sql.js';
import type { KeptCall } from '../store/explain/read-kept-calls.sql.js';
import type { PrunedRow } from '../store/explain/read-pruned.sql.js';
import type { KeptTask } from '../store/explain/read-kept-tasks.sql.js';

/** All that is kept of one customer, as of one moment. */
export interface CustomerRecord {
  readonly customer: KeptCustomer;
  /** In the order of their decision numbers. */
  readonly events: readonly KeptEvent[];
  readonly changes: readonly KeptChange[];
  readonly enrolments: readonly KeptEnrolment[];
  /** In the order of their ids. */
  readonly messages: readonly KeptMessage[];
  readonly links: readonly KeptLink[];
  readonly tasks: readonly KeptTask[];
  readonly calls: readonly KeptCall[];
  /** Of what is from before then something may have been taken away. */
  readonly pruned?: PrunedRow | undefined;
}

/** What is kept does not suffice to decide once more; the message says what is missing. */
export class NotKnownError extends Error {
  override readonly name = 'NotKnownError';
}
