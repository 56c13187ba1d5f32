import type { JsonObject } from '../../src/domain/json.js';

/** The business that is tortured: its files, its customers' events, and what each of them has to get, once. */
export const files: Readonly<Record<string, string>> = {
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed, in_doubt: again }
channel_order: [sms, email]
channels:
  sms: { provider: kavenegar, sender: '10004346' }
  email: { provider: smtp, sender: 'Shop <info@example.com>' }
`,
  'journeys/events.yaml': `order.placed: { order_id: text, amount: money }
order.delivered: { order_id: text }
`,
  'journeys/order-story.yaml': `journey: order-story
purpose: transactional
about: order_id
trigger: { event: order.placed, when: event.amount >= toman(100000) }
steps:
  - send: order-first
  - wait: 1 second
  - send: order-second
  - choose:
      - when: known(customer.email)
        then: [send: order-mail]
  - wait_for: order.delivered
  - send: order-third
`,
  'templates/order-first/sms.hbs': 'سفارش {{trigger.order_id}} ثبت شد، {{default customer.name "مشتری"}}.',
  'templates/order-second/sms.hbs': 'سفارش {{trigger.order_id}} آماده‌ی ارسال است.',
  'templates/order-third/sms.hbs': 'سفارش {{trigger.order_id}} رسید.',
  'templates/order-mail/email.hbs':
    '---\nsubject: Order {{trigger.order_id}}\n---\n<p>Order {{trigger.order_id}} is packed.</p>\n',
  ...Object.fromEntries(
    ['order-first', 'order-second', 'order-third', 'order-mail'].map((name) => [
      `templates/${name}/sample.yaml`,
      'trigger: { order_id: o-1, amount: 2000000 }\n',
    ]),
  ),
};

export type ShopEvent = JsonObject & { readonly subject: string };

/** Every fifth customer has an e-mail address, every seventh has placed an order too small to be told about, too. */
export class Customer {
  constructor(private readonly number: number) {}

  /** A Kafka customer or one of HTTP: a customer's events keep their order on one way only. */
  get comesByKafka(): boolean {
    return this.number % 2 === 0;
  }

  /** Who they are, and what they ordered. */
  beginning(): readonly ShopEvent[] {
    const order = { order_id: this.order, amount: 2_000_000 };
    const events = [this.event('customer.updated', this.attributes), this.event('order.placed', order)];
    if (this.number % 7 !== 0) return events;
    return [...events, this.event('order.placed', { order_id: `small-${this.order}`, amount: 1_000 }, 'small')];
  }

  end(): ShopEvent {
    return this.event('order.delivered', { order_id: this.order });
  }

  /** Receiver and text of each SMS. */
  messages(): readonly string[] {
    const texts = [
      `سفارش ${this.order} ثبت شد، ${this.name}.`,
      `سفارش ${this.order} آماده‌ی ارسال است.`,
      `سفارش ${this.order} رسید.`,
    ];
    return texts.map((text) => `${this.phone}\n${text}`);
  }

  /** Receiver and text of the e-mail. */
  mails(): readonly string[] {
    return this.hasEmail ? [`${this.email}\nOrder ${this.order} is packed.`] : [];
  }

  get id(): string {
    return `c-${String(this.number)}`;
  }

  private get order(): string {
    return `o-${String(this.number)}`;
  }

  private get name(): string {
    return `N${String(this.number)}`;
  }

  private get phone(): string {
    return `0912${String(1_000_000 + this.number)}`;
  }

  private get email(): string {
    return `c${String(this.number)}@example.com`;
  }

  private get hasEmail(): boolean {
    return this.number % 5 === 0;
  }

  private get attributes(): JsonObject {
    const { name, phone, email } = this;
    return this.hasEmail ? { name, phone, email } : { name, phone };
  }

  private event(type: string, data: JsonObject, which = 'main'): ShopEvent {
    const id = `${type}/${this.id}/${which}`;
    return { specversion: '1.0', id, source: '/shop', type, subject: this.id, data };
  }
}
