import { forgetsConsent } from '../domain/journey/facts.js';
import { printInstant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { testAgain } from '../store/engine/test-again.sql.js';
import type { Outcome } from './save.js';

/** A word on consent that is forgotten is no withdrawal, but messages that rest on it may leave no more. */
export async function testWhatRestedOnConsent(tx: Connection, outcomes: readonly Outcome[]): Promise<void> {
  const forgetful = outcomes.filter(({ decided }) =>
    decided.effects.some((effect) => effect.kind === 'change' && forgetsConsent(effect.patch)),
  );
  if (forgetful.length === 0) return;
  const [ids, nows] = [forgetful.map(({ after }) => after.id), forgetful.map(({ now }) => printInstant(now))];
  await tx.run(testAgain, [ids, nows]);
}
