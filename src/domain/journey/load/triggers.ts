import { mistaken, type Field, type Kind } from '../../expression/kind.js';
import type { Duration } from '../../time/duration.js';
import type { MapNode, Node } from '../../yaml/node.js';
import { oneOrMore, readDuration, readMap, readText, unknownWord, type Fields } from '../../yaml/read.js';
import type { Trigger } from '../trigger.js';
import { readAudience } from './audiences.js';
import type { Context } from './context.js';
import { readCondition } from './expressions.js';
import { knowing, type Flow } from './flow.js';
import { mergeKinds } from './merge-kinds.js';
import { present } from './present.js';
import { triggerKeys, triggerReaders } from './triggers/kinds.js';
import type { ReadStart, TriggerBase } from './triggers/trigger.js';

/** The triggers, and what is there for everything below them. */
export interface Triggers {
  readonly triggers: readonly Trigger[];
  readonly starts: readonly ReadStart[];
  readonly flow: Flow;
}

const common = ['when', 'audience', 'max_age', 'as'];
const meant = (word: string): string => `trigger: { event: ${word} }`;

export function readTriggers(fields: Fields, context: Context): Triggers {
  const node = fields.get('trigger');
  if (!fields.mentions('trigger'))
    context.problems.error(fields.at, 'trigger is missing; write for example "trigger: { event: repair.received }"');
  const nodes = oneOrMore(node);
  if (node !== undefined && nodes.length === 0) context.problems.error(node.at, 'there is no trigger in this list');
  const read = nodes.map((item) => readTrigger(item, context));
  return {
    triggers: read.flatMap((item) => item?.trigger ?? []),
    starts: read.flatMap((item) => item?.start ?? []),
    flow: flowBelow(read, context),
  };
}

interface ReadTrigger {
  readonly trigger: Trigger | undefined;
  readonly start: ReadStart;
  /** Paths that its condition guards, as the steps see them. */
  readonly known: readonly string[];
  /** What `trigger` has, as the steps see it. */
  readonly kind: Kind;
}

function readTrigger(node: Node, context: Context): ReadTrigger | undefined {
  const main = node.kind === 'map' ? findMainKey(node, context) : 'event';
  const reader = main === undefined ? undefined : triggerReaders.get(main);
  if (main === undefined || reader === undefined) return undefined;
  const keys = [main, ...reader.keys, ...common];
  const fields = readMap(node, { what: 'a trigger', keys, meant }, context.problems);
  if (fields === undefined) return undefined;
  const start = reader.read(fields, context);
  const base = readBase(fields, start, context);
  const { when, ...below } = readWhen(fields, start, context);
  return { trigger: start.make?.({ ...base, when }), start, ...below };
}

/** What every trigger may carry besides its condition. */
function readBase(fields: Fields, start: ReadStart, context: Context): Omit<TriggerBase, 'when'> {
  const { problems } = context;
  if (start.needsAudience !== undefined && !fields.mentions('audience'))
    problems.error(fields.at, `audience is missing; ${start.needsAudience}: name who may be started, or everyone`);
  return {
    audience: readAudience(fields.get('audience'), context),
    maxAge: readDuration(fields.get('max_age'), problems) ?? start.maxAge ?? oneDay,
    startedBy: readText(fields.get('as'), 'a name', problems) ?? start.startedBy,
  };
}

/** The key that says which kind it is; undefined where none does, which has been told. */
function findMainKey({ at, entries }: MapNode, { problems }: Context): string | undefined {
  const [main, second] = entries.filter(({ key }) => triggerKeys.includes(key));
  if (second !== undefined && main !== undefined) {
    return problems.error(
      second.at,
      `a trigger is of one kind, and this one has ${main.key} and ${second.key}; make it two, in a list`,
    );
  }
  if (main !== undefined) return main.key;
  const [stray] = entries.filter(({ key }) => !common.includes(key));
  if (stray === undefined)
    return problems.error(at, `event is missing; a trigger has one of ${triggerKeys.join(', ')}`);
  const otherwise = `expected one of ${triggerKeys.join(', ')}`;
  return problems.error(
    stray.at,
    unknownWord(`"${stray.key}" is no key of a trigger`, stray.key, triggerKeys, otherwise),
  );
}

/** With an event type that there is not (it has been told) the condition is read all the same. */
function readWhen(
  fields: Fields,
  { data, event }: ReadStart,
  context: Context,
): Pick<Trigger, 'when'> & Pick<ReadTrigger, 'known' | 'kind'> {
  const flow: Flow = { names: namesBelow(data, event === undefined, context.parts.catalogue), known: new Set() };
  const when = readCondition(fields.get('when'), { flow, event }, context);
  const isUnread = when === undefined && fields.has('when');
  return {
    when: when?.expression,
    known: (when?.knownWhenTrue ?? []).map((path) => path.replace(/^event\b/, 'trigger')),
    kind: isUnread ? present(data) : data,
  };
}

/** What a condition may look at besides the event, which is the trigger already; and what all below it may. */
function namesBelow(trigger: Kind, byClock: boolean, catalogue: Context['parts']['catalogue']): Flow['names'] {
  const event: Kind = { kind: 'record', fields: { id: field({ kind: 'text' }), time: field({ kind: 'time' }) } };
  return {
    customer: field(catalogue.customer),
    now: field({ kind: 'time' }),
    trigger: field(trigger),
    trigger_event: { kind: event, optional: byClock },
    started_by: field({ kind: 'text' }),
  };
}

/** With several triggers a field is there for certain only where all of them have it. */
function flowBelow(read: readonly (ReadTrigger | undefined)[], { parts: { catalogue } }: Context): Flow {
  const kinds = read.map((trigger) => trigger?.kind ?? mistaken);
  const byClock = read.some((trigger) => trigger !== undefined && trigger.start.event === undefined);
  const names = namesBelow(kinds.length === 0 ? mistaken : kinds.reduce(mergeKinds), byClock, catalogue);
  const [first, ...rest] = read.map((trigger) => trigger?.known ?? []);
  return knowing(
    { names, known: new Set() },
    (first ?? []).filter((path) => rest.every((known) => known.includes(path))),
  );
}

function field(kind: Kind): Field {
  return { kind, optional: false };
}

const oneDay: Duration = { amount: 1, unit: 'day' };
