import { htmlPage } from '../../src/domain/message/template/html-page.js';
import type { BenchDatabase } from '../rig/databases.js';

/** The mails of `smtp`: what is queued for ours, and how they read for whoever has them ready. */
export const files: Readonly<Record<string, string>> = {
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
channel_order: [email]
channels:
  email: { provider: smtp, sender: "فروشگاه <news@shop.example>" }
`,
  'journeys/events.yaml': 'purchase.completed: { order_id: text, amount: money }\n',
  'journeys/bench-mail.yaml': `journey: bench-mail
purpose: transactional
trigger: { event: purchase.completed }
steps:
  - send: bench-mail
`,
  'templates/bench-mail/email.hbs': `---
subject: سفارش {{trigger.order_id}} ثبت شد
---
${bodyOf('{{default customer.name "مشتری"}}', '{{trigger.order_id}}', '{{toman trigger.amount}}')}
`,
};

/** What waits in the outbox before a sender starts; the first set of files that it loads has the number 1. */
export async function queueMails(database: BenchDatabase, count: number): Promise<void> {
  await database.run(
    `insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content,
       bundle, created_at)
     select take_message_ids(1), 'q-' || n, 'bench-mail', 1, 'send-bench-mail', 'bench-mail', 'transactional', 5, 'email',
       'q-' || n || '@shop.example', jsonb_build_object('now', 1800000000000, 'zone', 'Asia/Tehran', 'calendar', 'jalali',
         'context', jsonb_build_object('customer', jsonb_build_object('id', 'q-' || n, 'name', 'سارا'),
           'trigger', jsonb_build_object('order_id', 'A-' || n, 'amount', 12500000))), 1, now()
     from generate_series(1, $1::int) as n`,
    [count],
  );
  await database.run('vacuum analyze message');
  await database.run('checkpoint');
}

export function subjectOf(number: number): string {
  return `سفارش A-${String(number)} ثبت شد`;
}

/** The page as ours makes it: the same mail on both sides. */
export function htmlOf(number: number): string {
  return htmlPage(bodyOf('سارا', `A-${String(number)}`, '۱٬۲۵۰٬۰۰۰ تومان'), subjectOf(number), 'fa');
}

export function textOf(number: number): string {
  return bodyOf('سارا', `A-${String(number)}`, '۱٬۲۵۰٬۰۰۰ تومان').replace(/<[^>]+>/g, '');
}

function bodyOf(name: string, order: string, amount: string): string {
  const line = 'از خرید شما ممنونیم. سفارش به پست سپرده می‌شود و به‌زودی می‌رسد.';
  return `<p>${name} عزیز، سفارش <bdi>${order}</bdi> به مبلغ ${amount} ثبت شد.</p>\n<p>${line}</p>\n<p>${line}</p>`;
}
