import { statement } from '../connection.js';

/** The files of these journey versions, as far as they were ever loaded. */
export const readVersions = statement<{ journey: string; version: string; source: string }>(
  'read-versions',
  `select v.journey, v.version, v.source from journey_version v
   join unnest($1::text[], $2::text[]) as wanted(journey, version) using (journey, version)`,
);
