import { printInstant, type Instant } from '../domain/time/instant.js';
import { bodyText, storable } from '../engine/save-calls.js';
import type { KeptCall } from '../store/explain/read-kept-calls.sql.js';
import { unequal, type Difference, type Unverified } from './differences.js';
import type { ExpectedCall } from './expected-calls.js';
import { grouped } from './grouped.js';

export interface ComparedCalls {
  readonly differences: readonly Difference[];
  readonly unverified: readonly Unverified[];
}

/** `prunedBefore`: of those made before then some may be gone. Whether calls of web hooks are kept as they would be decided: none missing, none too many, each as it should be made. */
export function compareCalls(
  customer: string,
  expected: readonly ExpectedCall[],
  found: readonly KeptCall[],
  prunedBefore?: Instant,
): ComparedCalls {
  const kept = grouped(found, (row) => nameOf(row, row.created_at));
  const isGone = ({ call, at }: ExpectedCall): boolean =>
    prunedBefore !== undefined && at < prunedBefore && !kept.has(nameOf(call, at));
  const gone = expected.filter(isGone).map(({ call, at }) => nameOf(call, at));
  const there = expected.filter((one) => !isGone(one));
  return {
    differences: differencesOf(customer, there, kept),
    unverified: gone.map((what) => ({ customer, what, why: 'it is not kept any more' })),
  };
}

function differencesOf(
  customer: string,
  expected: readonly ExpectedCall[],
  kept: ReadonlyMap<string, readonly KeptCall[]>,
): readonly Difference[] {
  const wanted = grouped(expected, ({ call, at }) => nameOf(call, at));
  return [...new Set([...wanted.keys(), ...kept.keys()])].flatMap((name) => {
    const [ones, rows] = [wanted.get(name) ?? [], kept.get(name) ?? []];
    const most = Math.max(ones.length, rows.length);
    return Array.from({ length: most }, (_, place) => compare(name, ones[place], rows[place])).flatMap((unlike) =>
      unlike.map((one) => ({ customer, ...one })),
    );
  });
}

function nameOf(call: { journey: string; enrolment: number; step: string }, at: Instant): string {
  return `call ${call.journey}/${String(call.enrolment)} ${call.step} ${printInstant(at)}`;
}

function compare(what: string, one: ExpectedCall | undefined, row: KeptCall | undefined): ReturnType<typeof unequal> {
  return unequal(what, one && decidedOf(one, row), row && keptOf(row));
}

const open = ['queued', 'calling', 'retrying'];

/** One that was made before its enrolment was left need not be withdrawn. */
function decidedOf({ call, isLeft }: ExpectedCall, row: KeptCall | undefined): object {
  const { key, url, method, body, awaited } = call;
  const wasMade = row?.withdrawn_at === null && !open.includes(row.state);
  const text: unknown = body === undefined ? null : JSON.parse(bodyText(body));
  return { key, url: storable(url), method, body: text, awaited, withdrawn: isLeft && !wasMade };
}

function keptOf({ key, url, method, body, awaited, withdrawn_at }: KeptCall): object {
  return { key: key ?? undefined, url, method, body, awaited, withdrawn: withdrawn_at !== null };
}
