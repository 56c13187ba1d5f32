import type { Pause } from '../../domain/pause.js';
import { statement } from '../connection.js';

export interface Pulse {
  readonly now: number;
  /** When the next timer falls due. */
  readonly next_wake: number | null;
  readonly pending: boolean;
  readonly late: boolean;
  /** Something for the sender: queued, to be retried or asked about, or left behind by a sender that is gone. */
  readonly sendable: boolean;
  readonly dead_letters: boolean;
  /** Day rows of some type are still to be filled. */
  readonly unfilled: boolean;
  /** What is paused; null for nothing. */
  readonly pauses: readonly Pause[] | null;
  /** Messages are held that are not paused any more. */
  readonly messages_to_release: boolean;
  /** Timers are put aside whose journey is not paused any more. */
  readonly timers_to_release: boolean;
}

/**
 * The one query of an idle second: is there anything to do? Each part is one look at a partial index, in its order: without
 * that (and `exists` drops it) a table of which much matches is read from its beginning, past all that was done long ago.
 */
export const pulse = statement<Pulse>(
  'pulse',
  `select clock_timestamp() as now,
     (select min(wake_at) from enrolment where wake_at is not null) as next_wake,
     coalesce((select true from pending_event order by no limit 1), false) as pending,
     coalesce((select true from message
               where leave_by is not null and leave_by < clock_timestamp() and state in ('queued', 'retrying')
               order by leave_by limit 1), false) as late,
     coalesce((select true from message where state = 'queued' and waits_for is null and held is null
               order by channel, rank, id limit 1), false)
       or coalesce((select true from message where state = 'retrying' and next_at <= clock_timestamp()
                    order by channel, next_at limit 1), false)
       or coalesce((select true from message where state = 'in_doubt' and next_at <= clock_timestamp()
                    order by channel, next_at limit 1), false)
       or coalesce((select true from message where state = 'sending' and lease_until <= clock_timestamp()
                    order by lease_until limit 1), false) as sendable,
     coalesce((select true from dead_letter where topic is not null and published_at is null
               order by no limit 1), false) as dead_letters,
     coalesce((select true from rolled_type where not filled limit 1), false) as unfilled,
     (select json_agg(json_build_object('kind', kind, 'name', name) order by kind, name) from pause) as pauses,
     coalesce((select true from no_longer_held(1)), false) as messages_to_release,
     coalesce((select true from no_longer_held_timers(1)), false) as timers_to_release`,
);
