import { unsettles } from '../domain/journey/facts.js';
import { printInstant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { testAgain } from '../store/engine/test-again.sql.js';
import type { Outcome } from './save.js';

/**
 * A word on consent that is forgotten is no withdrawal, but messages that rest on it may leave no more; and whose clock is another
 * one now has other quiet hours and blackouts.
 */
export async function testWhatIsUnsettled(tx: Connection, outcomes: readonly Outcome[]): Promise<void> {
  const unsettled = outcomes.filter(({ decided }) =>
    decided.effects.some((effect) => effect.kind === 'change' && unsettles(effect.patch)),
  );
  if (unsettled.length === 0) return;
  const [ids, nows] = [unsettled.map(({ after }) => after.id), unsettled.map(({ now }) => printInstant(now))];
  await tx.run(testAgain, [ids, nows]);
}
