/** The work of `main`, the same for both programs: who there is, what comes in, what has to go out. */

export interface Purchase {
  readonly customer: string;
  readonly name: string;
  /** E.164. */
  readonly phone: string;
  readonly order: string;
  /** In rials. */
  readonly amount: number;
}

/** In rials: 100,000 toman. */
const least = 1_000_000;

export function purchases(count: number): readonly Purchase[] {
  return Array.from({ length: count }, (_, number) => ({
    customer: `c-${String(number * 7919 + 1_000_003)}`,
    name: names[number % names.length] ?? '',
    phone: `+98912${String(number).padStart(7, '0')}`,
    order: `A-${String(number)}`,
    amount: least + (number % 900) * 10_000,
  }));
}

const names = ['سارا', 'علی', 'مریم', 'رضا', 'زهرا', 'حسین', 'نرگس', 'امیر'];

/** The bodies of the requests, `size` events each, ready to be written. */
export function bodies(all: readonly Purchase[], size: number): readonly Buffer[] {
  const made: Buffer[] = [];
  for (let from = 0; from < all.length; from += size) {
    made.push(Buffer.from(JSON.stringify(all.slice(from, from + size).map(cloudEvent))));
  }
  return made;
}

/** `name` and `phone` are in it for the bare program, which asks nobody; ours knows them as the customer's. */
function cloudEvent({ customer, name, phone, order, amount }: Purchase): object {
  return {
    specversion: '1.0',
    id: `purchase-${order}`,
    source: '/bench/shop',
    type: 'purchase.completed',
    subject: customer,
    time: '2026-03-21T10:00:00Z',
    data: { order_id: order, amount, name, phone },
  };
}

export function firstText(name: string, order: string): string {
  return `${name} عزیز، سفارش ${order} ثبت شد. از خرید شما ممنونیم.`;
}

export function secondText(name: string, order: string): string {
  return `${name} عزیز، سفارش ${order} به پست سپرده شد و به‌زودی می‌رسد.`;
}

/** What the provider has to have sent, once each: receiver (09…) and text, as it counts them. */
export function expected(all: readonly Purchase[]): ReadonlySet<string> {
  return new Set(
    all.flatMap(({ name, phone, order }) => {
      const receiver = `0${phone.slice(3)}`;
      return [`${receiver}\n${firstText(name, order)}`, `${receiver}\n${secondText(name, order)}`];
    }),
  );
}

/** Texts that need no consent. */
export const policy = `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
channel_order: [sms]
channels:
  sms: { provider: kavenegar, sender: '10004346' }
`;

/** The same as files of a business. */
export const files: Readonly<Record<string, string>> = {
  'journeys/policy.yaml': policy,
  'journeys/events.yaml': `purchase.completed: { order_id: text, amount: money, name?: text, phone?: text }
`,
  'journeys/bench-purchase.yaml': `journey: bench-purchase
purpose: transactional
trigger:
  event: purchase.completed
  when: event.amount >= toman(100000)
  max_age: 3650 days
steps:
  - send: bench-thanks
  - wait: 1 second
  - send: bench-shipped
`,
  'templates/bench-thanks/sms.hbs': firstText('{{default customer.name "مشتری"}}', '{{trigger.order_id}}'),
  'templates/bench-shipped/sms.hbs': secondText('{{default customer.name "مشتری"}}', '{{trigger.order_id}}'),
};
