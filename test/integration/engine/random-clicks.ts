import fc from 'fast-check';
import type { Trace } from '../../../src/domain/journey/decision.js';
import type { Instant } from '../../../src/domain/time/instant.js';
import { linkCodes } from '../../../src/engine/link-codes.js';
import type { SimulatedEvent } from '../../../src/simulate/simulator.js';
import { HOUR } from './engine-bench.js';

/** A customer follows a link of a message that they have, whichever; with none they do something that nobody listens to. */
export interface Click {
  readonly customer: string;
  readonly arrival: Instant;
  readonly pick: number;
}

/** Many on the hour, when much else falls due, and some twice in a minute. */
export const clicksFrom = (start: Instant): fc.Arbitrary<Click[]> =>
  fc.array(
    fc
      .record({
        customer: fc.constantFrom('ann', 'bob'),
        hour: fc.nat(16 * 24),
        seconds: fc.constantFrom(0, 0, 1, 59, 1800),
        pick: fc.nat(7),
      })
      .map(({ customer, hour, seconds, pick }) => ({
        customer,
        arrival: start + hour * HOUR + seconds * 1000,
        pick,
      })),
    { minLength: 10, maxLength: 30 },
  );

/** As long as the short link that stands for it, so that an SMS has as many parts with either. */
const target = 'https://shop.example/123456789';
const shortLink = /https:\/\/p\.example\/l\/\w{10}/g;
export const links = linkCodes('https://p.example');

/** The template of which messages are asked for, answered and clicked. */
export const linkedFiles: Readonly<Record<string, string>> = {
  'templates/hello/sms.hbs': `Hello {{link "${target}"}}\n`,
  'templates/hello/email.hbs': `---\nsubject: Hello\n---\nHello <a href="{{link "${target}"}}">{{trigger.repair_id}}</a>\n`,
};

export const withoutCodes = (line: string): string => line.replace(shortLink, target);

/** What a customer has of a journey and a template on a channel: its newest message is the one that is looked at. */
export class Mailbox<Message> {
  private readonly held = new Map<string, Map<string, Message>>();

  put(customer: string, place: Placed, message: Message): void {
    const own = this.held.get(customer) ?? new Map<string, Message>();
    this.held.set(customer, own.set(JSON.stringify([place.journey, place.template, place.channel]), message));
  }

  picked(customer: string, pick: number): { readonly place: Placed; readonly message: Message } | undefined {
    const own = [...(this.held.get(customer) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    const [named, message] = own[pick % own.length] ?? [];
    if (named === undefined || message === undefined) return undefined;
    const [journey = '', template = '', channel = ''] = JSON.parse(named) as string[];
    return { place: { journey, template, channel }, message };
  }
}

export interface Placed {
  readonly journey: string;
  readonly template: string;
  readonly channel: string;
}

/** What a customer does who has nothing to click. */
export function idle({ customer, arrival, pick }: Click): SimulatedEvent {
  const data = { amount: 1000, kind: 'case', order: { id: 1 } };
  const id = `idle-${String(arrival)}-${String(pick)}`;
  return { id, source: '/shop', type: 'purchase.completed', customer, time: arrival, arrival, data };
}

const tracked = new Set(['hello']);

/** Clicks of a simulation: on what it has sent by the time when they are looked at. */
export class SimulatedClicks {
  private readonly mail = new Mailbox<number>();
  private sent = 0;

  hear(line: Trace): void {
    if (line.kind !== 'sent' || !tracked.has(line.template)) return;
    this.sent += 1;
    this.mail.put(line.customer, { ...line, journey: line.journey }, this.sent);
  }

  eventOf(click: Click): SimulatedEvent {
    const { customer, arrival } = click;
    let known: SimulatedEvent | undefined;
    const event = (): SimulatedEvent => (known ??= this.made(click));
    return {
      ...{ customer, arrival, time: arrival, source: '/messages' },
      get id() {
        return event().id;
      },
      get type() {
        return event().type;
      },
      get data() {
        return event().data;
      },
    };
  }

  private made(click: Click): SimulatedEvent {
    const { customer, arrival, pick } = click;
    const found = this.mail.picked(customer, pick);
    if (found === undefined) return idle(click);
    const minute = Math.floor(arrival / 60_000);
    const data = { message_id: `message-${String(found.message)}`, ...found.place };
    const id = `${String(found.message)}/${String(minute)}`;
    return { id, source: '/messages', type: 'message.clicked', customer, time: arrival, arrival, data };
  }
}
