import { statement } from '../connection.js';

/** The fence: moves the row only from where this consumer believes it to be. $1 group, $2 topic, $3 partition, $4 from, $5 to. */
export const moveOffsetRow = statement<{ readonly moved: boolean }>(
  'move-offset',
  `update kafka_offset set next = $5
    where consumer_group = $1 and topic = $2 and partition = $3 and next = $4
   returning true as moved`,
);
