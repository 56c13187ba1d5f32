import type { Channel, Outgoing, SendResult } from '../channels/channel.js';
import { reach } from '../crash-points.js';
import { prepare, type Claimed } from './claimed.js';
import type { Composer, SenderObserver } from './ports.js';
import type { DatabaseClock, SenderClock } from './sender-clock.js';
import { rejected, settlementOf, type Settlement } from './settlement.js';
import type { SenderSettings } from './settings.js';

/** `result`: the provider's answer, where it was called. */
export interface Delivery {
  readonly settlement: Settlement;
  readonly result?: SendResult;
}

/** Beyond a channel's own time-out: it should have answered by itself. */
const GRACE_MS = 1_000;

/** Takes one message to its provider. */
export class Courier {
  constructor(
    private readonly settings: SenderSettings,
    private readonly clock: SenderClock,
    private readonly databaseClock: DatabaseClock,
    private readonly composer: Composer,
    private readonly observer: SenderObserver,
  ) {}

  /** Never throws. `late` hears an answer that came after it was given up. */
  async deliver(
    channel: Channel,
    message: Claimed,
    signal: AbortSignal,
    late: (delivery: Delivery) => void,
  ): Promise<Delivery> {
    const prepared = await prepare(message, this.composer);
    if (prepared.kind === 'unsendable') return { settlement: rejected(message, prepared.reason) };
    if (prepared.kind === 'not_now') return this.later(message, prepared.reason);
    // A process that was stopped, or a machine that slept, may wake up long after its lease.
    if (message.lease.timeLeft() <= this.settings.callTimeoutMs) return { settlement: { kind: 'untouched' } };
    const startedAt = this.databaseClock.now();
    const began = this.clock.monotonic();
    const deliveryOf = (result: SendResult): Delivery => ({
      result,
      settlement: settlementOf(message, result, { startedAt, now: this.databaseClock.now() }, this.settings),
    });
    const result = await this.call(channel, prepared.outgoing, signal, (answer) => {
      late(deliveryOf(answer));
    });
    this.observer.sent(message, result, (this.clock.monotonic() - began) / 1_000);
    return deliveryOf(result);
  }

  private later(message: Claimed, reason: string): Delivery {
    this.observer.trouble('compose', new Error(reason));
    const now = this.databaseClock.now();
    return { settlement: settlementOf(message, { kind: 'retry', reason }, { startedAt: now, now }, this.settings) };
  }

  /** A channel that keeps its contract ends by itself; one that does not must not keep a slot for ever. */
  private async call(
    channel: Channel,
    outgoing: Outgoing,
    signal: AbortSignal,
    late: (result: SendResult) => void,
  ): Promise<SendResult> {
    return new Promise((resolve) => {
      let givenUp = false;
      const timer = setTimeout(() => {
        givenUp = true;
        resolve({ kind: 'unknown', reason: 'no_answer' });
      }, this.settings.callTimeoutMs + GRACE_MS);
      reach('call.made');
      void guarded(channel, outgoing, signal).then((result) => {
        reach('call.answered');
        clearTimeout(timer);
        if (givenUp) late(result);
        else resolve(result);
      });
    });
  }
}

/** Whatever is thrown says nothing of whether the provider has the message. */
async function guarded(channel: Channel, outgoing: Outgoing, signal: AbortSignal): Promise<SendResult> {
  try {
    return await channel.send(outgoing, signal);
  } catch (error) {
    return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
  }
}
