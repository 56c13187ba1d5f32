import type { Logger } from '../../ops/log.js';
import type { Beaten } from '../../pulse/pulse.service.js';
import type { Database } from '../../store/connection.js';
import { endTurn } from '../../store/receipts/end-turn.sql.js';
import { takeTurn } from '../../store/receipts/take-turn.sql.js';
import type { Poll } from './poll.js';

/** Longer than a poll takes; a process that is killed at it is followed by another after this. */
const TURN_MS = 120_000;

/** Driven by the beat, which does not wait for them: a provider may take its time. */
export class Polls implements Beaten {
  private readonly dueAt = new Map<Poll, number>();
  private readonly underWay = new Map<Poll, Promise<void>>();
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly polls: readonly Poll[],
    private readonly log: Logger,
  ) {}

  beat(): void {
    const now = performance.now();
    for (const poll of this.polls) {
      if (this.stopped || this.underWay.has(poll) || (this.dueAt.get(poll) ?? 0) > now) continue;
      this.dueAt.set(poll, now + poll.everyMs);
      this.underWay.set(
        poll,
        this.take(poll).finally(() => this.underWay.delete(poll)),
      );
    }
  }

  /** Asks nothing more; what is under way has a moment to come to its end, and is asked again where it does not. */
  async stop(withinMs = 1_000): Promise<void> {
    this.stopped = true;
    let timer: NodeJS.Timeout | undefined;
    const awhile = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)));
    await Promise.race([Promise.all(this.underWay.values()), awhile]);
    clearTimeout(timer);
  }

  /** Where it is known up to is moved only when all before is kept: a kill in between, and it is asked for again. */
  private async take(poll: Poll): Promise<void> {
    try {
      const [turn] = await this.database.run(takeTurn, [poll.name, TURN_MS]);
      if (turn === undefined) return;
      let until: number | undefined;
      try {
        until = await poll.ask(turn.now, turn.until ?? undefined);
      } finally {
        // Not at the same instant as the beat's second, which it would miss every other time.
        await this.database.run(endTurn, [poll.name, Math.max(poll.everyMs - 500, 0), until ?? null]);
      }
    } catch (error) {
      this.log.warn({ err: error, poll: poll.name }, 'could not be asked; will be tried again');
    }
  }
}
