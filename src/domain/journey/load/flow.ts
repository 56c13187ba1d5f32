import type { Field } from '../../expression/kind.js';
import { own } from '../../expression/own.js';
import { mergeKinds } from './merge-kinds.js';
import { present } from './present.js';

/** The names that expressions and templates may use at a place, and those of their paths that are there for certain. */
export interface Flow {
  readonly names: Readonly<Record<string, Field>>;
  readonly known: ReadonlySet<string>;
}

/** What is known at the end of some steps, and whether every way through them stops. */
export interface Way {
  readonly flow: Flow;
  readonly ended: boolean;
}

/** Where the ways that do not stop meet. */
export function joiningWays(ways: readonly Way[], before: Flow): Way {
  const open = ways.filter(({ ended }) => !ended).map(({ flow }) => flow);
  return { flow: joining(open, before), ended: open.length === 0 };
}

/** Below a guard: what it knows is there, and so is everything on the way to it. */
export function knowing(flow: Flow, paths: Iterable<string>): Flow {
  const known = new Set(flow.known);
  for (const path of paths) {
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) known.add(path.slice(0, dot));
    known.add(path);
  }
  return { names: flow.names, known };
}

/** With a name that may have been saved; `knowing` it is another question. */
export function declaring(flow: Flow, name: string, field: Field): Flow {
  return { names: { ...flow.names, [name]: { ...field, optional: true } }, known: flow.known };
}

/** Below a guard that cannot be read: nothing is told of what it may have made sure of. */
export function doubting({ names, known }: Flow): Flow {
  const doubted = Object.entries(names).map(
    ([name, { kind }]) => [name, { kind: present(kind), optional: false }] as const,
  );
  return { names: Object.fromEntries(doubted), known };
}

/** Past what stands below it: the names that it saved, and all else as it was before. */
export function trusting(flow: Flow, before: Flow): Flow {
  return { names: { ...flow.names, ...before.names }, known: before.known };
}

/** A step that begins forgets its own `save_as` names. */
export function forgetting(flow: Flow, names: ReadonlySet<string>): Flow {
  const known = [...flow.known].filter((path) => !names.has(path.split('.')[0] ?? ''));
  return { names: flow.names, known: new Set(known) };
}

/** Where several ways meet: every name of each, and what all of them know. */
export function joining(flows: readonly Flow[], otherwise: Flow): Flow {
  const [first, ...rest] = flows;
  if (first === undefined) return otherwise;
  return rest.reduce(joinTwo, first);
}

function joinTwo(a: Flow, b: Flow): Flow {
  const known = [...a.known].filter((path) => b.known.has(path));
  return { names: mergeNames(a.names, b.names), known: new Set(known) };
}

/** A name that holds one thing here and another there holds what both have in common for certain. */
export function mergeNames(a: Flow['names'], b: Flow['names']): Flow['names'] {
  const merged: Record<string, Field> = { ...a };
  for (const [name, field] of Object.entries(b)) merged[name] = mergeFields(own(a, name), field);
  return merged;
}

function mergeFields(a: Field | undefined, b: Field): Field {
  if (a === undefined || a === b) return b;
  return { kind: mergeKinds(a.kind, b.kind), optional: a.optional || b.optional };
}
