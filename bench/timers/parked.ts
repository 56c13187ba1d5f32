import { versionOf } from '../../src/domain/journey/load/load-journey.js';
import { files } from '../main/work.js';
import type { BenchDatabase } from '../rig/databases.js';

const version = versionOf(files['journeys/bench-purchase.yaml'] ?? '');

/** People who stand at the wait of `bench-purchase`; `due` is an SQL expression over their number `n`. */
export async function park(database: BenchDatabase, prefix: string, count: number, due: string): Promise<void> {
  await database.run(
    `insert into customer (id, seq, decided_at, created_at, attributes)
     select $1 || n, 1, now(), now(), jsonb_build_object('name', 'سارا', 'phone', '+98914' || lpad(n::text, 7, '0'))
     from generate_series(1, $2::int) as n`,
    [prefix, count],
  );
  await database.run(
    `insert into enrolment (customer_id, journey, seq, version, status, step, started_by, entered_at, wake_at, decided_at,
       stimulus, bundle, state)
     select $1 || n, 'bench-purchase', 1, $3, 'active', 'wait-1-second', 'purchase.completed', now(), due, now(), 'event:1', 1,
       jsonb_build_object(
         'trigger', jsonb_build_object('order_id', $1 || n, 'amount', 1000000, 'due', extract(epoch from due)),
         'triggerEvent', jsonb_build_object('id', $1 || n, 'time', $4::float8), 'saved', '{}'::jsonb, 'missed', '[]'::jsonb,
         'waits', jsonb_build_object('wait-1-second', jsonb_build_object('since', $4::float8, 'setBy', 1,
           'until', floor(extract(epoch from due) * 1000), 'clocks', '[]'::jsonb, 'fired', '[]'::jsonb, 'held', '[]'::jsonb,
           'pending', '[]'::jsonb)),
         'lastWait', 1, 'expiresAt', $4::float8 + 31536000000, 'goalReached', false)
     from generate_series(1, $2::int) as n, lateral (select date_trunc('milliseconds', ${due}) as due) as timer`,
    [prefix, count, version, Date.now()],
  );
}
