import type { Field, Kind, RecordKind } from '../expression/kind.js';

const text: Kind = { kind: 'text' };

/** What every customer may have; the business's own attributes stand in `customers.yaml`. */
export const builtInAttributes: Readonly<Record<string, Kind>> = {
  name: text,
  phone: text,
  email: text,
  telegram: text,
  bale: text,
  instagram: text,
  push: text,
  locale: text,
  timezone: text,
  birth_date: { kind: 'date' },
  preferred_channel: text,
  referred_by: text,
};

/** The purposes of `consent: {purpose: true}` are the policy's, so its kind is left open. */
const consent: Field = { kind: { kind: 'any' }, optional: true };

/** A customer is created by a first event, so that all but `id` may be absent. */
export function customerKind(own: RecordKind): RecordKind {
  const kinds = { ...ownKinds(own), ...builtInAttributes };
  const fields = Object.entries(kinds).map(([name, kind]) => [name, { kind, optional: true }] as const);
  return {
    kind: 'record',
    fields: { id: { kind: text, optional: false }, ...Object.fromEntries(fields), consent },
  };
}

function ownKinds({ fields }: RecordKind): Record<string, Kind> {
  return Object.fromEntries(Object.entries(fields).map(([name, { kind }]) => [name, kind]));
}
