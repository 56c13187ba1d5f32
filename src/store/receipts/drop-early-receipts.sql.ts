import { statement } from '../connection.js';

/** $1 providers, $2 their ids, $3 what was told: kept as events, or given up. */
export const dropEarlyReceipts = statement(
  'drop-early-receipts',
  `delete from early_receipt
   using unnest($1::text[], $2::text[], $3::text[]) as done (provider, provider_id, status)
   where early_receipt.provider = done.provider and early_receipt.provider_id = done.provider_id
     and early_receipt.status = done.status`,
);
