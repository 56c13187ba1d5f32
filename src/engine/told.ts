import type { HistoryEvent } from '../domain/expression/scope.js';
import type { Emitted, Trace } from '../domain/journey/decision.js';
import { replyWord } from '../domain/journey/event-effects.js';
import type { JsonObject } from '../domain/json.js';
import type { Policy } from '../domain/policy/policy.js';
import type { Instant } from '../domain/time/instant.js';
import type { NumberedEvent } from './batch.js';
import type { Outcome } from './save.js';

/** An event for whoever listens outside; `id` and `source` together are never those of another one. */
export interface Told {
  readonly customer: string;
  readonly at: Instant;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly data: JsonObject;
}

type Words = Pick<Policy, 'optOut' | 'optIn'>;

/** Receipts, replies and words on consent. What people wrote, and from where, stays here. */
export function toldOfEvent({ customer, event }: NumberedEvent, policy: Words): readonly Told[] {
  if (!/^(?:message|consent)\./.test(event.type)) return [];
  const { id, source, type, time: at } = event;
  const data = { ...withoutAddresses(event.data), ...spoken(event, policy) };
  return [{ customer, at, id: ofCustomer(customer, id), source, type, data }];
}

/** What one customer's decisions say to the outside: events that journeys emit, exits and goals, in their order. */
export function toldOfDecisions({ after: { id: customer }, decided, now, stimulus }: Outcome): readonly Told[] {
  const emits = decided.effects.filter((effect) => effect.kind === 'emitted').values();
  return decided.trace.flatMap((line, place): readonly Told[] => {
    if (line.kind === 'emitted') return toldOfEmit(customer, emits.next().value, now);
    const data = dataOf(line);
    if (data === undefined) return [];
    const { journey, key, kind } = line;
    const id = ofCustomer(customer, [journey, key ?? '', kind, stimulus, now, place].join('/'));
    return [{ customer, at: now, id, source: `/journeys/${journey}`, type: `journey.${kind}`, data }];
  });
}

/** About whom it is, which need not be whose journey emits it. */
function toldOfEmit(customer: string, emitted: Emitted | undefined, at: Instant): readonly Told[] {
  if (emitted === undefined) return [];
  const { id, source, type, subject, data } = emitted;
  return [{ customer: subject, at, id: ofCustomer(customer, id), source, type, data }];
}

/** An event's id need not be another one for another customer; outside nobody looks at more than source and id. */
function ofCustomer(customer: string, id: string): string {
  return `${customer}/${id}`;
}

function dataOf(line: Trace): JsonObject | undefined {
  const of = { journey: line.journey, ...(line.key === undefined ? {} : { key: line.key }) };
  switch (line.kind) {
    case 'exited':
      return { ...of, reason: line.reason };
    case 'goal':
      return {
        ...of,
        ...(line.value === undefined ? {} : { value: line.value }),
        ...(line.holdout && { holdout: true }),
      };
    default:
      return undefined;
  }
}

function withoutAddresses(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !personal.has(name)));
}

const personal: ReadonlySet<string> = new Set(['text', 'subject', 'from', 'to', 'address', 'phone', 'email']);

/** A reply that is an opt-out or opt-in word is a word on consent. */
function spoken(event: HistoryEvent, policy: Words): JsonObject {
  const word = event.type === 'message.received' ? replyWord(event, policy) : undefined;
  if (word === undefined) return {};
  return { consent: Object.fromEntries(word.purposes.map((purpose) => [purpose, word.given])) };
}
