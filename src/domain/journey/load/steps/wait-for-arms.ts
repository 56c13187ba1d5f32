import { mistaken, type Kind } from '../../../expression/kind.js';
import type { Node } from '../../../yaml/node.js';
import { readBoolean, readDuration, readMap, readText, readWord, type Fields } from '../../../yaml/read.js';
import type { ClockArm, EventArm } from '../../journey.js';
import type { Block, StepContext } from '../context.js';
import { readListenedType } from '../event-types.js';
import { readCondition } from '../expressions.js';
import { declaring, doubting, knowing, mergeNames, type Flow } from '../flow.js';
import { present } from '../present.js';
import { takenNames } from '../triggers.js';

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
  return { kind: 'event', rule: read.rule, block: empty(read.flow), stays: false };
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
  return node === undefined ? empty(flow) : context.readBlock(node, flow);
}

function empty(flow: Flow): Block {
  return { flow, ended: false, link: (next) => next };
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
    flow: saveAs === undefined ? flow : saving(flow, saveAs, kind, when?.knownWhenTrue ?? [], context),
  };
}

/** The name is there now, and so is what the condition asked the event for. */
function saving(flow: Flow, name: string, kind: Kind, known: readonly string[], context: StepContext): Flow {
  const field = { kind, optional: true };
  remember(name, field.kind, context);
  const guarded = known.filter((path) => path.startsWith('event.')).map((path) => path.replace(/^event/, name));
  return knowing(declaring(flow, name, field), [name, ...guarded]);
}

function remember(name: string, kind: Kind, { saved }: StepContext): void {
  const before = saved.get(name);
  const field = { kind, optional: true };
  saved.set(name, before === undefined ? field : (mergeNames({ [name]: before }, { [name]: field })[name] ?? field));
}

function kindOf(event: string, { parts }: StepContext): Kind {
  return parts.catalogue.eventKind(event) ?? mistaken;
}

function readSaveAs(node: Node | undefined, { problems }: StepContext): string | undefined {
  const name = readText(node, 'a name', problems);
  if (node === undefined || name === undefined) return undefined;
  if (!/^[A-Za-z_]\w*$/.test(name) || name === '__proto__') {
    return problems.error(node.at, `"${name}" cannot be a name; expected letters, digits and "_", such as estimate`);
  }
  return takenNames.includes(name) ? problems.error(node.at, `"${name}" is taken; give it another name`) : name;
}

/** While an arm that stays lets the wait go on, what it saved may be there in the others. */
export function declareSaved(items: readonly Node[], flow: Flow, context: StepContext): Flow {
  return items.reduce((declared, item) => declareStaying(item, declared, context), flow);
}

function declareStaying(item: Node, flow: Flow, context: StepContext): Flow {
  const [event, name] = [textAt(item, 'event') ?? '', textAt(item, 'save_as') ?? ''];
  const stays = textAt(item, 'stay') === 'true' && name !== '' && !takenNames.includes(name);
  if (!stays) return flow;
  return {
    names: mergeNames(flow.names, { [name]: { kind: kindOf(event, context), optional: true } }),
    known: flow.known,
  };
}

function textAt(node: Node, key: string): string | undefined {
  const value = node.kind === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined;
  return value?.kind === 'scalar' ? value.text : undefined;
}
