import type { Position } from '../../problem.js';
import type { Node } from '../../yaml/node.js';
import type { Problems } from '../../yaml/problems.js';
import { stepKeys } from './main-keys.js';

/** The step ids of one journey (semantics 3): given ones, and stable ones for the rest, in reading order. */
export class StepIds {
  private readonly taken = new Map<string, Position>();
  private readonly order: string[] = [];

  /** `given`: the ids that the file gives, wherever they stand; none of the made ones may be one of them. */
  constructor(
    private readonly given: ReadonlySet<string>,
    private readonly problems: Problems,
    /** Whether people are moved to new versions by these ids. */
    private readonly moves = false,
  ) {}

  /** An id that stands in the file. */
  take(id: string, at: Position): string {
    const first = this.taken.get(id);
    if (first !== undefined)
      this.problems.error(at, `the id "${id}" is taken by the step in line ${String(first.line)}`);
    return this.enter(id, at);
  }

  /** The id of a step without one: `send-<template>`, and for the second of its kind `send-<template>-2`. */
  make(base: string, at: Position): string {
    const slug = base.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    let id = slug;
    for (let repeat = 2; this.given.has(id) || this.taken.has(id); repeat += 1) id = `${slug}-${String(repeat)}`;
    if (id !== slug && this.moves) this.problems.warning(at, shifting(id));
    return this.enter(id, at);
  }

  /** All of them, in reading order. */
  get all(): readonly string[] {
    return this.order;
  }

  private enter(id: string, at: Position): string {
    this.taken.set(id, at);
    this.order.push(id);
    return id;
  }
}

function shifting(id: string): string {
  return `this step is "${id}" only by its place, which on_change: move goes by; give it an id of its own`;
}

/** The ids that steps are given, however deep. */
export function givenIds(node: Node, found = new Set<string>()): ReadonlySet<string> {
  if (node.kind === 'list') for (const item of node.items) givenIds(item, found);
  if (node.kind !== 'map') return found;
  const isStep = node.entries.some(({ key }) => stepKeys.includes(key));
  for (const { key, value } of node.entries) {
    if (isStep && key === 'id' && value.kind === 'scalar') found.add(value.text);
    if (!data.has(key)) givenIds(value, found);
  }
  return found;
}

/** What is no part of the language's own, and may have an id of its own. */
const data: ReadonlySet<string> = new Set(['with', 'data', 'body', 'set', 'answers']);
