import type { JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface UnpublishedOutcome {
  readonly no: number;
  readonly customer_id: string;
  readonly at: number;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly data: JsonObject;
}

/**
 * The oldest outcomes that are still to be told: at most $1, and about $2 bytes (always one). In the order of their numbers:
 * a customer's own are numbered while the customer is locked, so that none of them comes in between later.
 */
export const unpublishedOutcomes = statement<UnpublishedOutcome>(
  'unpublished-outcomes',
  `select no, customer_id, at, id, source, type, data
   from (select *, sum(bytes) over (order by no) - bytes as bytes_before
         from (select *, 300 + length(id) + octet_length(data::text) as bytes
               from outcome where published_at is null order by no limit $1) oldest) sized
   where bytes_before < $2
   order by no`,
);
