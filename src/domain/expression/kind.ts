/**
 * What a value can be, as the catalogue and the type checker see it.
 * `money` is whole rials; `time` an ISO 8601 string in JSON and milliseconds inside an expression;
 * `date` likewise, midnight on the customer's clock; `any` what a JSON Schema describes instead of us.
 */
export type Kind =
  | {
      readonly kind:
        | 'text'
        | 'integer'
        | 'number'
        | 'money'
        | 'boolean'
        | 'time'
        | 'date'
        | 'duration'
        | 'any'
        | 'unknown';
      /** The only values that it takes; left out where it may be anything of its kind. */
      readonly among?: Among;
    }
  | { readonly kind: 'list'; readonly of: Kind }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Field>> };

/** The words of a list (answers, a task's results), or a range of whole numbers. */
export type Among = readonly string[] | { readonly from: number; readonly to: number };

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
