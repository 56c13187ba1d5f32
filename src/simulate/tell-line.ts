import type { Trace } from '../domain/journey/decision.js';
import type { JsonObject } from '../domain/json.js';
import { printDate, printTimeOfDay } from '../domain/time/jalali.js';
import type { Clock, Instant } from '../domain/time/instant.js';
import { localTime } from '../domain/time/zone.js';

/** When, on the policy's clock and calendar, and where. */
export function tellPlace(line: Trace, clock: Clock): string {
  const where = [line.journey, line.key, line.step].filter((part) => part !== undefined).join(' · ');
  return `${tellInstant(line.at, clock)}  ${where}`;
}

type Telling<K extends Trace['kind']> = (line: Extract<Trace, { kind: K }>, clock: Clock) => string;

/** How each kind of line is told. */
const tellings: { readonly [K in Trace['kind']]: Telling<K> } = {
  entered: ({ started_by: by }) => `entered by ${by}`,
  not_entered: ({ reason }) => `did not enter: ${reason}`,
  sent: ({ template, channel, to, text, subject }) =>
    `sent ${template} by ${channel} to ${to}\n${indented(`${subject === undefined ? '' : `subject: ${subject}\n`}${text}`)}`,
  deferred: ({ template, reason, until }, clock) => `held ${template}: ${reason}${untilWhen(until, clock)}`,
  suppressed: ({ template, reason, detail }) => `not sent: ${template}: ${detail ?? reason}`,
  failed: ({ template, channel, reason }) => `failed: ${template} by ${channel}: ${reason}`,
  waiting: ({ for: types, until }, clock) => `waits${waitsFor(types)}${untilWhen(until, clock)}`,
  resumed: ({ by, event }) => `goes on by ${event ?? by}`,
  chosen: ({ branch }) => `took branch ${String(branch)}`,
  split: ({ branch }) => `fell into ${branch}`,
  granted: (line, clock) => `was granted ${tellCredit(line, clock)}`,
  taken_back: (line, clock) => `credit taken back: ${tellCredit(line, clock)}`,
  credit_expired: (line, clock) => `credit ran out: ${tellCredit(line, clock)}`,
  asked: ({ template, until }, clock) => `asked ${template}${untilWhen(until, clock)}`,
  answered: ({ value }) => `answered ${JSON.stringify(value)}`,
  set: ({ values }) => `set ${tellValues(values)}`,
  emitted: ({ type, data, to_customer: to }) =>
    `emitted ${type}${to === undefined ? '' : ` to ${to}`}${inBrackets(tellValues(data))}`,
  webhook: ({ url, status }) => `called ${url}: ${String(status)}`,
  task: (line, clock) => tellTask(line, clock),
  goal: ({ value, holdout }) =>
    `reached its goal${value === undefined ? '' : `: ${JSON.stringify(value)}`}${holdout === true ? ' (control group)' : ''}`,
  exited: ({ reason }) => `left: ${reason}`,
};

/** What happened alone. */
export function tellHappened(line: Trace, clock: Clock): string {
  // The table has a telling for the very kind of the line.
  return (tellings[line.kind] as (line: Trace, clock: Clock) => string)(line, clock);
}

function indented(text: string): string {
  return `    ${text.replaceAll('\n', '\n    ')}`;
}

function waitsFor(types: string | readonly string[] | undefined): string {
  if (types === undefined) return '';
  return ` for ${typeof types === 'string' ? types : types.join(' or ')}`;
}

function untilWhen(until: Instant | undefined, clock: Clock): string {
  return until === undefined ? '' : ` until ${tellInstant(until, clock)}`;
}

type CreditLine = Extract<Trace, { kind: 'granted' | 'taken_back' | 'credit_expired' }>;

function tellCredit({ amount = 0, expires_at: expires, balance }: CreditLine, clock: Clock): string {
  const until = expires === undefined ? '' : `, good until ${tellInstant(expires, clock)}`;
  return `${tellRials(amount)}${until}${balance === undefined ? '' : ` (balance ${tellRials(balance)})`}`;
}

export function tellRials(amount: number): string {
  return `${amount.toLocaleString('en-US')} rial`;
}

function tellTask({ title, assign_to: to, due, task_id: id }: Extract<Trace, { kind: 'task' }>, clock: Clock): string {
  const by = due === undefined ? '' : `, due ${tellInstant(due, clock)}`;
  return `opened ${id}: ${title}${to === undefined ? '' : ` for ${to}`}${by}`;
}

function tellValues(values: JsonObject): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join(', ');
}

function inBrackets(text: string): string {
  return text === '' ? '' : ` (${text})`;
}

/** Date and hour in the policy's calendar, in its digits. */
export function tellInstant(at: Instant, clock: Clock): string {
  const jalali = clock.calendar === 'jalali' ? printDate(at, clock, 'yyyy/MM/dd') : undefined;
  if (jalali !== undefined) return `${jalali} ${printTimeOfDay(at, clock)}`;
  const { year, month, day, hour, minute } = localTime(at, clock.zone);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(year)}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}
