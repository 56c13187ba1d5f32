import type { Pause } from '../../domain/pause.js';
import { statement } from '../connection.js';

export interface Pulse {
  readonly now: number;
  /** When the next timer falls due. */
  readonly next_wake: number | null;
  readonly pending: boolean;
  /** Messages whose time to leave, to be held or to wait for a receipt is over. */
  readonly late: boolean;
  /** Something for the sender: queued, to be retried or asked about, or left behind by a sender that is gone. */
  readonly sendable: boolean;
  /** Web hooks are to be called, or a caller that is gone has left some. */
  readonly calls: boolean;
  readonly dead_letters: boolean;
  /** Something is to be told outside, or was told more than a day ago. */
  readonly outcomes: boolean;
  readonly old_outcomes: boolean;
  /** Day rows of some type are still to be filled. */
  readonly unfilled: boolean;
  /** What is paused; null for nothing. */
  readonly pauses: readonly Pause[] | null;
  /** Messages are held that are not paused any more. */
  readonly messages_to_release: boolean;
  /** Receipts that came before their message was settled are to be tried again. */
  readonly early_receipts: boolean;
  /** Timers are put aside whose journey is not paused any more. */
  readonly timers_to_release: boolean;
}

/**
 * The one query of an idle second: is there anything to do? Each part is one look at a partial index, in its order: without
 * that (and `exists` drops it) a table of which much matches is read from its beginning, past all that was done long ago. The clock is
 * asked in a query of its own: an index is not searched by what may differ from row to row, and all that waits would be walked past.
 */
export const pulse = statement<Pulse>(
  'pulse',
  `select clock_timestamp() as now,
     (select min(wake_at) from enrolment where wake_at is not null) as next_wake,
     coalesce((select true from pending_event order by no limit 1), false) as pending,
     coalesce((select true from message
               where leave_by is not null and leave_by < (select clock_timestamp()) and state in ('queued', 'retrying')
               order by leave_by limit 1), false)
       or coalesce((select true from message where state = 'deferred' and next_at <= (select clock_timestamp())
                    order by next_at limit 1), false)
       or coalesce((select true from message where fallback_at is not null and fallback_at <= (select clock_timestamp())
                    order by fallback_at limit 1), false) as late,
     coalesce((select true from message where state = 'queued' and waits_for is null and held is null
               order by channel, rank, id limit 1), false)
       or coalesce((select true from message where state in ('retrying', 'in_doubt') and next_at <= (select clock_timestamp())
                    order by next_at limit 1), false)
       or coalesce((select true from message where state = 'sending' and lease_until <= (select clock_timestamp())
                    order by lease_until limit 1), false) as sendable,
     coalesce((select true from webhook_call where state in ('queued', 'retrying') and next_at <= (select clock_timestamp())
               order by next_at limit 1), false)
       or coalesce((select true from webhook_call where state = 'calling' and lease_until <= (select clock_timestamp())
                    order by lease_until limit 1), false) as calls,
     coalesce((select true from dead_letter where topic is not null and published_at is null
               order by no limit 1), false) as dead_letters,
     coalesce((select true from outcome where published_at is null order by no limit 1), false) as outcomes,
     coalesce((select true from outcome
               where published_at is not null and published_at < (select clock_timestamp()) - interval '1 day'
               order by published_at limit 1), false) as old_outcomes,
     coalesce((select true from rolled_type where not filled limit 1), false) as unfilled,
     (select json_agg(json_build_object('kind', kind, 'name', name) order by kind, name) from pause) as pauses,
     coalesce((select true from early_receipt where try_at <= (select clock_timestamp()) order by try_at limit 1), false)
       as early_receipts,
     coalesce((select true from no_longer_held(1)), false) as messages_to_release,
     coalesce((select true from no_longer_held_timers(1)), false) as timers_to_release`,
);
