import { statement } from '../connection.js';

export interface KeptPause {
  readonly journey: string;
  readonly since: number;
  /** Infinity where it goes on. */
  readonly until: number;
}

/** When journeys were, or are, paused. What stops sending only (channels, purposes, all) decides nothing. */
export const readJourneyPauses = statement<KeptPause>(
  'read-journey-pauses',
  `select name as journey, since, 'infinity'::timestamptz as until from pause where kind = 'journey'
   union all
   select name, since, until from past_pause where kind = 'journey'`,
);
