import type { JsonObject } from '../../domain/json.js';
import { statement } from '../connection.js';

export interface PendingEventRow {
  readonly no: number;
  readonly customer_id: string;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: number;
  readonly data: JsonObject;
  /** How far it is from what came from outside, where a journey emitted it; 0 for the engine's own. */
  readonly chain: number;
}

/** The oldest events that the engine itself has made and not yet decided. */
export const readPendingEvents = statement<PendingEventRow>(
  'read-pending-events',
  'select no, customer_id, id, source, type, time, data, chain from pending_event order by no limit 500',
);
