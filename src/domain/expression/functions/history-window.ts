import { addDuration } from '../../time/arithmetic.js';
import { isWorking, parseDuration, parseDurationProblem, type Duration } from '../../time/duration.js';
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
  if (window !== undefined && !isWorking(window)) return window;
  checking.error(node, windowProblem(text));
  return undefined;
}

function windowProblem(text: string | undefined): string {
  if (text === undefined) return 'a window is written out, in quotes: "90 days"';
  return (
    parseDurationProblem(text) ?? `a window counts all hours, not working ones, got "${text}"; write it as "90 days"`
  );
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
