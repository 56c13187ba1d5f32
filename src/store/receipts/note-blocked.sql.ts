import { statement } from '../connection.js';

/** The provider's whole list as it is now: $1 provider, $2 numbers. Who has left it may come upon it again. */
export const noteBlocked = statement(
  'note-blocked',
  `with gone as (
    delete from blocked_number where provider = $1 and number <> all ($2::text[])
  )
  insert into blocked_number (provider, number)
  select distinct $1, number from unnest($2::text[]) as number
  on conflict do nothing`,
);
