import type { Pause } from '../../domain/pause.js';
import { statement } from '../connection.js';

/** $1 kinds, $2 names, $3 who pauses them, or what. Gives those that were not paused before. */
export const addPauses = statement<Pause>(
  'add-pauses',
  `insert into pause (kind, name, reason)
   select kind, name, $3::text from unnest($1::text[], $2::text[]) as given(kind, name) order by kind, name
   on conflict (kind, name) do nothing
   returning kind, name`,
);
