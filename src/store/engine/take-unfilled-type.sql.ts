import { statement } from '../connection.js';

export interface UnfilledType {
  readonly type: string;
  readonly fields: readonly string[];
  readonly filled_through: string;
}

/** A type whose day rows are still to be filled; one that another process is filling is passed over. */
export const takeUnfilledType = statement<UnfilledType>(
  'take-unfilled-type',
  `select type, fields, filled_through from rolled_type where not filled
   order by type limit 1 for no key update skip locked`,
);
