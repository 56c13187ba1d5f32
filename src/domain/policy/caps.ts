import { parseDuration, parseDurationProblem, printDuration, type Duration } from '../time/duration.js';
import type { Node } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { oneOrMore, readText } from '../yaml/read.js';
import type { Cap } from './policy.js';

/** `1 per 1 day`, or a list of such. */
export function readCaps(node: Node | undefined, problems: Problems): readonly Cap[] {
  return oneOrMore(node).flatMap((item) => readCap(item, problems) ?? []);
}

function readCap(node: Node, problems: Problems): Cap | undefined {
  const text = readText(node, 'a cap such as "1 per 1 day"', problems);
  if (text === undefined) return undefined;
  const [, digits, length = ''] = /^(\d+) +per +(.+)$/.exec(text) ?? [];
  if (digits === undefined) return problems.error(node.at, `expected a cap such as "1 per 1 day", got "${text}"`);
  const messages = Number(digits);
  if (messages < 1 || !Number.isSafeInteger(messages))
    return problems.error(node.at, `expected at least 1 message in a cap, got "${text}"`);
  const per = readLength(length, digits, node, problems);
  return per && { messages, per };
}

function readLength(length: string, messages: string, node: Node, problems: Problems): Duration | undefined {
  const per = parseDuration(length);
  const one = per === undefined ? parseDuration(`1 ${length}`) : undefined;
  if (one !== undefined)
    return problems.error(node.at, `"${length}" is no duration; did you mean "${messages} per ${printDuration(one)}"?`);
  if (per === undefined) return problems.error(node.at, parseDurationProblem(length) ?? `"${length}" is no duration`);
  if (!per.unit.startsWith('working')) return per;
  return problems.error(node.at, `a cap counts over days and hours as they pass, not over "${length}"; write "1 day"`);
}
