import { statement } from '../connection.js';

/** Waits for every batch that has read which types are kept; those that come meanwhile wait for this transaction. */
export const lockRolledTypes = statement('lock-rolled-types', 'lock table rolled_type in access exclusive mode');
