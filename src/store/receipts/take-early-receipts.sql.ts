import { statement } from '../connection.js';

export interface EarlyReceipt {
  readonly provider: string;
  readonly provider_id: string;
  readonly status: 'delivered' | 'failed';
  readonly reason: string | null;
  /** When somebody else may try it, if nobody has said by then what became of it; as PostgreSQL writes it. */
  readonly until: string;
  /** Tried for the last time. */
  readonly last: boolean;
}

/** Up to 500 receipts to try again, the longest due first, for $2 milliseconds. $1: for how many milliseconds they are kept. */
export const takeEarlyReceipts = statement<EarlyReceipt>(
  'take-early-receipts',
  `update early_receipt set try_at = clock_timestamp() + $2::integer * interval '1 millisecond'
   where ctid = any (array(
     select ctid from early_receipt where try_at <= (select clock_timestamp()) order by try_at limit 500 for update skip locked
   ))
   returning provider, provider_id, status, reason, try_at::text as until,
     at < clock_timestamp() - $1::integer * interval '1 millisecond' as last`,
);
