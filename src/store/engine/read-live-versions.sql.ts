import { statement } from '../connection.js';

/** Versions on which people still are. */
export const readLiveVersions = statement<{ journey: string; version: string }>(
  'read-live-versions',
  `select distinct journey, version from enrolment where status <> 'ended'`,
);
