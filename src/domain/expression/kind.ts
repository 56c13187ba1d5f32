/**
 * What a value can be, as the catalogue and the type checker see it.
 * `money` is whole rials; `time` an ISO 8601 string in JSON and milliseconds inside an expression;
 * `date` likewise, midnight on the customer's clock; `any` what a JSON Schema describes instead of us.
 */
export type Kind =
  | {
      readonly kind:
        'text' | 'integer' | 'number' | 'money' | 'boolean' | 'time' | 'date' | 'duration' | 'any' | 'unknown';
    }
  | { readonly kind: 'list'; readonly of: Kind }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Field>> };

/** A field of a record; `optional` ones may be absent and must be guarded. */
export interface Field {
  readonly kind: Kind;
  readonly optional: boolean;
}

/**
 * Of what an earlier mistake says nothing about (the data of an event type that there is not). That mistake has been told;
 * whatever is asked of this goes, so that nothing is told that follows from it.
 */
export const mistaken: Kind = { kind: 'any' };

export type RecordKind = Extract<Kind, { kind: 'record' }>;
