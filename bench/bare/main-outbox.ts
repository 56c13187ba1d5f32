import { CALLS_AT_ONCE, type BareProvider } from './main-provider.js';
import type { BareMessage, BareStore } from './main-store.js';

const SETTLED_AT_ONCE = 500;
/** What does not fill a batch is settled after this. */
const SETTLE_MS = 50;

type Sent = Parameters<BareStore['settle']>[0][number];

/** Messages in memory: so many calls at once, outcomes written in batches. */
export class BareOutbox {
  #waiting: BareMessage[] = [];
  #next = 0;
  #underWay = 0;
  #sent: Sent[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly provider: BareProvider,
    private readonly store: BareStore,
  ) {}

  queue(messages: readonly BareMessage[]): void {
    this.#waiting = [...this.#waiting.slice(this.#next), ...messages];
    this.#next = 0;
    this.#advance();
  }

  #advance(): void {
    while (this.#underWay < CALLS_AT_ONCE) {
      const message = this.#waiting[this.#next];
      if (message === undefined) return;
      this.#next += 1;
      void this.#send(message);
    }
  }

  async #send(message: BareMessage): Promise<void> {
    this.#underWay += 1;
    const { providerId, cost } = await this.provider.send(message);
    this.#underWay -= 1;
    this.#sent.push({ id: message.id, providerId, cost });
    if (this.#sent.length >= SETTLED_AT_ONCE) this.#settle();
    else
      this.#timer ??= setTimeout(() => {
        this.#settle();
      }, SETTLE_MS);
    this.#advance();
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.store.settle(this.#sent.splice(0));
  }
}
