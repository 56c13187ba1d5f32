import { addDuration } from '../../time/arithmetic.js';
import { parseDuration, parseDurationProblem, type Duration } from '../../time/duration.js';
import type { Instant } from '../../time/instant.js';
import type { Checking } from '../checking.js';
import type { Node } from '../node.js';
import type { Scope } from '../scope.js';

/** Where a window begins; undefined for "ever". */
export type Start = (scope: Scope) => Instant | undefined;

export function textLiteral(node: Node): string | undefined {
  return node.op === 'value' && typeof node.value === 'string' ? node.value : undefined;
}

export function checkWindow(node: Node, checking: Checking): Duration | undefined {
  const text = textLiteral(node);
  const window = text === undefined ? undefined : parseDuration(text);
  if (window !== undefined) return window;
  const problem = text === undefined ? 'a window is written out, in quotes: "90 days"' : parseDurationProblem(text);
  checking.error(node, problem ?? 'this is no duration');
  return undefined;
}

/** (now − d, now], by the clock: asked again at the same instant, it is worked out once. */
export function startOf(window: Duration | undefined): Start {
  if (window === undefined) return () => undefined;
  let last: Pick<Scope, 'now' | 'clock'> | undefined;
  let start: Instant = 0;
  return ({ now, clock }) => {
    if (last?.now === now && last.clock.zone === clock.zone && last.clock.calendar === clock.calendar) return start;
    start = addDuration(now, window, clock, -1);
    last = { now, clock };
    return start;
  };
}
