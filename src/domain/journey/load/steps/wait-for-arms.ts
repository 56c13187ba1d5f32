import { mistaken, type Kind } from '../../../expression/kind.js';
import type { Node } from '../../../yaml/node.js';
import { readBoolean, readDuration, readMap, readWord, type Fields } from '../../../yaml/read.js';
import type { ClockArm, EventArm } from '../../step.js';
import type { Block, StepContext } from '../context.js';
import { readListenedType } from '../event-types.js';
import { readCondition } from '../expressions.js';
import { doubting, knowing, mergeNames, type Flow } from '../flow.js';
import { present } from '../present.js';
import { readSaveAs, saving } from '../saving.js';
import { takenNames } from '../taken-names.js';
import { savedBelow } from './saved-names.js';
import { straightOn } from './single.js';

/** An arm with its `then`; the clock arms always stay. */
export type Arm =
  | {
      readonly kind: 'event';
      readonly rule: Omit<EventArm, 'then' | 'stays'>;
      readonly block: Block;
      readonly stays: boolean;
    }
  | { readonly kind: 'clock'; readonly rule: Omit<ClockArm, 'then'>; readonly block: Block; readonly stays: true };

const eventShape = {
  what: 'an arm',
  keys: ['event', 'when', 'since', 'save_as', 'then', 'stay'],
  meant: (word: string) => `{ event: ${word} }`,
};
const clockShape = { what: 'an arm with after', keys: ['after', 'when', 'then'] };

/** One of a list: `{event, when, since, save_as, then, stay}` or `{after, when, then}`. */
export function readArm(node: Node, flow: Flow, context: StepContext): Arm | undefined {
  const isClock = node.kind === 'map' && node.entries.some(({ key }) => key === 'after');
  return isClock ? readClockArm(node, flow, context) : readEventArm(node, flow, context);
}

/** The short form: the options stand beside `wait_for`, and the steps below are its `then`. */
export function readSingle(fields: Fields, flow: Flow, context: StepContext): Arm {
  const read = readRule(fields, fields.get('wait_for'), flow, context);
  return { kind: 'event', rule: read.rule, block: straightOn(read.flow), stays: false };
}

function readEventArm(node: Node, flow: Flow, context: StepContext): Arm | undefined {
  const fields = readMap(node, eventShape, context.problems);
  if (fields === undefined) return undefined;
  if (!fields.mentions('event')) context.problems.error(fields.at, 'an arm needs event (a type) or after (a duration)');
  const read = readRule(fields, fields.get('event'), flow, context);
  const stays = readBoolean(fields.get('stay'), context.problems) ?? false;
  return { kind: 'event', rule: read.rule, block: readThen(fields, read.flow, context), stays };
}

function readClockArm(node: Node, flow: Flow, context: StepContext): Arm | undefined {
  const fields = readMap(node, clockShape, context.problems);
  if (fields === undefined) return undefined;
  const after = readDuration(fields.get('after'), context.problems);
  const when = readCondition(fields.get('when'), { flow }, context);
  const isUnread = when === undefined && fields.has('when');
  const below = isUnread ? doubting(flow) : knowing(flow, when?.knownWhenTrue ?? []);
  const block = readThen(fields, below, context);
  if (!fields.has('then'))
    context.problems.error(fields.at, 'then is missing; an arm with after does something and goes on waiting');
  return after && { kind: 'clock', rule: { after, when: when?.expression }, block, stays: true };
}

function readThen(fields: Fields, flow: Flow, context: StepContext): Block {
  const node = fields.get('then');
  return node === undefined ? straightOn(flow) : context.readBlock(node, flow);
}

interface ReadRule {
  readonly rule: Omit<EventArm, 'then' | 'stays'>;
  /** What is known once it is met. */
  readonly flow: Flow;
}

/** With an event type that there is not, all else is read all the same: what it saves is there, and nothing is said of it. */
function readRule(fields: Fields, typeNode: Node | undefined, flow: Flow, context: StepContext): ReadRule {
  const event = readListenedType(typeNode, context) ?? '';
  const since = readWord(fields.get('since'), ['entry', 'last_wait'] as const, context.problems);
  const saveAs = readSaveAs(fields.get('save_as'), context);
  const when = readCondition(fields.get('when'), { flow, event }, context);
  const tied = context.tie !== undefined && context.parts.catalogue.hasField(event, context.tie);
  const isUnread = when === undefined && fields.has('when');
  const kind = isUnread ? present(kindOf(event, context)) : kindOf(event, context);
  return {
    rule: { event, when: when?.expression, since: since ?? (tied ? 'entry' : 'last_wait'), tied, saveAs },
    flow: saving(flow, saveAs, kind, context, fieldsAskedFor(when?.knownWhenTrue ?? [])),
  };
}

function kindOf(event: string, { parts }: StepContext): Kind {
  return parts.catalogue.eventKind(event) ?? mistaken;
}

/** What a condition asked the event for, which is there in what is saved of it. */
function fieldsAskedFor(known: readonly string[]): readonly string[] {
  return known.filter((path) => path.startsWith('event.')).map((path) => path.slice('event.'.length));
}

/** While an arm that stays lets the wait go on, what was saved in it may be there in the others. */
export function declareSaved(items: readonly Node[], flow: Flow, context: StepContext): Flow {
  const staying = items.filter((item) => textAt(item, 'stay') === 'true' || has(item, 'after'));
  const saved = staying.flatMap((item) => savedBelow(item, context)).filter(({ name }) => !takenNames.includes(name));
  const names = saved.reduce<Flow['names']>(
    (declared, { name, kind }) => mergeNames(declared, { [name]: { kind, optional: true } }),
    flow.names,
  );
  return { names, known: flow.known };
}

function has(node: Node, key: string): boolean {
  return node.kind === 'map' && node.entries.some((entry) => entry.key === key);
}

function textAt(node: Node, key: string): string | undefined {
  const value = node.kind === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined;
  return value?.kind === 'scalar' ? value.text : undefined;
}
