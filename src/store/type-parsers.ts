import pg from 'pg';
import type { CustomTypesConfig } from 'pg';

type Parser = (text: string) => unknown;

/** PostgreSQL's numbers for its types (`select oid, typname from pg_type`). */
const OID = {
  int8: 20,
  int8Array: 1016,
  numeric: 1700,
  date: 1082,
  dateArray: 1182,
  timestamptz: 1184,
  timestamptzArray: 1185,
};
const TEXT_ARRAY = 1009;

const parsers = new Map<number, Parser>([
  [OID.int8, parseInt8],
  [OID.numeric, Number],
  [OID.date, (text) => text],
  [OID.timestamptz, parseInstant],
  [OID.int8Array, arrayOf(parseInt8)],
  [OID.dateArray, arrayOf((text) => text)],
  [OID.timestamptzArray, arrayOf(parseInstant)],
]);

/**
 * How values arrive from our pool, and from no other: int8 and numeric are numbers, timestamptz is an Instant
 * (milliseconds), date is `YYYY-MM-DD`, jsonb is parsed.
 */
export const typeParsers: CustomTypesConfig = { getTypeParser: typeParser };

export function typeParser(oid: number, format?: 'text' | 'binary'): Parser {
  const ours = format === 'binary' ? undefined : parsers.get(oid);
  return ours ?? theirs(oid, format);
}

/** pg's own; it is told numbers that its types do not list. */
function theirs(oid: number, format: 'text' | 'binary' = 'text'): Parser {
  return (pg.types.getTypeParser as (oid: number, format: string) => Parser)(oid, format);
}

function arrayOf(parse: Parser): Parser {
  const split = theirs(TEXT_ARRAY) as (text: string) => (string | null)[];
  return (text) => split(text).map((item) => (item === null ? null : parse(item)));
}

/** Our ids are below 2^53; anything larger would silently become another number. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`the bigint ${text} is not safe as a number`);
  return value;
}

/** `YYYY-MM-DD HH:MM:SS[.f]+00`, as sessions in UTC print it, to milliseconds since 1970. */
export function parseInstant(text: string): number {
  const end = text.length - 3;
  if (!text.endsWith('+00') || text.charCodeAt(4) !== 45 || end < 19) return parseOtherInstant(text);
  return (
    Date.UTC(
      digits(text, 0) * 100 + digits(text, 2),
      digits(text, 5) - 1,
      digits(text, 8),
      digits(text, 11),
      digits(text, 14),
      digits(text, 17),
    ) + (end > 20 ? milliseconds(text, end) : 0)
  );
}

function digits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
}

/** Postgres leaves trailing zeros out: `.5` is 500 ms. */
function milliseconds(text: string, end: number): number {
  let value = 0;
  let weight = 100;
  for (let at = 20; at < end && weight >= 1; at += 1) {
    value += (text.charCodeAt(at) - 48) * weight;
    weight /= 10;
  }
  return value;
}

function parseOtherInstant(text: string): number {
  if (text === 'infinity') return Number.POSITIVE_INFINITY;
  if (text === '-infinity') return Number.NEGATIVE_INFINITY;
  const parsed: unknown = theirs(OID.timestamptz)(text);
  if (parsed instanceof Date) return parsed.getTime();
  throw new RangeError(`not an instant: ${text}`);
}
