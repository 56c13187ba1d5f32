import type { Channel, ManyAtOnce, Outgoing, SendResult } from '../channels/channel.js';
import { reach } from '../crash-points.js';
import type { Instant } from '../domain/time/instant.js';
import { prepare, type Claimed, type Prepared } from './claimed.js';
import type { Composer, SenderObserver } from './ports.js';
import type { DatabaseClock, SenderClock } from './sender-clock.js';
import { rejected, settlementOf, type Settlement } from './settlement.js';
import type { SenderSettings } from './settings.js';

/** `result`: the provider's answer, where it was called. */
export interface Delivery {
  readonly settlement: Settlement;
  readonly result?: SendResult;
}

export interface DeliveredTogether {
  readonly deliveries: ReadonlyMap<Claimed, Delivery>;
  /** The call was refused as a whole: the cause may lie with one of these. */
  readonly refused: readonly Claimed[];
}

type Ready = Extract<Prepared, { kind: 'ready' }> | { readonly kind: 'over'; readonly delivery: Delivery };
/** When a call began, by the database's clock and by one that only goes forward. */
interface Call {
  readonly startedAt: Instant;
  readonly began: number;
}
type ResultOf = (id: number) => SendResult;

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
    const ready = await this.ready(message);
    if (ready.kind === 'over') return ready.delivery;
    const call = this.begin();
    const result = await this.call(
      () => guarded(channel, ready.outgoing, signal),
      { kind: 'unknown', reason: 'no_answer' },
      (answer) => {
        late(this.deliveryOf(channel, message, answer, call));
      },
    );
    this.observer.sent(message, result, this.seconds(call));
    return this.deliveryOf(channel, message, result, call);
  }

  /** One call for messages of one text. Never throws. */
  async deliverTogether(
    channel: Channel,
    many: ManyAtOnce,
    messages: readonly Claimed[],
    signal: AbortSignal,
    late: (message: Claimed, delivery: Delivery) => void,
  ): Promise<DeliveredTogether> {
    const { deliveries, toSend } = await this.readyOf(messages);
    if (toSend.size === 0) return { deliveries, refused: [] };
    const call = this.begin();
    const results = await this.call<ResultOf | undefined>(
      () => guardedMany(many, [...toSend.values()], signal),
      () => ({ kind: 'unknown', reason: 'no_answer' }),
      (resultOf) => {
        for (const message of toSend.keys())
          if (resultOf !== undefined) late(message, this.deliveryOf(channel, message, resultOf(message.id), call));
      },
    );
    if (results === undefined) return { deliveries, refused: [...toSend.keys()] };
    for (const message of toSend.keys()) {
      const result = results(message.id);
      this.observer.sent(message, result, this.seconds(call));
      deliveries.set(message, this.deliveryOf(channel, message, result, call));
    }
    return { deliveries, refused: [] };
  }

  private async readyOf(messages: readonly Claimed[]): Promise<{
    readonly deliveries: Map<Claimed, Delivery>;
    readonly toSend: ReadonlyMap<Claimed, Outgoing>;
  }> {
    const deliveries = new Map<Claimed, Delivery>();
    const toSend = new Map<Claimed, Outgoing>();
    for (const message of messages) {
      const ready = await this.ready(message);
      if (ready.kind === 'over') deliveries.set(message, ready.delivery);
      else toSend.set(message, ready.outgoing);
    }
    return { deliveries, toSend };
  }

  /** What may leave now, or what becomes of it without a call. */
  private async ready(message: Claimed): Promise<Ready> {
    const prepared = await prepare(message, this.composer);
    switch (prepared.kind) {
      case 'unsendable':
        return { kind: 'over', delivery: { settlement: rejected(message, prepared.reason) } };
      case 'not_now':
        return { kind: 'over', delivery: this.later(message, prepared.reason) };
      case 'ready':
        return this.mayLeave(message) ? prepared : { kind: 'over', delivery: { settlement: { kind: 'untouched' } } };
    }
  }

  private mayLeave({ lease, leaveBy }: Claimed): boolean {
    // A process that was stopped, or a machine that slept, may wake up long after its lease.
    if (lease.timeLeft() <= this.settings.callTimeoutMs) return false;
    // Quiet hours may begin while it waits its turn here.
    return leaveBy === undefined || leaveBy > this.databaseClock.now();
  }

  private begin(): Call {
    return { startedAt: this.databaseClock.now(), began: this.clock.monotonic() };
  }

  private seconds({ began }: Call): number {
    return (this.clock.monotonic() - began) / 1_000;
  }

  private deliveryOf(channel: Channel, message: Claimed, result: SendResult, { startedAt }: Call): Delivery {
    const attempt = { startedAt, now: this.databaseClock.now(), canBeAsked: channel.lookup !== undefined };
    return { result, settlement: settlementOf(message, result, attempt, this.settings) };
  }

  private later(message: Claimed, reason: string): Delivery {
    this.observer.trouble('compose', new Error(reason));
    return this.tryLater(message, reason);
  }

  /** Nothing was called for, and later it may go. */
  tryLater(message: Claimed, reason: string): Delivery {
    const now = this.databaseClock.now();
    const attempt = { startedAt: now, now, canBeAsked: false };
    return { settlement: settlementOf(message, { kind: 'retry', reason }, attempt, this.settings) };
  }

  /** A channel that keeps its contract ends by itself; one that does not must not keep a slot for ever. */
  private async call<Answer>(
    made: () => Promise<Answer>,
    givenUp: Answer,
    late: (answer: Answer) => void,
  ): Promise<Answer> {
    return new Promise((resolve) => {
      let isGivenUp = false;
      const timer = setTimeout(() => {
        isGivenUp = true;
        resolve(givenUp);
      }, this.settings.callTimeoutMs + GRACE_MS);
      reach('call.made');
      void made().then((answer) => {
        reach('call.answered');
        clearTimeout(timer);
        if (isGivenUp) late(answer);
        else resolve(answer);
      });
    });
  }
}

/** Whatever is thrown says nothing of whether the provider has the message. */
async function guarded(channel: Channel, outgoing: Outgoing, signal: AbortSignal): Promise<SendResult> {
  try {
    return await channel.send(outgoing, signal);
  } catch (error) {
    return unknownAfter(error);
  }
}

async function guardedMany(
  many: ManyAtOnce,
  messages: readonly Outgoing[],
  signal: AbortSignal,
): Promise<ResultOf | undefined> {
  try {
    const results = await many.send(messages, signal);
    return results && ((id) => results.get(id) ?? { kind: 'unknown', reason: 'not_told' });
  } catch (error) {
    return () => unknownAfter(error);
  }
}

function unknownAfter(error: unknown): SendResult {
  return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
}
