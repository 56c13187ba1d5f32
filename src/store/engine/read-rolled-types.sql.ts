import { statement } from '../connection.js';

/** Of these types, those whose day rows are kept, with the fields whose sums are. */
export const readRolledTypes = statement<{ readonly type: string; readonly fields: readonly string[] }>(
  'read-rolled-types',
  'select type, fields from rolled_type where type = any($1::text[])',
);
