import { statement } from '../connection.js';

export interface UntoldNumber {
  readonly number: string;
  readonly seen_at: number;
  readonly customers: readonly string[];
}

/** Numbers whose withdrawal is not kept yet, and whose they are; of nobody's the list is empty. $1 provider, $2 numbers after it, $3 how many. */
export const untoldBlocked = statement<UntoldNumber>(
  'untold-blocked',
  `select number, seen_at, array(
     select id from customer where attributes ? 'phone' and attributes ->> 'phone' = blocked_number.number
     order by created_at limit 100) as customers
   from blocked_number
   where provider = $1 and number > $2 and not told
   order by number limit $3::integer`,
);
