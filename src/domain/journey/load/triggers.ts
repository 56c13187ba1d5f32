import { mistaken, type Field, type Kind } from '../../expression/kind.js';
import type { Node } from '../../yaml/node.js';
import { oneOrMore, readDuration, readMap, readText, type Fields } from '../../yaml/read.js';
import type { EventTrigger } from '../journey.js';
import type { Context } from './context.js';
import { readEventType } from './event-types.js';
import { readCondition } from './expressions.js';
import { knowing, type Flow } from './flow.js';
import { mergeKinds } from './merge-kinds.js';
import { present } from './present.js';

/** The triggers, and what is there for everything below them. */
export interface Triggers {
  readonly triggers: readonly EventTrigger[];
  readonly flow: Flow;
}

const otherKinds = ['every', 'cron', 'occasion', 'anniversary', 'absence', 'credit_expiring', 'manual'];
const shape = {
  what: 'a trigger',
  keys: ['event', 'when', 'max_age', 'as'],
  later: ['audience', ...otherKinds, 'offset', 'at', 'for', 'calendar'],
  meant: (word: string) => `trigger: { event: ${word} }`,
};

export function readTriggers(fields: Fields, context: Context): Triggers {
  const node = fields.get('trigger');
  if (!fields.mentions('trigger'))
    context.problems.error(fields.at, 'trigger is missing; write for example "trigger: { event: repair.received }"');
  const nodes = oneOrMore(node);
  if (node !== undefined && nodes.length === 0) context.problems.error(node.at, 'there is no trigger in this list');
  const read = nodes.map((item) => readTrigger(item, context));
  return { triggers: read.flatMap((item) => item?.trigger ?? []), flow: flowBelow(read, context) };
}

interface ReadTrigger {
  readonly trigger: EventTrigger;
  /** Paths that its condition guards, as the steps see them. */
  readonly known: readonly string[];
  /** What its event has, as the steps see it. */
  readonly kind: Kind;
}

function readTrigger(node: Node, context: Context): ReadTrigger | undefined {
  const { problems, parts } = context;
  const fields = readMap(node, shape, problems);
  if (fields === undefined) return undefined;
  if (!fields.mentions('event') && !otherKinds.some((kind) => fields.has(kind))) {
    problems.error(fields.at, 'event is missing; a trigger names the event type that starts the journey');
  }
  const event = readEventType(fields.get('event'), context);
  const maxAge = readDuration(fields.get('max_age'), problems);
  const startedBy = readText(fields.get('as'), 'a name', problems);
  const { when, ...below } = readWhen(fields, event ?? '', context);
  if (event === undefined) return undefined;
  const trigger = { event, when, maxAge: maxAge ?? parts.catalogue.maxAge(event), startedBy: startedBy ?? event };
  return { trigger, ...below };
}

/** With an event type that there is not (it has been told) the condition is read all the same. */
function readWhen(
  fields: Fields,
  event: string,
  context: Context,
): Pick<EventTrigger, 'when'> & Omit<ReadTrigger, 'trigger'> {
  const { catalogue } = context.parts;
  const kind = catalogue.eventKind(event) ?? mistaken;
  const flow: Flow = { names: namesBelow(kind, catalogue), known: new Set() };
  const when = readCondition(fields.get('when'), { flow, event }, context);
  const isUnread = when === undefined && fields.has('when');
  return {
    when: when?.expression,
    known: (when?.knownWhenTrue ?? []).map((path) => path.replace(/^event\b/, 'trigger')),
    kind: isUnread ? present(kind) : kind,
  };
}

/** What a condition may look at besides the event, which is the trigger already; and what all below it may. */
function namesBelow(trigger: Kind, catalogue: Context['parts']['catalogue']): Flow['names'] {
  return {
    customer: field(catalogue.customer),
    now: field({ kind: 'time' }),
    trigger: field(trigger),
    trigger_event: field({ kind: 'record', fields: { id: field({ kind: 'text' }), time: field({ kind: 'time' }) } }),
    started_by: field({ kind: 'text' }),
  };
}

/** With several triggers a field is there for certain only where all of them have it. */
function flowBelow(read: readonly (ReadTrigger | undefined)[], { parts: { catalogue } }: Context): Flow {
  const kinds = read.map((trigger) => trigger?.kind ?? mistaken);
  const names = namesBelow(kinds.length === 0 ? mistaken : kinds.reduce(mergeKinds), catalogue);
  const [first, ...rest] = read.map((trigger) => trigger?.known ?? []);
  return knowing(
    { names, known: new Set() },
    (first ?? []).filter((path) => rest.every((known) => known.includes(path))),
  );
}

function field(kind: Kind): Field {
  return { kind, optional: false };
}

/** Names that are always there and cannot be given to anything else. */
export const takenNames: readonly string[] = [
  ...['event', 'trigger', 'trigger_event', 'started_by', 'customer', 'now', 'past'],
  ...['true', 'false', 'null', 'in', 'and', 'or', 'not'],
];
