import { statement } from '../connection.js';

/**
 * $1 providers, $2 their ids, $3 what was told, $4 until when they were taken: their messages are not settled yet, and each pause is as
 * long as they have waited. Whoever settled one meanwhile has said that it is to be tried at once: that stays.
 */
export const putOffEarlyReceipts = statement(
  'put-off-early-receipts',
  `update early_receipt set try_at = clock_timestamp() + greatest(clock_timestamp() - at, interval '1 second')
   from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as tried (provider, provider_id, status, until)
   where early_receipt.provider = tried.provider and early_receipt.provider_id = tried.provider_id
     and early_receipt.status = tried.status and early_receipt.try_at = tried.until`,
);
