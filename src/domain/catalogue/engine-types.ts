import type { Field, Kind, RecordKind } from '../expression/kind.js';
import { nearType } from './near-type.js';

/** An event type as `events.yaml` declares it, or as the engine knows it. */
export interface EventType {
  readonly name: string;
  readonly kind: Kind;
  /** Whether a business may send it; the others come from the engine itself. */
  readonly open: boolean;
}

const text: Kind = { kind: 'text' };
const required = (kind: Kind): Field => ({ kind, optional: false });
const optional = (kind: Kind): Field => ({ kind, optional: true });

const record = (fields: RecordKind['fields']): RecordKind => ({ kind: 'record', fields });

const consent = record({ purpose: required(text), channel: optional(text) });
const receipt = record({
  message_id: required(text),
  journey: required(text),
  template: required(text),
  channel: required(text),
});
const reply = record({ channel: required(text), from: required(text), text: required(text) });
const redemption = record({ amount: required({ kind: 'money' }), reference: required(text) });
const merge = record({ from: required(text), into: required(text) });
const taskResult = record({ task_id: required(text), result: required(text) });

/** The types that need no catalogue. `customer.updated` is a JSON Merge Patch of the customer's attributes. */
export function engineTypes(customer: RecordKind): readonly EventType[] {
  return [
    { name: 'customer.updated', kind: patchOf(customer), open: true },
    { name: 'consent.granted', kind: consent, open: true },
    { name: 'consent.withdrawn', kind: consent, open: true },
    { name: 'credit.redeemed', kind: redemption, open: true },
    { name: 'customer.merged', kind: merge, open: true },
    { name: 'message.delivered', kind: receipt, open: false },
    { name: 'message.failed', kind: receipt, open: false },
    { name: 'message.clicked', kind: receipt, open: false },
    { name: 'message.received', kind: reply, open: true },
    { name: 'task.done', kind: taskResult, open: true },
  ];
}

/** What the engine tells itself: no file can name or declare such a type, and nobody else may send it. */
export const internalTypes: readonly string[] = [
  'webhook.answered',
  'message.accepted',
  'message.withheld',
  'message.moved',
];

/** Why an event of that type cannot be used, as a sentence with the remedy. */
export function unknownType(type: string, known: readonly string[]): string {
  return `event type ${whyUnknown(type, known)}`;
}

/** The same behind the word `type`, as the place of a refusal has it. */
export function whyUnknown(type: string, known: readonly string[]): string {
  const near = nearType(type, known);
  if (near !== undefined) return `"${type}" is not in the catalogue; did you mean "${near}"?`;
  return `"${type}" is not in the catalogue; declare it in events.yaml`;
}

/** A patch has any of the attributes; whom it is about stands in the event's subject. */
function patchOf({ fields }: RecordKind): RecordKind {
  return { kind: 'record', fields: Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'id')) };
}
