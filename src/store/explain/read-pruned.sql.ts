import { statement } from '../connection.js';

/** The names under which it is kept up to when something is taken away. */
export const PRUNE_CALLS = 'prune/webhook-calls';
export const PRUNE_LINKS = 'prune/links';

export interface PrunedRow {
  readonly calls: number | null;
  readonly links: number | null;
}

/** Of what was over before these instants something may be gone; null: all is there. */
export const readPruned = statement<PrunedRow>(
  'read-pruned',
  `select (select until from provider_poll where name = '${PRUNE_CALLS}') as calls,
     (select until from provider_poll where name = '${PRUNE_LINKS}') as links`,
);
