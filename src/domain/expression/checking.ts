import type { Json } from '../json.js';
import type { Budget } from './budget.js';
import type { ExpressionEnvironment } from './environment.js';
import type { Value } from './expression.js';
import type { Kind } from './kind.js';
import type { Needs } from './needs.js';
import type { Node, Place } from './node.js';
import { readerOf } from './read.js';
import type { ReadJson, Run, Typed } from './typed.js';

/** One check of one expression: what the rules for operators and functions work with. */
export interface Checking {
  readonly environment: ExpressionEnvironment;
  readonly budget: Budget;
  check(node: Node, site: Site): Typed;
  /** Reports it, and gives what goes with everything. */
  error(place: Place, message: string): Typed;
  /** Reports what may be a slip; the expression goes. */
  warning(place: Place, message: string): void;
  /** What it asks for is noted here. */
  readonly needs: Needs;
  /** A path that no name can have, for a local variable. */
  newPath(): string;
}

/** What is special about the place of a part: what guards have made known, and the names of macros. */
export interface Site {
  readonly known: ReadonlySet<string>;
  readonly locals: ReadonlyMap<string, Local>;
  readonly insideHistoryCall: boolean;
}

/** A variable of a macro (`item`), or `past`. */
export interface Local {
  readonly kind: Kind;
  readonly path: string;
  readonly run: Run;
  readonly json?: ReadJson;
}

/** Where a loop puts the item in hand. */
export interface Cell<T> {
  value: T | undefined;
}

export function localOfJson(kind: Kind, path: string, cell: Cell<Json>): Local {
  const json = (): Json | undefined => cell.value;
  return { kind, path, json, run: readerOf(kind, json) };
}

export function localOfValue(kind: Kind, path: string, cell: Cell<Value>): Local {
  return { kind, path, run: () => cell.value };
}

export function withLocal(site: Site, name: string, local: Local): Site {
  return { ...site, locals: new Map(site.locals).set(name, local) };
}
