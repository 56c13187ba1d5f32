import { mergedSource } from '../domain/merging/merged-customer.js';
import type { JsonObject } from '../domain/json.js';
import type { Instant } from '../domain/time/instant.js';
import type { KeptEvent } from '../store/explain/read-kept-events.sql.js';
import { NotKnownError, type CustomerRecord } from './customer-record.js';

/** One of the things that happened to a customer, as they were decided. */
export type Moment =
  /** Events of one arrival: one batch, or several that cannot be told apart. */
  | { readonly kind: 'events'; readonly at: Instant; readonly bundle: number; readonly events: readonly KeptEvent[] }
  | { readonly kind: 'timers'; readonly at: Instant; readonly bundle: number; readonly seq: number }
  /** A file has changed: whoever is inside was moved, or has left. */
  | { readonly kind: 'file'; readonly at: Instant; readonly bundle: number; readonly seq: number }
  | { readonly kind: 'change'; readonly patch: JsonObject };

interface Placed {
  readonly seq: number;
  /** Events and changes have numbers of their own; timers follow the number that they carry. */
  readonly follows: boolean;
  readonly at: Instant;
  readonly moment: Moment;
}

/** What happened to a customer, in the order of decisions. Throws where that is not known. */
export function momentsOf(record: CustomerRecord): readonly Moment[] {
  refuseWhatIsGone(record);
  const placed = [...eventsOf(record), ...changesOf(record), ...timersOf(record)];
  placed.sort((a, b) => a.seq - b.seq || Number(a.follows) - Number(b.follows) || a.at - b.at);
  return joined(placed.map(({ moment }) => moment));
}

function refuseWhatIsGone({ customer, events, changes, enrolments }: CustomerRecord): void {
  const merge = changes.findLast(({ source }) => source.startsWith(mergedSource));
  if (merge !== undefined) {
    const other = merge.source.slice(mergedSource.length);
    throw new NotKnownError(
      `customer ${other} was merged into it: what was decided on the two is not decided once more`,
    );
  }
  const known = new Set(events.map(({ seq }) => seq));
  const orphan = enrolments.find(({ seq }) => !known.has(seq));
  if (orphan !== undefined) {
    throw new NotKnownError(`the event that started ${orphan.journey}/${String(orphan.seq)} is not kept`);
  }
  // The first number is never that of a duplicate.
  if (customer.seq > 0 && !known.has(1) && !changes.some(({ seq }) => seq === 1)) {
    throw new NotKnownError('what was decided first is not kept');
  }
  const isKnown = Object.keys({ ...customer.attributes, ...customer.consent, ...customer.closed }).length > 0;
  if (isKnown && changes.length === 0) throw new NotKnownError('how its attributes and consent came about is not kept');
}

function eventsOf({ events }: CustomerRecord): readonly Placed[] {
  return events.map((event) => {
    const { seq, arrival: at, bundle } = event;
    return { seq, follows: false, at, moment: { kind: 'events', at, bundle, events: [event] } };
  });
}

/** Changes that events made are made once more by them. */
function changesOf({ changes }: CustomerRecord): readonly Placed[] {
  return changes
    .filter(({ source }) => !/^(event|timer|file):/.test(source))
    .map(({ seq, at, patch }) => ({ seq, follows: false, at, moment: { kind: 'change', patch } }));
}

/** One transaction decides all of a customer's timers that are due. */
function timersOf({ enrolments }: CustomerRecord): readonly Placed[] {
  const found = new Map<string, Placed>();
  for (const { journey, timers } of enrolments) {
    for (const timer of timers) {
      if (timer === null) throw new NotKnownError(`a timer of ${journey} could not be decided for a while`);
      const [seq, at, bundle, kind = 'timers'] = timer;
      found.set(timer.join(), { seq, follows: true, at, moment: { kind, at, bundle, seq } });
    }
  }
  return [...found.values()];
}

function joined(moments: readonly Moment[]): readonly Moment[] {
  const all: Moment[] = [];
  for (const moment of moments) {
    const last = all.at(-1);
    const isSame = moment.kind === 'events' && last?.kind === 'events' && isOneBatch(last, moment);
    if (isSame) all[all.length - 1] = { ...last, events: [...last.events, ...moment.events] };
    else all.push(moment);
  }
  return all;
}

function isOneBatch(a: Extract<Moment, { kind: 'events' }>, b: typeof a): boolean {
  return a.at === b.at && a.bundle === b.bundle;
}
