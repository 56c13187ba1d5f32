import type { EventDecider } from '../intake/intake.js';
import { reach } from '../crash-points.js';
import type { Logger } from '../ops/log.js';
import type { Beaten } from '../pulse/pulse.service.js';
import type { Database } from '../store/connection.js';
import type { Pulse } from '../store/engine/pulse.sql.js';
import { dropEarlyReceipts } from '../store/receipts/drop-early-receipts.sql.js';
import { putOffEarlyReceipts } from '../store/receipts/put-off-early-receipts.sql.js';
import { takeEarlyReceipts, type EarlyReceipt } from '../store/receipts/take-early-receipts.sql.js';
import { findReceipts, type Told } from './receipt-events.js';
import type { CountHeard } from './way-back.js';

/**
 * How long a receipt may be ahead of the outcome of its own send. A sender that was killed is settled by what the provider says a
 * minute later; longer, and the provider itself is in trouble.
 */
const HOUR = 3_600_000;
const AT_ONCE = 500;
/** What was taken is tried again so soon by whoever is there, where a death kept it from being told, or put off. */
const TAKEN_MS = 5_000;

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
    const rows = await this.database.run(takeEarlyReceipts, [this.forMs, TAKEN_MS]);
    if (rows.length === 0) return 0;
    reach('early.taken');
    const found = await findReceipts(this.database, rows.map(toldBy));
    const events = found.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
    if (events.length > 0) await this.decider.decide({ source: 'engine', events });
    if (events.length > 0) reach('early.kept');
    const isDone = ({ last }: EarlyReceipt, place: number): boolean => last || found[place]?.kind === 'event';
    await this.drop(rows.filter(isDone), events.length);
    await this.putOff(rows.filter((row, place) => !isDone(row, place)));
    return rows.length;
  }

  private async drop(done: readonly EarlyReceipt[], kept: number): Promise<void> {
    if (done.length === 0) return;
    await this.database.run(dropEarlyReceipts, namesOf(done));
    this.count('any', 'receipt', 'accepted', kept);
    this.count('any', 'receipt', 'unknown', done.length - kept);
  }

  private async putOff(unsettled: readonly EarlyReceipt[]): Promise<void> {
    if (unsettled.length === 0) return;
    await this.database.run(putOffEarlyReceipts, [...namesOf(unsettled), unsettled.map(({ until }) => until)]);
  }
}

function namesOf(rows: readonly EarlyReceipt[]): readonly (readonly string[])[] {
  return [
    rows.map(({ provider }) => provider),
    rows.map(({ provider_id }) => provider_id),
    rows.map(({ status }) => status),
  ];
}

function toldBy({ provider, provider_id: providerId, status, reason }: EarlyReceipt): Told {
  return { provider, receipt: { kind: 'receipt', providerId, status, reason: reason ?? undefined } };
}
