import { addDuration } from '../../time/arithmetic.js';
import { parseDuration, type Duration } from '../../time/duration.js';
import type { Node } from '../../yaml/node.js';
import type { Limit } from '../right-hand-side.js';
import type { Context } from './context.js';
import type { Flow } from './flow.js';
import { readMoment, readShifted, type Moment } from './moments.js';

const expected =
  'expected a duration ("3 days"), a date, an instant with its offset, =expression, { date, offset, at } or { occasion, offset, at }';

/** A duration from when it is reached, or a moment. */
export function readLimit(node: Node | undefined, flow: Flow, context: Context): Limit | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'map') return asLimit(readShifted(node, flow, context));
  if (node.kind === 'list') return context.problems.error(node.at, `${expected}, got a list`);
  const duration = parseDuration(node.text);
  return duration === undefined ? asLimit(readMoment(node, flow, context, expected)) : lasting(duration);
}

/** A duration, from when it is reached. */
export function lasting(duration: Duration): Limit {
  return { until: (scope, from) => addDuration(from, duration, scope.clock) };
}

/** The length of a limit that is a duration. */
export function lengthOf(node: Node | undefined): Duration | undefined {
  return node?.kind === 'scalar' ? parseDuration(node.text) : undefined;
}

function asLimit(moment: Moment | undefined): Limit | undefined {
  return moment && { until: moment };
}
