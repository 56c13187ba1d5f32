import { statement } from '../connection.js';

/** The day rows of a type ($1) have every event of the customers up to $2; $3: of all. */
export const moveFilling = statement(
  'move-filling',
  'update rolled_type set filled_through = $2::text, filled = $3::boolean where type = $1::text',
);
