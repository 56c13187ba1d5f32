import { nearest } from '../did-you-mean.js';
import type { Checking } from './checking.js';
import { isItems } from './equal.js';
import type { Value } from './expression.js';
import type { Among } from './kind.js';
import type { Node, Place } from './node.js';
import { broken, type Typed } from './typed.js';

/** A value beside a constant that it can never be (an answer that the question does not take) is told; `broken` then, unless it was kept so. */
export function refuseImpossible(left: Typed, right: Typed, node: Place, checking: Checking): Typed | undefined {
  const [typed, constant] = right.constant === undefined ? [right, left.constant] : [left, right.constant];
  const told = constant && impossible(typed, constant.value);
  return told === undefined ? undefined : refused(node, told, checking);
}

/** The same for each item of a list that is written out. */
export function refuseImpossibleItems(typed: Typed, list: Typed, node: Node, checking: Checking): Typed | undefined {
  const values = list.constant?.value;
  if (!isItems(values)) return undefined;
  const told = values.map((value, index) => {
    const message = impossible(typed, value);
    const place = node.op === 'list' ? (node.items[index] ?? node) : node;
    return message === undefined ? undefined : refused(place, message, checking);
  });
  return told.includes(broken) ? broken : undefined;
}

/** It has a meaning all the same: it is never true. */
function refused(place: Place, message: string, checking: Checking): Typed | undefined {
  if (checking.environment.kept !== true) return checking.error(place, message);
  checking.warning(place, message);
  return undefined;
}

function impossible({ kind, path }: Typed, value: Value): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const among = 'among' in kind ? kind.among : undefined;
  if (among === undefined || holds(among, value)) return undefined;
  const name = path === undefined || path.startsWith('#') ? 'this' : `"${path}"`;
  return `${name} is never ${typeof value === 'string' ? `"${value}"` : String(value)}${remedy(among, value)}`;
}

function holds(among: Among, value: string | number): boolean {
  if (!('from' in among)) return typeof value !== 'string' || among.includes(value);
  return typeof value !== 'number' || (Number.isInteger(value) && value >= among.from && value <= among.to);
}

function remedy(among: Among, value: string | number): string {
  if ('from' in among) return `; it is a whole number from ${String(among.from)} to ${String(among.to)}`;
  const near = typeof value === 'string' ? nearest(value, among) : undefined;
  return near === undefined ? `; it is one of ${among.join(', ')}` : `; did you mean "${near}"?`;
}
