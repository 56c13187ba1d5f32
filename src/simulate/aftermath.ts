import type { Called, Emitted, Queue } from '../domain/journey/decision.js';
import { movedCall, movedMessage } from '../domain/merging/moved-enrolment.js';
import type { Chain } from './chain.js';
import type { SimulatedCustomer } from './simulated-customer.js';

/** What leaves Peyk: it is heard of when all that journeys tell each other of the same event is decided. */
export interface Leaving {
  readonly customer: SimulatedCustomer;
  readonly effect: Queue | Called;
  readonly chain: Chain;
}

/** For another customer than the one of whom it was decided. */
export interface Passed {
  readonly effect: Emitted;
  readonly chain: Chain;
}

/**
 * What one event, timer or start leads to at once, in the order of serving: what journeys emit to the same customer right after
 * the decision that emitted it, what they emit to others behind that, and behind all of it what leaves, in the order decided.
 */
export class Aftermath {
  private readonly passed: Passed[] = [];
  private readonly leaving: Leaving[] = [];

  pass(passed: Passed): void {
    this.passed.push(passed);
  }

  leave(leaving: Leaving): void {
    this.leaving.push(leaving);
  }

  /** What is passed on meanwhile comes behind. */
  *allPassed(): Generator<Passed> {
    for (let next = this.passed.shift(); next !== undefined; next = this.passed.shift()) yield next;
  }

  get left(): readonly Leaving[] {
    return this.leaving;
  }
}

/** Its customer may have been merged before it leaves. */
export function asOfNow(leaving: Leaving): Leaving {
  const { gone } = leaving.customer;
  if (gone === undefined) return leaving;
  const { into, by } = gone;
  const { effect } = leaving;
  const moved = effect.kind === 'queue' ? movedMessage(effect, into.id, by) : movedCall(effect, by);
  return asOfNow({ ...leaving, customer: into, effect: moved });
}
