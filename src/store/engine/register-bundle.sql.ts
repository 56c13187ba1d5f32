import { statement } from '../connection.js';

/** Keeps a set of files by its content; gives its number, the same each time. $1 hash, $2 path → text. */
export const registerBundle = statement<{ no: number }>(
  'register-bundle',
  `insert into bundle (hash, files) values ($1, $2::jsonb)
   on conflict (hash) do update set hash = excluded.hash returning no`,
);
