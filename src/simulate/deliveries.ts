import type { Queue, TraceDetail } from '../domain/journey/decision.js';
import { sentDetail } from '../domain/journey/steps/rendering.js';
import { movedMessage } from '../domain/merging/moved-enrolment.js';
import { addDuration } from '../domain/time/arithmetic.js';
import type { Instant } from '../domain/time/instant.js';
import type { Chain } from './chain.js';
import type { SimulatedCustomer } from './simulated-customer.js';
import type { SimulatedEvent, Simulation } from './simulation.js';

/** A message on its way through its channels. */
interface Delivery {
  message: Queue;
  readonly id: string;
  /** Its place among all messages. */
  readonly number: number;
  /** The number of the channel that is tried now. */
  channel: number;
  /** Some provider has taken it. */
  accepted: boolean;
}

/** At that instant the message's next channel is tried. */
export interface Fallback {
  readonly at: Instant;
  readonly delivery: Delivery;
  /** Whether the channel before it has been told of. */
  readonly told: boolean;
}

/** What becomes of messages goes back to the desk that sent them. */
export interface DeliveryHost {
  tell(message: Queue, now: Instant, detail: TraceDetail): void;
  /** A receipt is an event like any other. */
  receive(customer: SimulatedCustomer, event: SimulatedEvent, chain: Chain): void;
  finish(customer: SimulatedCustomer, now: Instant, chain: Chain): void;
}

/** Providers as a simulation has them: what they take they deliver, unless `channelResults` says otherwise. */
export class Deliveries {
  private count = 0;

  constructor(
    private readonly simulation: Pick<Simulation, 'channelResults' | 'workspace'>,
    private readonly host: DeliveryHost,
  ) {}

  /** Each channel is tried in its order until one does not fail. */
  deliver(customer: SimulatedCustomer, message: Queue, now: Instant, chain: Chain): void {
    this.count += 1;
    const number = this.count;
    const delivery = { message, id: `message-${String(number)}`, number, channel: 0, accepted: false };
    this.attempt(customer, delivery, now, chain);
  }

  /** The next channel, because of a failure now or a receipt that has not come by now. */
  fallBack(
    customer: SimulatedCustomer,
    { delivery, told }: Pick<Fallback, 'delivery' | 'told'>,
    now: Instant,
    chain: Chain,
  ): void {
    const { message } = delivery;
    const outcome = customer.desk.mayFallBack(message, delivery.channel, now);
    if (outcome.kind !== 'stop' && !told) this.host.tell(message, now, failedDetail(delivery, 'no_receipt'));
    switch (outcome.kind) {
      case 'go':
        delivery.channel = outcome.attempt;
        this.host.tell(message, now, sentDetail(message.template, attemptOf(delivery)));
        this.attempt(customer, delivery, now, chain);
        return;
      case 'deferred': {
        const { reason, until } = outcome;
        this.host.tell(message, now, { kind: 'deferred', template: message.template, reason, until });
        this.wait(customer, delivery, until, true);
        return;
      }
      case 'suppressed':
        this.host.tell(message, now, { kind: 'suppressed', template: message.template, reason: outcome.reason });
        this.giveUp(customer, delivery, now, chain);
        return;
      case 'stop':
        this.giveUp(customer, delivery, now, chain);
        return;
    }
  }

  private attempt(customer: SimulatedCustomer, delivery: Delivery, now: Instant, chain: Chain): void {
    const result = this.simulation.channelResults[attemptOf(delivery).channel];
    if (result === 'failed') this.fail(customer, delivery, now, chain);
    else this.accept(customer, delivery, now, chain, result !== 'silent');
  }

