import { statement } from '../connection.js';

/** How far it has looked; null at the end. */
export interface LinkStretch {
  readonly message_id: number | null;
  readonly code: string | null;
  readonly gone: number;
}

/**
 * Takes away links of messages from before $3, and addresses to opt out from before $4 (numbers of messages, which tell the time),
 * among $5 at most behind the place $1, $2. Those of somebody inside the journey stay, who may be waited for to follow one.
 */
export const pruneLinks = statement<LinkStretch>(
  '',
  `with stretch as materialized (
     select code, message_id from link
     where message_id < $3::bigint and (message_id, code) > ($1::bigint, $2::text)
     order by message_id, code limit $5::integer
   ), gone as (
     delete from link using stretch
     where link.code = stretch.code and (link.target is not null or link.message_id < $4::bigint)
       and not exists (
         select from message join enrolment
           on enrolment.customer_id = message.customer_id and enrolment.journey = message.journey
             and enrolment.seq = message.enrolment
         where message.id = link.message_id and enrolment.status <> 'ended')
     returning 1
   ), last as (
     select message_id, code from stretch order by message_id desc, code desc limit 1
   )
   select last.message_id, last.code, (select count(*)::integer from gone) as gone
   from (select) as one left join last on true`,
);
