import { statement } from '../connection.js';

/** Keeps each journey file by its version, so that people inside can finish on it. */
export const registerVersions = statement(
  'register-versions',
  `insert into journey_version (journey, version, source)
   select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing`,
);