  private accept(customer: SimulatedCustomer, delivery: Delivery, now: Instant, chain: Chain, arrives: boolean): void {
    const { fallbackAfter } = delivery.message;
    delivery.accepted = true;
    if (!arrives && fallbackAfter !== undefined && hasNext(delivery)) {
      this.wait(customer, delivery, addDuration(now, fallbackAfter, customer.desk.facts.clock), false);
    }
    // A later channel may have been reached before its receipt is decided on.
    const receipt = this.receiptOf(delivery, 'message.delivered', now);
    this.settle(customer, delivery, 'accepted', now, chain);
    if (arrives) this.host.receive(customer, receipt, chain);
  }

  private fail(customer: SimulatedCustomer, delivery: Delivery, now: Instant, chain: Chain): void {
    this.host.tell(delivery.message, now, failedDetail(delivery, 'failed'));
    if (!hasNext(delivery)) this.giveUp(customer, delivery, now, chain);
    this.host.receive(customer, this.receiptOf(delivery, 'message.failed', now), chain);
    if (hasNext(delivery)) this.fallBack(asOfNow(customer, delivery), { delivery, told: true }, now, chain);
  }

  /** It has failed on every channel, unless one took it before. */
  private giveUp(customer: SimulatedCustomer, delivery: Delivery, now: Instant, chain: Chain): void {
    if (!delivery.accepted) this.settle(customer, delivery, 'failed', now, chain);
  }

  private settle(
    customer: SimulatedCustomer,
    delivery: Delivery,
    result: 'accepted' | 'failed',
    now: Instant,
    chain: Chain,
  ): void {
    const { journey, enrolment, message } = delivery.message;
    const cost = result === 'accepted' ? this.costOf(delivery) : 0;
    const { channel } = attemptOf(delivery);
    customer.desk.settle({ journey, enrolment, message, result, channel, cost }, now);
    this.host.finish(customer, now, chain);
  }

  /** For each message accepted; of an SMS for each part. */
  private costOf(delivery: Delivery): number {
    const { channel, content } = attemptOf(delivery);
    const cost = this.simulation.workspace.policy.channels.get(channel)?.[0].cost ?? 0;
    return content.channel === 'sms' ? cost * content.parts : cost;
  }

  private wait(customer: SimulatedCustomer, delivery: Delivery, at: Instant, told: boolean): void {
    const fallback = { at, delivery, told };
    const place = customer.fallbacks.findIndex((other) => other.at > at);
    customer.fallbacks.splice(place === -1 ? customer.fallbacks.length : place, 0, fallback);
  }

  private receiptOf(delivery: Delivery, type: string, now: Instant): SimulatedEvent {
    const { message, id } = delivery;
    const { channel } = attemptOf(delivery);
    const data = { message_id: id, journey: message.journey, template: message.template, channel };
    const { customer } = message;
    return { id: `${id}/${channel}/${type}`, source: '/messages', type, customer, time: now, arrival: now, data };
  }
}

/** Its customer goes by another name now, and its enrolment's number is `by` ahead. */
export function movedFallback({ at, delivery, told }: Fallback, customer: string, by: number): Fallback {
  return { at, told, delivery: { ...delivery, message: movedMessage(delivery.message, customer, by) } };
}

/** Of one instant the older message goes first. */
export function byTurn(one: Fallback, other: Fallback): number {
  return one.at - other.at || one.delivery.number - other.delivery.number;
}

/** Its customer, who may have been merged while what came of it was decided. */
function asOfNow(customer: SimulatedCustomer, delivery: Delivery): SimulatedCustomer {
  if (customer.gone === undefined) return customer;
  const { into, by } = customer.gone;
  delivery.message = movedMessage(delivery.message, into.id, by);
  return asOfNow(into, delivery);
}

export function attemptOf({ message, channel }: Delivery): Queue['attempts'][number] {
  return message.attempts[channel] ?? message.attempts[0];
}

function hasNext({ message, channel }: Delivery): boolean {
  return channel + 1 < message.attempts.length;
}

function failedDetail(delivery: Delivery, reason: 'failed' | 'no_receipt'): TraceDetail {
  const { template } = delivery.message;
  return { kind: 'failed', template, channel: attemptOf(delivery).channel, reason };
}
