import type { Json } from '../json.js';
import type { HistoryEvent, Tie } from './scope.js';

/** A value that ties compares as text, whole numbers in decimal; undefined where it can tie nothing. */
export function tieText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** What an event has at a path, as a tie compares it. */
export function tieAt(path: readonly string[], data: HistoryEvent['data']): string | undefined {
  const [only] = path;
  if (path.length === 1 && only !== undefined) return Object.hasOwn(data, only) ? tieText(data[only]) : undefined;
  let value: Json | undefined = data;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return tieText(value);
}

export function isTied(event: HistoryEvent, tie: Tie | undefined): boolean {
  return tie === undefined || tieAt(tie.path, event.data) === tie.value;
}
