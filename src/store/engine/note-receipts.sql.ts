import { statement } from '../connection.js';

/** On a channel before the one on which it waits. */
const hasArrived = `told.receipt = 'delivered' and (accepted or told.channel <> message.channel) and state in ('queued', 'deferred', 'retrying')`;

/**
 * Notes on messages what providers told of them: $1 customers, $2 message ids, $3 channels, $4 delivered or failed, $5 when. What
 * arrived, on whichever channel, has arrived, and falls back no more; nor does it leave on the channel that it went on to, if it
 * has not left yet. What failed on the channel that it was last sent on goes on
 * to the next at once, if there is one and its journey was not left; while its sender has not yet heard that it was taken, when it has.
 */
export const noteReceipts = statement(
  'note-receipts',
  `update message set receipt = told.receipt, receipt_at = told.at,
     state = case when ${hasArrived} then 'sent' else state end,
     settled_at = case when ${hasArrived} then told.at else settled_at end,
     reason = case when ${hasArrived} then null else reason end,
     fallback_at = case when told.receipt = 'failed' and state = 'sent' and fallbacks <> '[]' and leave_by is distinct from '-infinity'
       and not exists (
         select from enrolment
         where customer_id = message.customer_id and journey = message.journey and seq = message.enrolment
           and reason in ('exit_rule', 'goal', 'restarted', 'erased', 'merged'))
       then told.at end
   from (
     select distinct on (id) customer_id, id, channel, receipt, at
     from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[])
       as told (customer_id, id, channel, receipt, at)
     order by id, receipt
   ) told
   where message.id = told.id and message.customer_id = told.customer_id
     and message.receipt is distinct from 'delivered'
     and (told.receipt = 'delivered'
       or (message.state in ('sent', 'sending', 'in_doubt') and message.channel = told.channel and message.receipt is null))`,
);
