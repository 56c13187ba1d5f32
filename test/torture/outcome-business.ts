import type { Customer } from './business.js';

/** Further journeys of the business that is tortured: what comes back of messages, and web hooks. `hook`: where these go. */
export function outcomeFiles(hook: string): Readonly<Record<string, string>> {
  return {
    ...journeys(hook),
    'templates/order-tracked/sms.hbs': 'سفارش {{trigger.order_id}} با پیک است.',
    'templates/order-seen/sms.hbs': 'پیک سفارش {{trigger.order_id}} خبر داد.',
    'templates/order-rate/sms.hbs': 'به سفارش {{trigger.order_id}} از ۱ تا ۵ چند می‌دهید؟',
    'templates/order-rated/sms.hbs': 'از امتیاز شما به سفارش {{trigger.order_id}} سپاس.',
    'templates/order-brief/sms.hbs': 'سفارش {{trigger.order_id}} در راه است.',
    'templates/order-late/sms.hbs': 'سفارش {{trigger.order_id}} دیر شد.',
    'templates/order-hooked/sms.hbs': 'سفارش {{trigger.order_id}} در انبار ثبت شد.',
    'templates/order-unhooked/sms.hbs': 'سفارش {{trigger.order_id}} در انبار ثبت نشد.',
    'templates/order-urgent/sms.hbs': 'سفارش {{trigger.order_id}} فوری است.',
    'templates/order-urgent/email.hbs': '---\nsubject: Urgent\n---\n<p>Order {{trigger.order_id}} is urgent.</p>\n',
    ...Object.fromEntries(
      ['tracked', 'seen', 'rate', 'rated', 'brief', 'late', 'hooked', 'unhooked', 'urgent'].map((name) => [
        `templates/order-${name}/sample.yaml`,
        'trigger: { order_id: o-1, amount: 2000000 }\n',
      ]),
    ),
  };
}

type Kind = 'urgent' | 'tracked' | 'asked' | 'hooked' | 'brief';

/** By the last digit of their number; those of the first have e-mail addresses. */
const kinds: readonly Kind[] = ['urgent', 'tracked', 'asked', 'hooked', 'brief'];

function journeys(hook: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    kinds.map((kind, place) => [`journeys/${kind}.yaml`, journey(kind, place, steps(hook)[kind])]),
  );
}

function journey(kind: Kind, place: number, own: string): string {
  return `journey: ${kind}
purpose: transactional
about: order_id
trigger:
  event: order.placed
  when: event.amount >= toman(100000) and event.order_id.matches("[${String(place)}${String(place + 5)}]$")
steps:
${own}`;
}

function steps(hook: string): Readonly<Record<Kind, string>> {
  return {
    urgent: `  - send: order-urgent
    fallback_after: 1 second
`,
    tracked: `  - send: order-tracked
  - wait_for: message.delivered
    when: event.template == "order-tracked"
  - send: order-seen
`,
    asked: `  - ask: order-rate
    answers: 1..5
  - send: order-rated
`,
    hooked: `  - webhook: ${hook}/orders
    body: { order: =trigger.order_id }
    time_out: 1 second
    else:
      - send: order-unhooked
      - stop: unhooked
  - send: order-hooked
`,
    brief: `  - send: order-brief
    not_after: 2 seconds
    else:
      - send: order-late
`,
  };
}

/** What a customer has to get besides their order's story, once. */
export class Outcomes {
  private readonly kind: Kind | undefined;
  private readonly order: string;
  private readonly phone: string;

  constructor(private readonly number: number) {
    this.kind = kinds[number % kinds.length];
    this.order = `o-${String(number)}`;
    this.phone = `0912${String(1_000_000 + number)}`;
  }

  static of(customer: Customer): Outcomes {
    return new Outcomes(Number(customer.id.slice(2)));
  }

  /** Receiver and text of each SMS. */
  messages(): readonly string[] {
    return this.texts().map((text) => `${this.phone}\n${text}`);
  }

  /** One of two has to come, and not the other: these, each with what may stand for it. */
  alternatives(): readonly (readonly [string, string])[] {
    if (this.kind !== 'brief') return [];
    return [[`${this.phone}\nسفارش ${this.order} در راه است.`, `${this.phone}\nسفارش ${this.order} دیر شد.`]];
  }

  /** Receiver and text of the e-mail that an SMS without a receipt falls back to. */
  mails(): readonly string[] {
    return this.kind === 'urgent' ? [`c${String(this.number)}@example.com\nOrder ${this.order} is urgent.`] : [];
  }

  /** What a web hook is called with, as PostgreSQL prints it. */
  calls(): readonly string[] {
    return this.kind === 'hooked' ? [`{"order": "${this.order}"}`] : [];
  }

  private texts(): readonly string[] {
    switch (this.kind) {
      case 'urgent':
        return [`سفارش ${this.order} فوری است.`];
      case 'tracked':
        return [trackedText(this.order), `پیک سفارش ${this.order} خبر داد.`];
      case 'asked':
        return [askedText(this.order), `از امتیاز شما به سفارش ${this.order} سپاس.`];
      case 'hooked':
        return [`سفارش ${this.order} در انبار ثبت شد.`];
      case 'brief':
        return [`سفارش ${this.order} در راه است.`];
      case undefined:
        return [];
    }
  }
}

const trackedText = (order: string): string => `سفارش ${order} با پیک است.`;
const askedText = (order: string): string => `به سفارش ${order} از ۱ تا ۵ چند می‌دهید؟`;

/** What its receiver does with an SMS: their telephone tells that it has come, or they answer it. */
export function reactionTo(text: string): 'receipt' | 'reply' | undefined {
  if (text.endsWith(' با پیک است.')) return 'receipt';
  return text.startsWith('به سفارش ') ? 'reply' : undefined;
}
