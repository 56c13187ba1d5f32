import type { Kind } from './case.js';

interface LineKind {
  /** The field that stands under the kind's own name in `expect`: `sent: hello` is `template: hello`. */
  readonly main: string;
  readonly others: readonly string[];
}

/** The fields of journey-semantics, 12. */
export const lineKinds: Readonly<Record<Kind, LineKind>> = {
  entered: { main: 'started_by', others: [] },
  not_entered: { main: 'reason', others: [] },
  sent: { main: 'template', others: ['channel', 'to', 'text', 'subject', 'parts'] },
  deferred: { main: 'template', others: ['reason', 'until'] },
  suppressed: { main: 'template', others: ['reason'] },
  failed: { main: 'template', others: ['channel', 'reason'] },
  waiting: { main: 'for', others: ['until'] },
  resumed: { main: 'by', others: ['event'] },
  chosen: { main: 'branch', others: [] },
  split: { main: 'branch', others: [] },
  granted: { main: 'amount', others: ['expires_at', 'balance'] },
  taken_back: { main: 'amount', others: ['expires_at', 'balance'] },
  credit_expired: { main: 'amount', others: ['expires_at', 'balance'] },
  asked: { main: 'template', others: ['until'] },
  answered: { main: 'value', others: [] },
  set: { main: 'values', others: [] },
  emitted: { main: 'type', others: ['data', 'to_customer'] },
  webhook: { main: 'url', others: ['status'] },
  task: { main: 'title', others: ['task_id', 'assign_to', 'due'] },
  goal: { main: 'value', others: ['holdout'] },
  exited: { main: 'reason', others: [] },
};

export const kindNames = Object.keys(lineKinds) as readonly Kind[];

/** Every line has these. */
export const commonFields: readonly string[] = ['at', 'customer', 'journey', 'key', 'step'];

/** What happens and is not listed fails a case; lines of the other kinds may be left out. */
export const mustBeListed: ReadonlySet<Kind> = new Set(['sent', 'suppressed', 'deferred', 'granted', 'exited']);

const instants: ReadonlySet<string> = new Set(['at', 'until', 'expires_at', 'due']);
const amounts: ReadonlySet<string> = new Set(['amount', 'balance']);
const data: ReadonlySet<string> = new Set(['value', 'values', 'data', 'holdout', 'for']);
const numbers: ReadonlySet<string> = new Set(['parts', 'status']);

export type FieldForm = 'instant' | 'amount' | 'data' | 'number' | 'branch' | 'address' | 'text';

/** How the value of a field is written. */
export function formOf(field: string): FieldForm {
  if (instants.has(field)) return 'instant';
  if (amounts.has(field)) return 'amount';
  if (numbers.has(field)) return 'number';
  if (data.has(field)) return 'data';
  if (field === 'branch') return 'branch';
  return field === 'to' ? 'address' : 'text';
}
