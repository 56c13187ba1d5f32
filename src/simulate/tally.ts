import type { Trace } from '../domain/journey/decision.js';
import type { Instant } from '../domain/time/instant.js';

/** Sums over time of what journeys do, for the windows that their `limits` name. */
export class Tally {
  private readonly entered = new Map<string, RunningSum>();
  private readonly given = new Map<string, RunningSum>();

  /** Lines come in the order decided. */
  note(line: Trace): void {
    if (line.kind === 'entered') sumOf(this.entered, line.journey).add(line.at, 1);
    if (line.kind === 'granted') sumOf(this.given, line.journey).add(line.at, line.amount ?? 0);
  }

  entries(journey: string, from: Instant | undefined, to: Instant): number {
    return this.entered.get(journey)?.within(from, to) ?? 0;
  }

  granted(journey: string, from: Instant | undefined, to: Instant): number {
    return this.given.get(journey)?.within(from, to) ?? 0;
  }
}

function sumOf(sums: Map<string, RunningSum>, journey: string): RunningSum {
  let sum = sums.get(journey);
  if (sum === undefined) sums.set(journey, (sum = new RunningSum()));
  return sum;
}

class RunningSum {
  private readonly instants: Instant[] = [];
  private readonly totals: number[] = [];

  add(at: Instant, amount: number): void {
    this.instants.push(at);
    this.totals.push((this.totals.at(-1) ?? 0) + amount);
  }

  /** In (from, to]. */
  within(from: Instant | undefined, to: Instant): number {
    return this.until(to) - (from === undefined ? 0 : this.until(from));
  }

  private until(instant: Instant): number {
    let [low, high] = [0, this.instants.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.instants[middle] ?? Infinity) <= instant) low = middle + 1;
      else high = middle;
    }
    return this.totals[low - 1] ?? 0;
  }
}
