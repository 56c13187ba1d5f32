import type { Instant } from '../domain/time/instant.js';
import { compareText } from '../domain/yaml/problems.js';

interface Timer {
  readonly at: Instant;
  readonly customer: string;
}

/** Customers by when their next timer falls due; a customer whose timer has moved is simply added again. */
export class TimerQueue {
  private readonly heap: Timer[] = [];

  add(at: Instant, customer: string): void {
    this.heap.push({ at, customer });
    let place = this.heap.length - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.swapIfBefore(place, parent)) return;
      place = parent;
    }
  }

  get first(): Timer | undefined {
    return this.heap[0];
  }

  take(): Timer | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (first === undefined || last === undefined || this.heap.length === 0) return first;
    this.heap[0] = last;
    this.sink();
    return first;
  }

  private sink(): void {
    for (let place = 0; ;) {
      const left = 2 * place + 1;
      const child = this.isBefore(left + 1, left) ? left + 1 : left;
      if (!this.swapIfBefore(child, place)) return;
      place = child;
    }
  }

  private swapIfBefore(a: number, b: number): boolean {
    const [one, other] = [this.heap[a], this.heap[b]];
    if (one === undefined || other === undefined || !this.isBefore(a, b)) return false;
    this.heap[a] = other;
    this.heap[b] = one;
    return true;
  }

  private isBefore(a: number, b: number): boolean {
    const [one, other] = [this.heap[a], this.heap[b]];
    if (one === undefined || other === undefined) return false;
    return one.at !== other.at ? one.at < other.at : compareText(one.customer, other.customer) < 0;
  }
}
