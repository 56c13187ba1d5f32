import { parseDuration, parseDurationProblem } from '../../time/duration.js';
import type { Offset } from '../../time/shift.js';
import type { Node } from '../../yaml/node.js';
import type { Problems } from '../../yaml/problems.js';
import { readText } from '../../yaml/read.js';

/** `-3 days`: the one duration that may go back. */
export function readOffset(node: Node | undefined, problems: Problems): Offset | undefined {
  const text = readText(node, 'an offset such as "-3 days"', problems);
  if (node === undefined || text === undefined) return undefined;
  const length = text.replace(/^[+-]\s*/, '');
  const duration = parseDuration(length);
  if (duration !== undefined) return { duration, sign: text.startsWith('-') ? -1 : 1 };
  return problems.error(node.at, parseDurationProblem(length) ?? `"${text}" is no offset`);
}
