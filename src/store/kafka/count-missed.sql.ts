import { statement } from '../connection.js';

/** Jumps past what the broker no longer has and counts it. $1 group, $2 topic, $3 partition, $4 from, $5 to, $6 missed. */
export const countMissed = statement<{ readonly moved: boolean }>(
  'count-missed',
  `update kafka_offset set next = $5, missed = missed + $6
    where consumer_group = $1 and topic = $2 and partition = $3 and next = $4
   returning true as moved`,
);
