import { printProblem } from '../../src/domain/problem.js';
import { loadWorkspace, type Workspace } from '../../src/domain/workspace.js';
import type { BenchDatabase } from '../rig/databases.js';

/** Asks for everything that needs no condition: over all time, and over a window. */
const files = new Map([
  [
    'journeys/policy.yaml',
    `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
channel_order: [sms]
`,
  ],
  ['journeys/events.yaml', 'purchase.completed: { amount: money }\nvisit: {}\n'],
  [
    'journeys/bench-history.yaml',
    `journey: bench-history
purpose: transactional
trigger:
  event: visit
  when: >-
    count("purchase.completed") > 10 and count("purchase.completed", "90 days") > 1
    and sum("purchase.completed", "amount") > toman(1) and sum("purchase.completed", "amount", "1 year") > toman(1)
    and days_since(last("purchase.completed")) < 3650
entry: { again: always }
steps:
  - send: bench-hello
`,
  ],
  ['templates/bench-hello/sms.hbs', 'سلام {{default customer.name "مشتری"}}\n'],
]);

export function shop(): Workspace {
  const { workspace, problems } = loadWorkspace(files);
  if (workspace === undefined) throw new Error(problems.map(printProblem).join('\n'));
  return workspace;
}

/** So many customers with so many purchases each, evenly over the last two years. */
export async function remember(
  database: BenchDatabase,
  prefix: string,
  customers: number,
  events: number,
): Promise<void> {
  await database.run(
    `insert into customer (id, seq, decided_at, created_at, attributes)
     select $1 || n, $3::int, now(), now(), '{"name": "سارا", "phone": "+989121234567"}' from generate_series(1, $2::int) as n`,
    [prefix, customers, events],
  );
  await database.run(
    `insert into event (customer_id, hash, seq, type, time, arrival, bundle, id, source, data)
     select $1 || c, gen_random_uuid(), n, 'purchase.completed', at, at, 1, 'p-' || n, '/bench', '{"amount": 1500000}'
     from generate_series(1, $2::int) as c, generate_series(1, $3::int) as n,
       lateral (select now() - n * interval '730 days' / $3::int as at) as placed`,
    [prefix, customers, events],
  );
}
