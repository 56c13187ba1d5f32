import type { Connection } from '../store/connection.js';
import { insertOutcomes } from '../store/engine/insert-outcomes.sql.js';
import type { NumberedEvent } from './batch.js';
import type { LiveJourneys } from './live-journeys.js';
import type { Outcome } from './save.js';
import { toldOfDecisions, toldOfEvent } from './told.js';

/** Writes down what is to be told outside, in the transaction that decides it. */
export type Telling = (
  tx: Connection,
  live: LiveJourneys,
  outcomes: readonly Outcome[],
  events: readonly NumberedEvent[],
) => Promise<void>;

/** Where nobody publishes it nothing is written, for nobody would ever take it away. */
export const tellNobody: Telling = () => Promise.resolve();

/** First what came in, then what came of it: a customer's own rows are numbered while the customer is locked. */
export const tellOutcomes: Telling = async (tx, live, outcomes, events) => {
  const { policy } = live.workspace;
  const told = [...events.flatMap((event) => toldOfEvent(event, policy)), ...outcomes.flatMap(toldOfDecisions)];
  if (told.length === 0) return;
  await tx.run(insertOutcomes, [
    told.map(({ customer }) => customer),
    told.map(({ at }) => at),
    told.map(({ id }) => id),
    told.map(({ source }) => source),
    told.map(({ type }) => type),
    JSON.stringify(told.map(({ data }) => data)),
  ]);
};
