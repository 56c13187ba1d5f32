import type { Trace } from '../domain/journey/decision.js';
import { printDate, printTimeOfDay } from '../domain/time/jalali.js';
import { printInstant, type Clock } from '../domain/time/instant.js';

/** One line of `peyk simulate --json` (journey-semantics, 12): instants in UTC, fields without a value left out. */
export function printTraceJson(line: Trace): string {
  const { at, kind, customer, journey, key, step, ...rest } = line;
  const until = 'until' in rest && rest.until !== undefined ? { until: printInstant(rest.until) } : {};
  return JSON.stringify({
    at: printInstant(at),
    kind,
    customer,
    journey,
    key,
    step,
    ...rest,
    ...withoutDetail(rest),
    ...until,
  });
}

/** Why a text did not come out is for people; the contract has the reason alone. */
function withoutDetail(rest: object): object {
  return 'detail' in rest ? { detail: undefined } : {};
}

/** One line for people: when, on the policy's clock and calendar, and what happened to whom. */
export function printTraceText(line: Trace, clock: Clock): string {
  const where = [line.journey, line.key, line.step].filter((part) => part !== undefined).join(' · ');
  return `${printInstantLocally(line.at, clock)}  ${line.customer}  ${where}  ${happened(line, clock)}`;
}

type Telling<K extends Trace['kind']> = (line: Extract<Trace, { kind: K }>, clock: Clock) => string;

/** How each kind of line is told. */
const tellings: { readonly [K in Trace['kind']]: Telling<K> } = {
  entered: ({ started_by: by }) => `entered by ${by}`,
  not_entered: ({ reason }) => `did not enter: ${reason}`,
  sent: ({ template, channel, to, text }) =>
    `sent ${template} by ${channel} to ${to}\n    ${text.replaceAll('\n', '\n    ')}`,
  suppressed: ({ template, reason, detail }) => `not sent: ${template}: ${detail ?? reason}`,
  failed: ({ template, channel, reason }) => `failed: ${template} by ${channel}: ${reason}`,
  waiting: ({ for: types, until }, clock) => `waits${waitsFor(types)}${waitsUntil(until, clock)}`,
  resumed: ({ by, event }) => `goes on by ${event ?? by}`,
  chosen: ({ branch }) => `took branch ${String(branch)}`,
  goal: ({ value }) => `reached its goal${value === undefined ? '' : `: ${JSON.stringify(value)}`}`,
  exited: ({ reason }) => `left: ${reason}`,
};

function happened(line: Trace, clock: Clock): string {
  // The table has a telling for the very kind of the line.
  return (tellings[line.kind] as (line: Trace, clock: Clock) => string)(line, clock);
}

function waitsFor(types: string | readonly string[] | undefined): string {
  if (types === undefined) return '';
  return ` for ${typeof types === 'string' ? types : types.join(' or ')}`;
}

function waitsUntil(until: number | undefined, clock: Clock): string {
  return until === undefined ? '' : ` until ${printInstantLocally(until, clock)}`;
}

/** Date and hour, in the same digits. */
function printInstantLocally(at: number, clock: Clock): string {
  return `${printDate(at, clock, 'yyyy/MM/dd') ?? ''} ${printTimeOfDay(at, clock)}`;
}
