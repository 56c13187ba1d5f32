import type { Queue } from '../domain/journey/decision.js';
import { isJsonObject, type Json } from '../domain/json.js';
import { printInstant, type Instant } from '../domain/time/instant.js';
import { stored } from '../engine/queue-messages.js';
import type { KeptMessage } from '../store/explain/read-kept-messages.sql.js';
import { unequal, type Difference, type Unverified } from './differences.js';
import type { ExpectedMessage } from './expected-messages.js';
import { grouped } from './grouped.js';

type Found = Pick<Difference, 'what' | 'expected' | 'found'>;

export interface ComparedMessages {
  readonly differences: readonly Difference[];
  readonly unverified: readonly Unverified[];
}

/** Whether the messages that were decided are there, no others, and each says what it should. */
export function compareMessages(
  customer: string,
  expected: readonly ExpectedMessage[],
  found: readonly KeptMessage[],
  linksPrunedBefore = -Infinity,
): ComparedMessages {
  const differences: Difference[] = [];
  const unverified: Unverified[] = [];
  for (const [what, pairs] of paired(expected, found)) {
    for (const [one, row] of pairs) {
      const unlike = compare(what, one, row);
      const hasLostLinks = row !== undefined && row.created_at < linksPrunedBefore;
      differences.push(
        ...unlike.filter((each) => !(hasLostLinks && isText(each, what))).map((each) => ({ customer, ...each })),
      );
      if (hasLostLinks && unlike.some((each) => isText(each, what)))
        unverified.push({ customer, what: `${what}.content`, why: 'its links are not kept any more' });
      if (isStoppedByHand(one, row)) unverified.push({ customer, what, why: `it was withdrawn ${byWhom(row)}` });
    }
  }
  return { differences, unverified };
}

/** What it says on its channel, or on the next ones. */
function isText({ what }: Found, message: string): boolean {
  return what.startsWith(`${message}.content`) || what.startsWith(`${message}.fallbacks`);
}

type Pair = readonly [ExpectedMessage | undefined, KeptMessage | undefined];

/** Messages of one step and instant, in their order; those that need not be there give way first. */
function paired(
  expected: readonly ExpectedMessage[],
  found: readonly KeptMessage[],
): ReadonlyMap<string, readonly Pair[]> {
  const wanted = grouped(expected, ({ message, at }) => nameOf(message, at));
  const kept = grouped(found, (row) => nameOf(row, row.created_at));
  return new Map(
    [...new Set([...wanted.keys(), ...kept.keys()])].map((name) => {
      const rows = kept.get(name) ?? [];
      const needed = needful(wanted.get(name) ?? [], rows.length);
      const most = Math.max(needed.length, rows.length);
      return [name, Array.from({ length: most }, (_, place): Pair => [needed[place], rows[place]])];
    }),
  );
}

function needful(wanted: readonly ExpectedMessage[], there: number): readonly ExpectedMessage[] {
  let tooMany = wanted.length - there;
  return wanted.filter(({ optional }) => {
    if (!optional || tooMany <= 0) return true;
    tooMany -= 1;
    return false;
  });
}

function nameOf({ journey, enrolment, step }: Pick<Queue, 'journey' | 'enrolment' | 'step'>, at: Instant): string {
  return `message ${journey}/${String(enrolment)} ${step} ${printInstant(at)}`;
}

function compare(what: string, expected: ExpectedMessage | undefined, row: KeptMessage | undefined): readonly Found[] {
  if (expected === undefined || row === undefined) {
    return [{ what, expected: expected && told(expected), found: row && { template: row.template, state: row.state } }];
  }
  return [...unequal(what, decidedOf(expected, row), keptOf(row)), ...compareTaken(what, expected, row)];
}

function told({ message }: ExpectedMessage): Json {
  return { template: message.template, channel: message.attempts[0].channel };
}

/** As it waits on the channel that it has come to: a failure moves it to the next. What was closed may be left of it, or not. */
function decidedOf({ message, at, bundle, closed }: ExpectedMessage, row: KeptMessage): object {
  const { key, template, purpose, attempts } = message;
  const place = Math.max(
    0,
    attempts.findIndex(({ channel }) => channel === row.channel),
  );
  const left = row.fallbacks.map((one) => (isJsonObject(one) ? one['channel'] : undefined));
  const [now, ...later] = attempts
    .slice(place)
    .filter(({ channel }, step) => step === 0 || !closed.includes(channel) || left.includes(channel))
    .map((one) => ({ channel: one.channel, address: one.to, content: stored(one, at) }));
  const limit = row.ref === null ? {} : { not_after: limitOf(message, row) };
  return { key, template, purpose, bundle, ...now, fallbacks: later, ...limit };
}

/** Questions asked again have one only since it is kept of them. */
function limitOf({ notAfter, repeats }: Queue, row: KeptMessage): string | undefined {
  return notAfter === undefined || (repeats === true && row.not_after === null) ? undefined : printInstant(notAfter);
}

function keptOf(row: KeptMessage): object {
  const { key, template, purpose, bundle, channel, address, content, fallbacks, ref, not_after } = row;
  const limit = ref === null ? {} : { not_after: not_after === null ? undefined : printInstant(not_after) };
  return { key: key ?? undefined, template, purpose, bundle, channel, address, content, fallbacks, ...limit };
}

/** Taken back while a provider had it: it may have arrived, but leaves no more. */
function isTakenFromProvider({ leave_by }: KeptMessage): boolean {
  return leave_by === -Infinity;
}

const OPEN = ['queued', 'deferred', 'sending', 'retrying', 'in_doubt'];
const DECIDED = ['exit', 'opted_out'];

function compareTaken(what: string, { taken }: ExpectedMessage, row: KeptMessage): readonly Found[] {
  const isTaken = row.state === 'withdrawn' && DECIDED.includes(row.reason ?? '');
  const found = row.reason === null ? row.state : `${row.state} (${row.reason})`;
  if (taken === 'no' && isTaken) return [{ what: `${what}.state`, expected: 'not withdrawn', found }];
  if (taken === 'must' && !isTakenFromProvider(row) && OPEN.includes(row.state)) {
    return [{ what: `${what}.state`, expected: 'withdrawn', found }];
  }
  return [];
}

/** Whether somebody's hand took it back cannot be told from what is kept; what it says can. */
function isStoppedByHand(expected: ExpectedMessage | undefined, row: KeptMessage | undefined): boolean {
  if (row === undefined) return false;
  // Of what a provider had, nothing says whether a hand or a decision took it back.
  if (isTakenFromProvider(row) || row.reason === 'taken_back') return expected?.taken === 'no';
  return row.state === 'withdrawn' && !DECIDED.includes(row.reason ?? '');
}

function byWhom(row: KeptMessage | undefined): string {
  const reason = row?.state === 'withdrawn' ? (row.reason ?? 'cancelled') : 'cancelled';
  return reason === 'cancelled' ? 'by hand' : `(${reason})`;
}
