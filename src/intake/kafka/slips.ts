import type { MessagePlace } from './decode-message.js';
import type { KafkaObserver } from './kafka-observer.js';

/** So many different ones are remembered; then they are told anew. */
const REMEMBERED = 1_000;

/** What looks like a slip of the pen in events that are taken all the same. A producer's slip is in all of its events: each is told once. */
export class Slips {
  readonly #told = new Set<string>();

  constructor(private readonly observer: Pick<KafkaObserver, 'log'>) {}

  /** `at`: the first event that has it. */
  tell(slips: readonly string[], at: MessagePlace): void {
    for (const slip of slips)
      if (this.#isNew(slip)) this.observer.log('warn', `an event was taken with ${slip}`, { ...at });
  }

  #isNew(slip: string): boolean {
    const kind = kindOf(slip);
    if (this.#told.has(kind)) return false;
    if (this.#told.size >= REMEMBERED) this.#told.clear();
    this.#told.add(kind);
    return true;
  }
}

/** A phone number is another in each event. */
function kindOf(slip: string): string {
  return slip.startsWith('phone ') ? 'phone' : slip;
}
