import type { Pause } from '../../domain/pause.js';
import { statement } from '../connection.js';

/** $1 kinds, $2 names. Gives those that were paused; from when until now is kept. */
export const removePauses = statement<Pause>(
  'remove-pauses',
  `with removed as (
     delete from pause using unnest($1::text[], $2::text[]) as given(kind, name)
     where pause.kind = given.kind and pause.name = given.name
     returning pause.kind, pause.name, pause.since
   ), kept as (
     insert into past_pause (kind, name, since) select kind, name, since from removed on conflict do nothing
   )
   select kind, name from removed`,
);
