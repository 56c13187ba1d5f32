import { statement } from '../connection.js';

/** All types whose day rows are kept, with the fields whose sums are. */
export const allRolledTypes = statement<{ readonly type: string; readonly fields: readonly string[] }>(
  'all-rolled-types',
  'select type, fields from rolled_type',
);
