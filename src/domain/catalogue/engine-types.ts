import type { Field, Kind, RecordKind } from '../expression/kind.js';
import { nearest } from '../did-you-mean.js';

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

const consent: RecordKind = { kind: 'record', fields: { purpose: required(text), channel: optional(text) } };
const receipt: RecordKind = {
  kind: 'record',
  fields: { message_id: required(text), journey: required(text), template: required(text), channel: required(text) },
};

/** The types that need no catalogue. `customer.updated` is a JSON Merge Patch of the customer's attributes. */
export function engineTypes(customer: RecordKind): readonly EventType[] {
  return [
    { name: 'customer.updated', kind: customer, open: true },
    { name: 'consent.granted', kind: consent, open: true },
    { name: 'consent.withdrawn', kind: consent, open: true },
    { name: 'message.delivered', kind: receipt, open: false },
    { name: 'message.failed', kind: receipt, open: false },
  ];
}

/** Known to the language, not built yet. */
export const laterTypes: readonly string[] = [
  'credit.redeemed',
  'customer.merged',
  'message.clicked',
  'message.received',
  'task.done',
];

/** Why an event of that type cannot be used, as a sentence with the remedy. */
export function unknownType(type: string, known: readonly string[]): string {
  return `event type ${whyUnknown(type, known)}`;
}

/** The same behind the word `type`, as the place of a refusal has it. */
export function whyUnknown(type: string, known: readonly string[]): string {
  if (laterTypes.includes(type)) return `"${type}" is not supported yet`;
  const near = nearest(type, known);
  if (near !== undefined) return `"${type}" is not in the catalogue; did you mean "${near}"?`;
  return `"${type}" is not in the catalogue; declare it in events.yaml`;
}
