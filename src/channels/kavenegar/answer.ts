import { isJsonObject, type Json, type JsonObject } from '../../domain/json.js';
import { jsonOf } from '../http/answer.js';

/**
 * How a call to Kavenegar ended.
 * - answered: the envelope could be read, whatever the HTTP status. `status` is `return.status`.
 * - unreadable: an HTTP answer that is not the envelope (HTML, cut, empty).
 * - not_written: nothing of the request left this machine.
 * - no_answer: the request was written, and then silence or a reset.
 * `afterMs`: the provider's Retry-After, in milliseconds.
 */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly message: string;
      readonly entries: readonly JsonObject[];
      readonly afterMs: number | undefined;
    }
  | { readonly kind: 'unreadable'; readonly httpStatus: number; readonly afterMs: number | undefined }
  | { readonly kind: 'not_written'; readonly detail: string }
  | { readonly kind: 'no_answer'; readonly detail: string };

/** The body first, whatever the HTTP status: Kavenegar tells its errors in the body. */
export function readAnswer(httpStatus: number, body: string, afterMs: number | undefined): Answer {
  const envelope = jsonOf(body);
  const outcome = isJsonObject(envelope) ? envelope['return'] : undefined;
  if (!isJsonObject(envelope) || !isJsonObject(outcome)) return { kind: 'unreadable', httpStatus, afterMs };
  const status = integer(outcome['status']);
  if (status === undefined) return { kind: 'unreadable', httpStatus, afterMs };
  const message = typeof outcome['message'] === 'string' ? outcome['message'] : '';
  return { kind: 'answered', status, message, entries: entriesOf(envelope['entries']), afterMs };
}

/** A whole number, also one written as a string: Kavenegar's ids come in both forms. */
export function integer(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

function entriesOf(entries: Json | undefined): readonly JsonObject[] {
  return (Array.isArray(entries) ? entries : [entries ?? null]).filter(isJsonObject);
}
