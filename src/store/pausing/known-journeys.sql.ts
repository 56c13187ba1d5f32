import { statement } from '../connection.js';

/** Every journey that was ever loaded: people may still be inside one whose file is gone. */
export const knownJourneys = statement<{ journey: string }>(
  'known-journeys',
  `select distinct journey from journey_version order by journey`,
);
