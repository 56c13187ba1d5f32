import type { Budget } from './budget.js';
import type { Value } from './expression.js';
import { own } from './own.js';

type Items = readonly Value[];
type Fields = Readonly<Record<string, Value>>;

/** Whether two values are the same, item by item; inside them absent, null and unknown are one thing. */
export function areEqual(left: Value, right: Value, budget: Budget): boolean {
  const [a, b] = [left ?? undefined, right ?? undefined];
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  budget.spend(1);
  if (isItems(a) || isItems(b)) return isItems(a) && isItems(b) && areEqualLists(a, b, budget);
  return areEqualRecords(a, b, budget);
}

export function isItems(value: Value): value is Items {
  return Array.isArray(value);
}

export function isFields(value: Value): value is Fields {
  return typeof value === 'object' && (value as unknown) !== null && !Array.isArray(value);
}

function areEqualLists(left: Items, right: Items, budget: Budget): boolean {
  return left.length === right.length && left.every((item, index) => areEqual(item, right[index], budget));
}

function areEqualRecords(left: Fields, right: Fields, budget: Budget): boolean {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  budget.spend(names.size);
  for (const name of names) if (!areEqual(own(left, name), own(right, name), budget)) return false;
  return true;
}
