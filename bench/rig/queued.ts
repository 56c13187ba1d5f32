import type { BenchDatabase } from './databases.js';

/** What waits in the outbox before a sender starts: `+98913…` each, with a text of its own where none is given for all. */
export async function queueMessages(database: BenchDatabase, count: number, text?: string): Promise<void> {
  await database.run(
    `insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content,
       bundle, created_at)
     select take_message_ids(1), 'q-' || n, 'bench-purchase', 1, 'send-bench-thanks', 'bench-thanks', 'transactional', 5, 'sms',
       '+98913' || lpad(n::text, 7, '0'), jsonb_build_object('text', coalesce($2, 'سفارش ' || n || ' ثبت شد.'), 'parts', 1), 1, now()
     from generate_series(1, $1::int) as n`,
    [count, text ?? null],
  );
  await database.run('vacuum analyze message');
  await database.run('checkpoint');
}

/** Receiver and text as the provider counts them. */
export function queuedTexts(count: number): ReadonlySet<string> {
  const all = Array.from({ length: count }, (_, place) => place + 1);
  return new Set(all.map((n) => `0913${String(n).padStart(7, '0')}\nسفارش ${String(n)} ثبت شد.`));
}
