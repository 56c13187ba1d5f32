import { statement } from '../connection.js';

export interface EarlyReceipt {
  readonly provider: string;
  readonly provider_id: string;
  readonly status: 'delivered' | 'failed';
  readonly reason: string | null;
  /** Tried for the last time. */
  readonly last: boolean;
}

/** Up to 500 receipts to try again, the longest due first; each pause is as long as it has waited. $1 for how many milliseconds. */
export const takeEarlyReceipts = statement<EarlyReceipt>(
  'take-early-receipts',
  `update early_receipt set try_at = clock_timestamp() + greatest(clock_timestamp() - at, interval '1 second')
   where ctid = any (array(
     select ctid from early_receipt where try_at <= (select clock_timestamp()) order by try_at limit 500 for update skip locked
   ))
   returning provider, provider_id, status, reason,
     at < clock_timestamp() - $1::integer * interval '1 millisecond' as last`,
);
