import type { Run, Typed } from './typed.js';

/** Whether a value is there. A record or list is, whatever lies in it; it need not be taken apart for that. */
export function presenceOf({ kind, run, json }: Typed): Run {
  if (json !== undefined && kind.kind === 'record') {
    return (scope) => {
      const value = json(scope);
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    };
  }
  if (json !== undefined && kind.kind === 'list') return (scope) => Array.isArray(json(scope));
  return (scope) => run(scope) !== undefined;
}
