import type { CreditBook, Grant } from '../credit/credit-book.js';
import { restAt } from '../credit/credit-book.js';
import type { Customer } from '../customer.js';
import type { History } from '../expression/scope.js';
import type { AbsenceTrigger, AnniversaryTrigger, CreditExpiringTrigger } from '../journey/trigger.js';
import { isJsonObject, type Json } from '../json.js';
import { addDuration } from '../time/arithmetic.js';
import type { CalendarDate } from '../time/calendar-date.js';
import { parseDate, parseTime } from '../time/date.js';
import { printInstant, type Clock, type Instant } from '../time/instant.js';
import { dateAt, nextAnniversary as next } from '../time/recurrence.js';
import { localDay } from '../time/span.js';
import { atTime, nextTimeOfDay } from '../time/windows.js';
import type { Due } from './due.js';

/** The next anniversary of a date of the customer's, not before `from`. */
export function nextAnniversary(
  { field, calendar, at }: AnniversaryTrigger,
  { attributes }: Customer,
  from: Instant,
  clock: Clock,
): Due | undefined {
  const date = dateOf(valueAt(attributes, field), clock);
  const found = date && next(date, calendar ?? clock.calendar, at, from, clock);
  return found && { at: found.at, data: { at: printInstant(found.at), years: found.years } };
}

function valueAt(attributes: Json, field: readonly string[]): Json | undefined {
  let value: Json | undefined = attributes;
  for (const name of field) value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

function dateOf(value: Json | undefined, clock: Clock): CalendarDate | undefined {
  if (typeof value !== 'string') return undefined;
  const time = parseTime(value);
  return time === undefined ? parseDate(value) : dateAt(time, clock);
}

/** When the newest of its events will have been so long ago: past or to come; undefined where there never was one. */
export function absenceAfter(
  { of, for: length, at }: AbsenceTrigger,
  history: Pick<History, 'last'>,
  clock: Clock,
): Due | undefined {
  let last: Instant | undefined;
  for (const type of of) last = later(last, history.last(type));
  if (last === undefined) return undefined;
  const gone = addDuration(last, length, clock);
  const due = at === undefined ? gone : nextTimeOfDay(gone, at, clock);
  return { at: due, data: { last_at: printInstant(last), days: wholeDays(last, due, clock) } };
}

function wholeDays(from: Instant, to: Instant, clock: Clock): number {
  const amount = localDay(to, clock.zone) - localDay(from, clock.zone);
  return addDuration(from, { amount, unit: 'day' }, clock) > to ? amount - 1 : amount;
}

function later(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.max(a, b);
}

/** The next day, not before `from`, that is so long before some credit runs out, with all that it is said of on that day. */
export function nextExpiringCredit(
  trigger: CreditExpiringTrigger,
  { grants }: CreditBook,
  from: Instant,
  clock: Clock,
): Due | undefined {
  let [at, said]: [Instant, Grant[]] = [Infinity, []];
  for (const grant of grants) {
    const notice = noticeOf(trigger, grant, clock);
    if (notice === undefined || notice < from || notice > at || restAt(grant, notice) === 0) continue;
    if (notice < at) [at, said] = [notice, []];
    said.push(grant);
  }
  return said.length === 0 ? undefined : { at, data: dataOf(said) };
}

/** Undefined where it lives shorter than the lead, or never runs out. */
function noticeOf({ lead, at }: CreditExpiringTrigger, grant: Grant, clock: Clock): Instant | undefined {
  if (grant.expiresAt === undefined) return undefined;
  const before = addDuration(grant.expiresAt, lead, clock, -1);
  return before < grant.grantedAt ? undefined : atTime(before, at, clock);
}

/** The sum, the first to go, the journey of the largest. */
function dataOf(grants: readonly Grant[]): Due['data'] {
  const largest = grants.reduce((most, grant) => (grant.rest > most.rest ? grant : most));
  const first = Math.min(...grants.map(({ expiresAt }) => expiresAt ?? Infinity));
  const amount = grants.reduce((sum, { rest }) => sum + rest, 0);
  return { amount, expires_at: printInstant(first), journey: largest.journey };
}
