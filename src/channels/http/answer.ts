/**
 * How an HTTP call ended.
 * - answered: whole, whatever its status. `afterMs`: its Retry-After, in milliseconds.
 * - not_written: nothing of the request left this machine.
 * - no_answer: the request was written, and then silence, a reset or half an answer.
 */
export type HttpAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      readonly afterMs: number | undefined;
    }
  | { readonly kind: 'not_written'; readonly detail: string }
  | { readonly kind: 'no_answer'; readonly detail: string };

/** The body as JSON; undefined for what is none. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Retry-After as seconds or as an HTTP date; undefined where it says nothing that can be read. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = /^[A-Za-z]{3,9},? /.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
