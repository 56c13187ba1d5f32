import type { Deciding, Sitting } from '../domain/journey/sitting.js';
import type { Connection } from '../store/connection.js';
import { renumberEvents } from '../store/engine/renumber-events.sql.js';
import type { Case, NumberedEvent } from './batch.js';
import { CaseUnderWay } from './case-under-way.js';
import { keepEvents, type Rolled } from './keep-events.js';
import type { LiveJourneys } from './live-journeys.js';
import type { Outcome } from './save.js';

/** What a customer's turn in a transaction is: which timers and events, and what it is noted as. */
export interface Turn {
  decide(one: Case, under: CaseUnderWay, sitting: Sitting): Deciding;
  stimulusOf(one: Case): string;
}

export interface Decisions {
  readonly outcomes: readonly Outcome[];
  /** Events of journeys' own that were decided with the rest. */
  readonly emitted: readonly NumberedEvent[];
  readonly rolled: Rolled;
}

/**
 * Decides customers side by side: what journeys emit to their customers is kept in one statement for all of them, then each
 * goes on. Without an `emit` nothing is asked of the database.
 */
export async function decideCases(
  tx: Connection,
  live: LiveJourneys,
  cases: readonly Case[],
  turn: Turn,
): Promise<Decisions> {
  const all = cases.map((one) => new CaseUnderWay(one, (under, sitting) => turn.decide(one, under, sitting)));
  const rolled = await takeInEmitted(tx, live, all);
  const moved = all.flatMap((one) => one.moved);
  if (moved.length > 0) await tx.run(renumberEvents, renumbered(moved));
  return {
    outcomes: all.map((under) => under.outcome((one) => turn.stimulusOf(one))),
    emitted: all.flatMap((one) => one.emitted),
    rolled,
  };
}

async function takeInEmitted(tx: Connection, live: LiveJourneys, all: readonly CaseUnderWay[]): Promise<Rolled> {
  let rolled: Rolled = {};
  for (let asking = withAsked(all); asking.length > 0; asking = withAsked(asking.map(({ one }) => one))) {
    const kept = await keepEvents(
      tx,
      live.bundle,
      asking.map(({ asked }) => asked),
    );
    rolled = { ...rolled, ...kept.rolled };
    for (const { one, asked } of asking) one.answer(kept.isFresh(asked));
  }
  return rolled;
}

function withAsked(all: readonly CaseUnderWay[]): readonly { one: CaseUnderWay; asked: NumberedEvent }[] {
  return all.flatMap((one) => (one.asked === undefined ? [] : [{ one, asked: one.asked }]));
}

function renumbered(events: readonly NumberedEvent[]): readonly unknown[] {
  return [events.map(({ customer }) => customer), events.map(({ hash }) => hash), events.map(({ event }) => event.seq)];
}
