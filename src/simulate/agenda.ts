import type { Instant } from '../domain/time/instant.js';
import { compareText } from '../domain/yaml/problems.js';

/** What falls due at one instant, in its order (journey-semantics, 1). Events stand between the first two. */
export const ranks = { expiry: 0, timer: 1, start: 2 } as const;

export interface Item {
  readonly at: Instant;
  readonly kind: keyof typeof ranks;
  /** Of one instant and kind by journey, then by customer. */
  readonly journey: string;
  readonly customer: string;
}

/**
 * Whatever is due, the first at the head: a heap of four below each, so that it is half as deep as one of two and what is
 * compared lies side by side. What has moved is simply added again; the reader tells.
 */
export class Agenda<T extends Item> {
  private readonly heap: T[] = [];
  /** Their instants beside them: most comparisons then need not go to the items, of which there are many. */
  private readonly instants: Instant[] = [];

  add(item: T): void {
    let place = this.heap.length;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      const above = this.heap[parent];
      if (above === undefined || !this.goesBefore(item, above, parent)) break;
      this.put(place, above);
      place = parent;
    }
    this.put(place, item);
  }

  get first(): T | undefined {
    return this.heap[0];
  }

  take(): T | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    this.instants.pop();
    if (last !== undefined && this.heap.length > 0) this.sink(last);
    return first;
  }

  /** From the head downwards. */
  private sink(item: T): void {
    let place = 0;
    for (;;) {
      const child = this.firstBelow(place);
      const below = this.heap[child];
      if (below === undefined || this.goesBefore(item, below, child)) break;
      this.put(place, below);
      place = child;
    }
    this.put(place, item);
  }

  private firstBelow(place: number): number {
    const { instants } = this;
    let first = 4 * place + 1;
    const end = Math.min(first + 4, instants.length);
    for (let child = first + 1; child < end; child += 1) {
      const [at, best] = [instants[child] ?? Infinity, instants[first] ?? Infinity];
      if (at < best || (at === best && this.isBefore(child, first))) first = child;
    }
    return first;
  }

  private isBefore(one: number, other: number): boolean {
    const [a, b] = [this.heap[one], this.heap[other]];
    return a !== undefined && b !== undefined && isBefore(a, b);
  }

  private goesBefore(item: T, other: T, place: number): boolean {
    const at = this.instants[place];
    return at !== undefined && item.at !== at ? item.at < at : isBefore(item, other);
  }

  private put(place: number, item: T): void {
    this.heap[place] = item;
    this.instants[place] = item.at;
  }
}

/** Of one instant. */
function isBefore(a: Item, b: Item): boolean {
  if (a.kind !== b.kind) return ranks[a.kind] < ranks[b.kind];
  return (compareText(a.journey, b.journey) || compareText(a.customer, b.customer)) < 0;
}
