import { setMaxListeners } from 'node:events';
import type { Channel, ManyAtOnce, SendResult } from '../channels/channel.js';
import type { ChannelHealth } from './channel-health.js';
import type { Claimed } from './claimed.js';
import type { CallsAgain } from './calls-again.js';
import type { Courier, Delivery } from './courier.js';
import type { HandOver } from './hand-over.js';
import type { SenderObserver } from './ports.js';
import type { Settler } from './settler.js';

export interface DeliveriesParts {
  readonly health: ChannelHealth;
  readonly courier: Courier;
  readonly callsAgain: CallsAgain;
  readonly settler: Settler;
  readonly observer: SenderObserver;
  readonly handOver: HandOver;
  /** Whether it sends in the place of another provider of its channel. */
  readonly standsIn: () => boolean;
}

/** Takes messages to one provider, and settles them by its answers. */
export class Deliveries {
  private readonly abortion = new AbortController();

  constructor(
    private readonly channel: Channel,
    private readonly parts: DeliveriesParts,
  ) {
    // Each call under way listens to it; more than ten is no leak.
    setMaxListeners(0, this.abortion.signal);
  }

  /** One call. Gives what it was refused for as a whole: it is to be sent in smaller ones. */
  async make(messages: readonly Claimed[]): Promise<readonly Claimed[]> {
    const { many } = this.channel;
    const those = await this.thoseThatMay(messages);
    const [first] = those;
    if (many !== undefined && those.length > 1) return this.makeTogether(many, those);
    if (first !== undefined) await this.makeOne(first);
    return [];
  }

  /** Nothing was called for. */
  giveBack(message: Claimed): void {
    this.settle(message, { settlement: { kind: 'untouched' } });
  }

  /** Aborts what its channel has not written yet. */
  abort(): void {
    this.abortion.abort();
  }

  /** What a call was refused for is tested once more before the next. */
  private async thoseThatMay(messages: readonly Claimed[]): Promise<readonly Claimed[]> {
    const may = await this.parts.callsAgain.stillMay(messages);
    for (const message of messages) if (!may.includes(message)) this.giveBack(message);
    return may;
  }

  private async makeOne(message: Claimed): Promise<void> {
    const { courier, health } = this.parts;
    const delivery = await courier.deliver(this.channel, message, this.abortion.signal, (late) => {
      this.settleLate(message, late);
    });
    if (delivery.result !== undefined) health.heardOf(delivery.result, message.probe);
    await this.finish(message, delivery);
  }

  private async makeTogether(many: ManyAtOnce, messages: readonly Claimed[]): Promise<readonly Claimed[]> {
    const { courier, health } = this.parts;
    const { signal } = this.abortion;
    const { deliveries, refused } = await courier.deliverTogether(
      this.channel,
      many,
      messages,
      signal,
      (message, late) => {
        this.settleLate(message, late);
      },
    );
    const result = tellingOf([...deliveries.values()]);
    if (result !== undefined) health.heardOf(result, false);
    await Promise.all([...deliveries].map(([message, delivery]) => this.finish(message, delivery)));
    this.parts.callsAgain.refused(refused);
    return refused;
  }

  private async finish(message: Claimed, delivery: Delivery): Promise<void> {
    const { result } = delivery;
    // What is bound to its provider goes to no other: there it would be tried for ever.
    const mayGoElsewhere = result?.kind === 'rejected' && result.elsewhere === true && message.bound !== true;
    if (mayGoElsewhere) await this.passOn(message, delivery, result.reason);
    else this.settle(message, delivery);
  }

  /**
   * Another provider of the channel may take its address: the next one, or the one that this one stands in for. While that one is
   * down the message waits, as those of a channel that is down do; it may have been that one's before.
   */
  private async passOn(message: Claimed, delivery: Delivery, reason: string): Promise<void> {
    const { handOver, courier, standsIn } = this.parts;
    switch (handOver.outlook) {
      case 'now':
        if (!(await handOver.give(message))) this.giveBack(message);
        return;
      case 'later':
        this.settle(message, courier.tryLater(message, reason));
        return;
      case 'never':
        this.settle(message, standsIn() ? courier.tryLater(message, reason) : delivery);
    }
  }

  private settleLate(message: Claimed, delivery: Delivery): void {
    if (delivery.settlement.kind === 'sent') this.settle(message, delivery);
  }

  private settle(message: Claimed, { settlement }: Delivery): void {
    const { channel, provider } = message;
    if (settlement.kind === 'in_doubt') this.parts.observer.inDoubt(channel, provider, 1);
    this.parts.settler.add({ message, lease: message.lease.token, settlement });
  }
}

/** One call, whatever became of each message: somebody's yes tells that the provider is well. */
function tellingOf(deliveries: readonly Delivery[]): SendResult | undefined {
  const results = deliveries.flatMap(({ result }) => result ?? []);
  return results.find(({ kind }) => kind === 'accepted') ?? results[0];
}
