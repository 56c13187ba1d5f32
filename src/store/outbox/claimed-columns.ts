import { cameAt } from './next-channel.js';

/** A message as a sender has it in hand. Times in milliseconds since 1970. */
export interface ClaimedRow {
  readonly id: string | number;
  readonly customer_id: string;
  readonly journey: string;
  readonly template: string;
  readonly purpose: string;
  readonly address: string;
  readonly content: unknown;
  readonly fallbacks: unknown;
  readonly bundle: number;
  readonly attempts: number;
  readonly came_at: number;
  readonly leave_by: number | null;
  readonly not_after: number | null;
}

/** All of it but the id. */
export const claimedColumns = `customer_id, journey, template, purpose, rank, address, content,
      nullif(fallbacks, '[]') as fallbacks, bundle, attempts,
      extract(epoch from ${cameAt})::float8 * 1000 as came_at, extract(epoch from leave_by)::float8 * 1000 as leave_by,
      extract(epoch from case when ref is null then leave_by else not_after end)::float8 * 1000 as not_after`;
