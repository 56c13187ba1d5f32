import type { Called, Effect, Emitted, Queue } from '../domain/journey/decision.js';
import { mergeType } from '../domain/merging/merge-faults.js';
import type { Instant } from '../domain/time/instant.js';
import { Aftermath, asOfNow, type Leaving } from './aftermath.js';
import { emitted, further, mostEmits, type Chain } from './chain.js';
import type { SimulatedCustomer } from './simulated-customer.js';
import type { SimulatedEvent } from './simulation.js';

/** Who takes what decisions lead to. */
export interface ConsequenceHost {
  /** An event of a journey's own. */
  emit(event: SimulatedEvent, chain: Chain): void;
  deliver(customer: SimulatedCustomer, message: Queue, now: Instant, chain: Chain): void;
  answer(customer: SimulatedCustomer, call: Called, now: Instant, chain: Chain): void;
  warn(message: string): void;
}

/** What decisions lead to at once, in the order of serving. */
export class Consequences {
  /** Of the event, timer or start that is being decided. */
  private aftermath: Aftermath | undefined;

  constructor(private readonly host: ConsequenceHost) {}

  /** Lets them follow. */
  of(customer: SimulatedCustomer, effects: readonly Effect[], now: Instant, chain: Chain): void {
    // Most decisions change what is known, and lead to nothing.
    if (!effects.some(leads)) return;
    this.together(now, (aftermath) => {
      this.sort(customer, effects, now, further(chain), aftermath);
    });
  }

  /** With all that follows of it at once. */
  together(now: Instant, decide: (aftermath: Aftermath) => void): void {
    if (this.aftermath !== undefined) {
      decide(this.aftermath);
      return;
    }
    const aftermath = new Aftermath();
    this.aftermath = aftermath;
    decide(aftermath);
    for (const passed of aftermath.allPassed()) this.emit(passed.effect, now, passed.chain);
    this.aftermath = undefined;
    for (const leaving of aftermath.left) this.follow(asOfNow(leaving), now);
  }

  private sort(
    customer: SimulatedCustomer,
    effects: readonly Effect[],
    now: Instant,
    chain: Chain,
    aftermath: Aftermath,
  ): void {
    for (const effect of effects)
      if (effect.kind === 'queue' || effect.kind === 'called') aftermath.leave({ customer, effect, chain });
    for (const effect of effects) {
      if (effect.kind !== 'emitted') continue;
      // Whether two are one is decided by itself.
      if (effect.subject === customer.id && effect.type !== mergeType) this.emit(effect, now, emitted(chain));
      else aftermath.pass({ effect, chain: emitted(chain) });
    }
  }

  private follow({ customer, effect, chain }: Leaving, now: Instant): void {
    if (effect.kind === 'queue') this.host.deliver(customer, effect, now, chain);
    else this.host.answer(customer, effect, now, chain);
  }

  private emit({ id, source, type, subject, data }: Emitted, now: Instant, chain: Chain): void {
    if (chain.emits > mostEmits)
      this.host.warn(`a chain of more than ${String(mostEmits)} emits is cut: "${type}" (${id}) is not decided`);
    else this.host.emit({ id, source, type, customer: subject, time: now, arrival: now, data }, chain);
  }
}

function leads({ kind }: Effect): boolean {
  return kind === 'queue' || kind === 'called' || kind === 'emitted';
}
