import type { EventDecider } from '../intake/intake.js';
import type { Logger } from '../ops/log.js';
import type { Beaten } from '../pulse/pulse.service.js';
import type { Database } from '../store/connection.js';
import type { Pulse } from '../store/engine/pulse.sql.js';
import { dropEarlyReceipts } from '../store/receipts/drop-early-receipts.sql.js';
import { takeEarlyReceipts, type EarlyReceipt } from '../store/receipts/take-early-receipts.sql.js';
import { findReceipts, type Found, type Told } from './receipt-events.js';
import type { CountHeard } from './way-back.js';

/**
 * How long a receipt may be ahead of the outcome of its own send. A sender that was killed is settled by what the provider says a
 * minute later; longer, and the provider itself is in trouble.
 */
const HOUR = 3_600_000;
const AT_ONCE = 500;

/** Receipts that came before the outcome of their own send was written, tried again until it is. */
export class EarlyReceipts implements Beaten {
  constructor(
    private readonly database: Database,
    private readonly decider: EventDecider,
    private readonly count: CountHeard,
    private readonly log: Logger,
    private readonly forMs = HOUR,
  ) {}

  async beat({ early_receipts }: Pick<Pulse, 'early_receipts'>): Promise<void> {
    if (!early_receipts) return;
    try {
      while ((await this.trySome()) === AT_ONCE);
    } catch (error) {
      this.log.error({ err: error }, 'early receipts will be tried again');
    }
  }

  /** Dropped only once they are kept as events: a kill in between, and they are found to be known already. */
  private async trySome(): Promise<number> {
    const rows = await this.database.run(takeEarlyReceipts, [this.forMs]);
    if (rows.length === 0) return 0;
    const found = await findReceipts(this.database, rows.map(toldBy));
    const events = found.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
    if (events.length > 0) await this.decider.decide({ source: 'engine', events });
    await this.drop(rows, found);
    return rows.length;
  }

  private async drop(rows: readonly EarlyReceipt[], found: readonly Found[]): Promise<void> {
    const done = rows.filter(({ last }, place) => last || found[place]?.kind === 'event');
    if (done.length === 0) return;
    await this.database.run(dropEarlyReceipts, [
      done.map(({ provider }) => provider),
      done.map(({ provider_id }) => provider_id),
      done.map(({ status }) => status),
    ]);
    const kept = found.filter(({ kind }) => kind === 'event').length;
    this.count('any', 'receipt', 'accepted', kept);
    this.count('any', 'receipt', 'unknown', done.length - kept);
  }
}

function toldBy({ provider, provider_id: providerId, status, reason }: EarlyReceipt): Told {
  return { provider, receipt: { kind: 'receipt', providerId, status, reason: reason ?? undefined } };
}
