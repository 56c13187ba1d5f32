import { parseMoney } from '../../policy/money.js';
import { parseDuration, parseDurationProblem, type Duration } from '../../time/duration.js';
import type { Node } from '../../yaml/node.js';
import type { Problems } from '../../yaml/problems.js';
import { readMap, readText } from '../../yaml/read.js';
import type { Limits } from '../journey.js';

interface Limited {
  readonly amount: number;
  /** Undefined: over the journey's life. */
  readonly per: Duration | undefined;
}

/** `{ entries: 5000 per 1 day, credit: 50000000 toman }`. */
export function readLimits(node: Node | undefined, problems: Problems): Limits {
  const fields = node && readMap(node, { what: 'limits', keys: ['entries', 'credit'] }, problems);
  const entries = readOne(fields?.get('entries'), 'a number of entries such as "5000 per 1 day"', parseCount, problems);
  const credit = readOne(fields?.get('credit'), 'money with its unit such as "50000000 toman"', parseMoney, problems);
  return { ...(entries && { entries }), ...(credit && { credit }) };
}

function readOne(
  node: Node | undefined,
  what: string,
  parse: (text: string) => number | undefined,
  problems: Problems,
): Limited | undefined {
  const text = readText(node, what, problems);
  if (node === undefined || text === undefined) return undefined;
  const [limit = '', length, ...others] = text.split(/ +per +/);
  const amount = parse(limit);
  if (amount === undefined || others.length > 0) return problems.error(node.at, `expected ${what}, got "${text}"`);
  if (length === undefined) return { amount, per: undefined };
  const per = parseDuration(length);
  if (per !== undefined) return { amount, per };
  return problems.error(node.at, parseDurationProblem(length) ?? `"${length}" is no duration`);
}

function parseCount(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
