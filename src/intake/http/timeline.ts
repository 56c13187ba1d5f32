import { printInstant } from '../../domain/time/instant.js';
import { maskAddresses } from '../../ops/mask.js';
import type { TimelineRow } from '../../store/reading/timeline.sql.js';
import type { Parameter } from './query.js';

/** The last row of a page: the next one starts below it. */
export interface Cursor {
  readonly at: string;
  readonly rank: number;
  readonly ref: string;
}

export const newest: Cursor = { at: 'infinity', rank: 0, ref: '' };

export const cursorParameter: Parameter<Cursor> = {
  expected: 'the "next" of the page before',
  read: (value) => {
    const [, at, rank, ref] = cursorShape.exec(Buffer.from(value, 'base64url').toString('utf8')) ?? [];
    return at === undefined || ref === undefined ? undefined : { at, rank: Number(rank), ref };
  },
};

const cursorShape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d) ([^\0]{1,400})$/;

export function printCursor({ at, rank, ref }: TimelineRow): string {
  return Buffer.from(`${printInstant(at)} ${String(rank)} ${ref}`).toString('base64url');
}

export type TimelineItem = { readonly at: string; readonly kind: TimelineRow['kind'] } & Readonly<
  Record<string, unknown>
>;

/** As it is answered: instants in one form, addresses masked. */
export function timelineItem({ at, kind, body }: TimelineRow): TimelineItem {
  const entries = Object.entries(body).map(
    ([name, value]) => [name, instants.has(name) ? printed(value) : value] as const,
  );
  return { at: printInstant(at), kind, ...(maskAddresses(Object.fromEntries(entries)) as object) };
}

const instants = new Set(['arrival', 'settled_at', 'receipt_at', 'held_since']);

function printed(value: unknown): unknown {
  return typeof value === 'string' ? printInstant(Date.parse(value)) : value;
}
