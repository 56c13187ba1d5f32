import type { Limit } from '../journey/right-hand-side.js';
import { addDuration } from '../time/arithmetic.js';
import { parseDateAsMidnight, parseTime } from '../time/date.js';
import { parseDuration, parseDurationProblem } from '../time/duration.js';
import { printNode, type Node } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';

/** How a limit is read; journeys have a reader that knows expressions and occasions too. */
export type ReadLimit = (node: Node, problems: Problems) => Limit | undefined;

const expected = 'expected a duration such as "3 days", a date or an instant with its offset';

/** A duration, a date or an instant: what can be read without a journey around it. */
export const readPlainLimit: ReadLimit = (node, problems) => {
  if (node.kind !== 'scalar') return problems.error(node.at, `${expected}, got ${printNode(node)}`);
  const { text } = node;
  const duration = parseDuration(text);
  if (duration !== undefined) return { until: (scope, from) => addDuration(from, duration, scope.clock) };
  const instant = parseTime(text);
  if (instant !== undefined) return { until: () => instant };
  if (parseDateAsMidnight(text, 'UTC') !== undefined)
    return { until: (scope) => parseDateAsMidnight(text, scope.clock.zone) };
  const why = /^[\d۰-۹٠-٩]+\s*\p{L}/u.test(text) ? parseDurationProblem(text) : undefined;
  return problems.error(node.at, why ?? `${expected}, got ${printNode(node)}`);
};
