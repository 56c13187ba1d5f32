import type { Field, Kind } from '../../expression/kind.js';
import type { Node } from '../../yaml/node.js';
import { oneOrMore, readDuration, readMap, readText, type Fields } from '../../yaml/read.js';
import type { EventTrigger } from '../journey.js';
import type { Context } from './context.js';
import { readEventType } from './event-types.js';
import { readCondition } from './expressions.js';
import { knowing, type Flow } from './flow.js';
import { mergeKinds } from './merge-kinds.js';

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
};

export function readTriggers(fields: Fields, context: Context): Triggers {
  const node = fields.get('trigger');
  if (node === undefined)
    context.problems.error(fields.at, 'trigger is missing; write for example "trigger: { event: repair.received }"');
  const nodes = oneOrMore(node);
  if (node !== undefined && nodes.length === 0) context.problems.error(node.at, 'there is no trigger in this list');
  const found = nodes.map((item) => readTrigger(item, context)).filter((item) => item !== undefined);
  return { triggers: found.map(({ trigger }) => trigger), flow: flowBelow(found, context) };
}

interface ReadTrigger {
  readonly trigger: EventTrigger;
  /** Paths that its condition guards, as the steps see them. */
  readonly known: readonly string[];
}

function readTrigger(node: Node, context: Context): ReadTrigger | undefined {
  const { problems, parts } = context;
  const fields = readMap(node, shape, problems);
  if (fields === undefined) return undefined;
  if (!fields.has('event') && !otherKinds.some((kind) => fields.has(kind))) {
    problems.error(fields.at, 'event is missing; a trigger names the event type that starts the journey');
  }
  const event = readEventType(fields.get('event'), context);
  const maxAge = readDuration(fields.get('max_age'), problems);
  const startedBy = readText(fields.get('as'), 'a name', problems);
  if (event === undefined) return undefined;
  const when = readCondition(fields.get('when'), { flow: enteringFlow(event, context), event }, context);
  const trigger = {
    event,
    when: when?.expression,
    maxAge: maxAge ?? parts.catalogue.maxAge(event),
    startedBy: startedBy ?? event,
  };
  return { trigger, known: (when?.knownWhenTrue ?? []).map((path) => path.replace(/^event\b/, 'trigger')) };
}

/** What a trigger's condition may look at besides the event, which is the trigger already. */
function enteringFlow(event: string, { parts: { catalogue } }: Context): Flow {
  const trigger = catalogue.eventKind(event) ?? anything;
  return { names: namesBelow(trigger, catalogue), known: new Set() };
}

function namesBelow(trigger: Kind, catalogue: Context['parts']['catalogue']): Flow['names'] {
  return {
    customer: field(catalogue.customer),
    now: field({ kind: 'time' }),
    trigger: field(trigger),
    trigger_event: field({ kind: 'record', fields: { id: field({ kind: 'text' }), time: field({ kind: 'time' }) } }),
    started_by: field({ kind: 'text' }),
  };
}

function flowBelow(found: readonly ReadTrigger[], context: Context): Flow {
  const names = namesBelow(kindOfTrigger(found, context), context.parts.catalogue);
  const flow: Flow = { names, known: new Set() };
  const [first, ...rest] = found;
  return knowing(
    flow,
    (first?.known ?? []).filter((path) => rest.every(({ known }) => known.includes(path))),
  );
}

/** With several triggers a field is there for certain only where all of them have it. */
function kindOfTrigger(found: readonly ReadTrigger[], { parts: { catalogue } }: Context): Kind {
  const kinds = found.map(({ trigger }) => catalogue.eventKind(trigger.event) ?? anything);
  return kinds.length === 0 ? anything : kinds.reduce(mergeKinds);
}

const anything: Kind = { kind: 'any' };

function field(kind: Kind): Field {
  return { kind, optional: false };
}

/** Names that are always there and cannot be given to anything else. */
export const takenNames: readonly string[] = [
  ...['event', 'trigger', 'trigger_event', 'started_by', 'customer', 'now', 'past'],
  ...['true', 'false', 'null', 'in', 'and', 'or', 'not'],
];
