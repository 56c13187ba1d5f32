import { addDuration } from '../../time/arithmetic.js';
import type { Clock, Instant } from '../../time/instant.js';
import { jalaliDate } from '../../time/jalali.js';
import { isZone, localTime, type LocalTime } from '../../time/zone.js';
import type { Kind } from '../kind.js';
import { familyOf, integer, printKind, readAs, time } from '../kinds.js';
import { broken, strict, type Typed } from '../typed.js';
import { checkOperand, type Call, type FunctionDefinition } from './definition.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Whole days on the clock that have passed since; what lies ahead is below 0. */
function daysSince(since: Instant, now: Instant, clock: Clock): number {
  const days = Math.floor((now - since) / day);
  const rest = now - since - days * day;
  // No clock changes by more than these hours, so that only near a whole day the calendar has to be asked.
  const margin = 3 * hour;
  if (rest > margin && rest < day - margin) return days;
  const counted = rest >= day - margin ? days + 1 : days;
  return dayAfter(since, counted, clock) <= now ? counted : counted - 1;
}

function dayAfter(since: Instant, days: number, clock: Clock): Instant {
  return addDuration(since, { amount: Math.abs(days), unit: 'day' }, clock, days < 0 ? -1 : 1);
}

function checkDaysSince(call: Call): Typed {
  const [node] = call.operands;
  const since = node === undefined ? broken : checkOperand(call, node, 'time');
  if (since === broken) return broken;
  return strict(integer, [since], (scope) => {
    const instant = since.run(scope);
    return typeof instant === 'number' ? daysSince(instant, scope.now, scope.clock) : undefined;
  });
}

const jalaliKind: Kind = {
  kind: 'record',
  fields: {
    year: { kind: integer, optional: false },
    month: { kind: integer, optional: false },
    day: { kind: integer, optional: false },
  },
};

function checkJalali(call: Call): Typed {
  const [node] = call.operands;
  const of = node === undefined ? broken : checkOperand(call, node, 'time');
  if (of === broken) return broken;
  return strict(jalaliKind, [of], (scope) => {
    const instant = of.run(scope);
    const date = typeof instant === 'number' ? jalaliDate(instant, scope.clock) : undefined;
    return date && { year: date.year, month: date.month, day: date.day };
  });
}

/** As CEL counts: months, days of the year and `getDayOfMonth` from 0, `getDate` from 1, weekdays from Sunday, 0. */
const parts: Readonly<Record<string, (local: LocalTime) => number>> = {
  getFullYear: ({ year }) => year,
  getMonth: ({ month }) => month - 1,
  getDate: (local) => local.day,
  getDayOfMonth: (local) => local.day - 1,
  getDayOfWeek: ({ weekday }) => ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].indexOf(weekday),
  getDayOfYear: (local) => (Date.UTC(local.year, local.month - 1, local.day) - Date.UTC(local.year, 0, 1)) / day,
  getHours: (local) => local.hour,
  getMinutes: (local) => local.minute,
  getSeconds: (local) => local.second,
  getMilliseconds: (local) => local.ms,
};

/** Of a duration: all of it in that unit. */
const lengths: Readonly<Record<string, number>> = {
  getHours: hour,
  getMinutes: minute,
  getSeconds: second,
  getMilliseconds: 1,
};

function checkPart(call: Call): Typed {
  const [node, zone] = call.operands;
  const checked = node === undefined ? broken : call.checking.check(node, call.site);
  if (node === undefined || checked === broken) return broken;
  const of = readAs(checked, time);
  const unit = lengths[call.node.name];
  if (of.kind.kind === 'duration' && unit !== undefined && zone === undefined) return inUnits(of, unit);
  if (familyOf(of.kind) === 'time') return partOf(call, of);
  return call.checking.error(node, `expected a time here, this is ${printKind(of.kind)}: ${call.usage}`);
}

function inUnits(of: Typed, unit: number): Typed {
  return strict(integer, [of], (scope) => {
    const value = of.run(scope);
    return typeof value === 'number' ? Math.trunc(value / unit) : undefined;
  });
}

function partOf(call: Call, of: Typed): Typed {
  const zone = checkZone(call);
  const part = parts[call.node.name];
  if (zone === broken || part === undefined) return broken;
  return strict(integer, zone === undefined ? [of] : [of, zone], (scope) => {
    const instant = of.run(scope);
    const name = zone === undefined ? scope.clock.zone : zone.run(scope);
    if (typeof instant !== 'number' || typeof name !== 'string' || !isZone(name)) return undefined;
    return part(localTime(instant, name));
  });
}

/** Without one it is the clock's. */
function checkZone(call: Call): Typed | undefined {
  const node = call.operands[1];
  if (node === undefined) return undefined;
  const zone = checkOperand(call, node, 'text');
  const name = zone.constant?.value;
  if (typeof name !== 'string' || isZone(name)) return zone;
  return call.checking.error(node, `"${name}" is no time zone; expected a name such as "Asia/Tehran"`);
}

function part(name: string): FunctionDefinition {
  return { name, usage: `time.${name}(zone?)`, form: 'method', least: 1, most: 2, check: checkPart };
}

export const timeFunctions: readonly FunctionDefinition[] = [
  { name: 'days_since', usage: 'days_since(time)', form: 'call', least: 1, most: 1, check: checkDaysSince },
  { name: 'jalali', usage: 'jalali(time)', form: 'call', least: 1, most: 1, check: checkJalali },
  ...Object.keys(parts).map(part),
];
