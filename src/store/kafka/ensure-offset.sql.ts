import { statement } from '../connection.js';

/** A partition that this group never read starts at `next`. $1 group, $2 topics, $3 partitions, $4 next (pairwise). */
export const ensureOffset = statement(
  'ensure-offset',
  `insert into kafka_offset (consumer_group, topic, partition, next)
   select $1, topic, partition, next from unnest($2::text[], $3::int[], $4::bigint[]) as fresh (topic, partition, next)
   on conflict do nothing`,
);
