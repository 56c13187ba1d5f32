import type { Node } from '../../../yaml/node.js';
import { isNothing, oneOrMore, type Fields } from '../../../yaml/read.js';
import type { ClockArm, EventArm, Next } from '../../step.js';
import type { Block, StepContext } from '../context.js';
import { forgetting, joiningWays, type Flow, type Way } from '../flow.js';
import { lengthOf, readLimit } from '../limits.js';
import { readArm, readSingle, declareSaved, type Arm } from './wait-for-arms.js';
import { savedNames } from './saved-names.js';
import type { StepReader, StepReading } from './step.js';

/** `wait_for: event` with its options beside it, or a list of arms. */
export const waitFor: StepReader = {
  keys: ['when', 'since', 'at_most', 'save_as', 'else'],
  example: 'wait_for: order.delivered',
  read(step) {
    const { fields, at, context } = step;
    const node = fields.get('wait_for');
    const id = step.id(idBase(node));
    const listed = node?.kind === 'list';
    const flow = forgetting(step.flow, forgotten(fields, node));
    const atMost = readLimit(fields.get('at_most'), flow, context);
    const length = lengthOf(fields.get('at_most'));
    if (length !== undefined) context.lengths.set(id, length);
    const arms = readArms(step, node, flow);
    const otherwise = readElse(fields, flow, context);
    if (arms.length === oneOrMore(node).length) warnOfNoWayOut(arms, fields, step);
    return {
      ...flowBelow(arms, otherwise, fields.has('at_most'), flow, context),
      link: (next, add) => {
        const back: Next = { kind: 'back', to: id };
        const linked = arms.map((arm) => ({ arm, then: arm.block.link(arm.stays ? back : next, add) }));
        const events: readonly EventArm[] = linked.flatMap(({ arm, then }) =>
          arm.kind === 'event' ? [{ ...arm.rule, then, stays: arm.stays }] : [],
        );
        const clocks: readonly ClockArm[] = linked.flatMap(({ arm, then }) =>
          arm.kind === 'clock' ? [{ ...arm.rule, then }] : [],
        );
        const timeOut = otherwise?.link(next, add) ?? next;
        add({ kind: 'wait_for', id, next, position: at, listed, arms: events, clocks, atMost, otherwise: timeOut });
        return { kind: 'step', id };
      },
    };
  },
};

/** One mapping stands for a list of one, but it names its event as the short form does. */
function idBase(node: Node | undefined): string {
  if (node?.kind === 'scalar') return `wait-for-${node.text}`;
  const event = node?.kind === 'map' ? node.entries.find(({ key }) => key === 'event')?.value : undefined;
  return event?.kind === 'scalar' ? `wait-for-${event.text}` : 'wait-for-any';
}

/** Its own names, and those that may be forgotten while the `then` of an arm that stays runs. */
function forgotten(fields: Fields, node: Node | undefined): ReadonlySet<string> {
  const own = fields.get('save_as');
  const names = new Set(node === undefined ? [] : savedNames(node));
  if (own?.kind === 'scalar') names.add(own.text);
  return names;
}

function readArms(step: StepReading, node: Node | undefined, flow: Flow): readonly Arm[] {
  const { fields, context } = step;
  if (node === undefined || isNothing(node)) {
    context.problems.error(node?.at ?? step.at, 'expected an event type or a list of arms');
    return [];
  }
  if (node.kind === 'scalar') return [readSingle(fields, flow, context)];
  for (const key of ['when', 'since', 'save_as']) {
    if (fields.has(key)) context.problems.error(fields.keyAt(key), `with a list of arms, ${key} stands in an arm`);
  }
  const items = oneOrMore(node);
  if (items.length === 0) context.problems.error(node.at, 'there is nothing to wait for in this list');
  const inArms = declareSaved(items, flow, context);
  return items.map((item) => readArm(item, inArms, context)).filter((arm) => arm !== undefined);
}

function readElse(fields: Fields, flow: Flow, context: StepContext): Block | undefined {
  const node = fields.get('else');
  if (node === undefined) return undefined;
  if (!fields.has('at_most')) {
    context.problems.error(fields.keyAt('else'), 'else is done on a time-out, and there is none; add at_most');
  }
  return context.readBlock(node, flow);
}

function warnOfNoWayOut(arms: readonly Arm[], fields: Fields, { at, context }: StepReading): void {
  if (arms.length === 0 || fields.has('at_most') || arms.some(({ stays }) => !stays)) return;
  context.problems.warning(at, 'nothing ends this wait: every arm stays; add at_most, or an arm that leaves');
}

/** Only arms that leave, and the time-out, lead below. */
function flowBelow(
  arms: readonly Arm[],
  otherwise: Block | undefined,
  timesOut: boolean,
  before: Flow,
  { saved }: StepContext,
): Way {
  const leaving: readonly Way[] = arms.filter(({ stays }) => !stays).map(({ block }) => block);
  const timeOut: Way = otherwise ?? { flow: before, ended: false };
  const ways = [...leaving, ...(timesOut || leaving.length === 0 ? [timeOut] : [])];
  const { flow, ended } = joiningWays(ways, before);
  return { flow: { names: withStaying(flow.names, arms, saved), known: flow.known }, ended };
}

/** What arms that stay have saved may be there as well. */
function withStaying(names: Flow['names'], arms: readonly Arm[], saved: StepContext['saved']): Flow['names'] {
  const staying = arms.filter(({ stays }) => stays).flatMap(({ block }) => Object.keys(block.flow.names));
  const missing = staying.filter((name) => !Object.hasOwn(names, name) && saved.has(name));
  const fields = missing.flatMap((name) => {
    const field = saved.get(name);
    return field === undefined ? [] : [[name, field] as const];
  });
  return { ...names, ...Object.fromEntries(fields) };
}
