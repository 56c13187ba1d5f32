import { statement } from '../connection.js';

/** How far it has looked (null: nothing was behind the given place), and how many it has held. */
export interface HeldStretch {
  readonly channel: string | null;
  readonly rank: number | null;
  readonly id: number | null;
  readonly walked: number;
  readonly held: number;
}

/**
 * $1 channel, $2 rank, $3 id: the place in the queue to go on behind; $4 how many to look at. Holds what of them is paused by
 * its journey or purpose. What a sender has in its hands is passed over. (A channel's messages, and all, need not be held: of
 * them a claim looks at none.) The state is tested after the lock: before, it would only lead the planner to another index.
 */
export const holdMessages = statement<HeldStretch>(
  '',
  `with stretch as materialized (
    select * from queue_behind($1, $2::integer, $3::bigint, $4::integer)
  ), held as (
    update message set held = 'paused'
    where id in (
      select id from message
      where id = any (array(
        select id from stretch
        where journey = any (array(select name from pause where kind = 'journey'))
          or purpose = any (array(select name from pause where kind = 'purpose'))
      ))
      order by id for update skip locked
    ) and state = 'queued' and held is null
    returning 1
  ), last as (
    select channel, rank, id from stretch order by channel desc, rank desc, id desc limit 1
  )
  select last.channel, last.rank, last.id, (select count(*)::int from stretch) as walked, (select count(*)::int from held) as held
  from (select) as one left join last on true`,
);
