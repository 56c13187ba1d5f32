import { statement } from '../connection.js';

/**
 * Takes away up to $4 links that are due before $1, and up to $4 addresses to opt out that are before $2 (numbers of messages, which
 * tell the time), the oldest first. Those of somebody inside the journey stay, who may be waited for to follow one: they are due
 * again $3 later. `seen`: how many were due.
 */
export const pruneLinks = statement<{ readonly seen: number }>(
  '',
  `with due as materialized (
     (select code, message_id, $1::bigint + $3::bigint as again from link
      where target is not null and coalesce(look_again, message_id) < $1::bigint
      order by coalesce(look_again, message_id) limit $4::integer)
     union all
     (select code, message_id, $2::bigint + $3::bigint from link
      where target is null and coalesce(look_again, message_id) < $2::bigint
      order by coalesce(look_again, message_id) limit $4::integer)
   ), seen as materialized (
     select code, again, exists (
       select from message join enrolment
         on enrolment.customer_id = message.customer_id and enrolment.journey = message.journey
           and enrolment.seq = message.enrolment
       where message.id = due.message_id and enrolment.status <> 'ended') as stays
     from due
   ), gone as (
     delete from link where code = any (array(select code from seen where not stays))
   ), kept as (
     update link set look_again = seen.again from seen where link.code = seen.code and seen.stays
   )
   select count(*)::integer as seen from seen`,
);
