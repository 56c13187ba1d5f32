import type { Channel, LookupResult } from '../channels/channel.js';
import { reach } from '../crash-points.js';
import type { Database } from '../store/connection.js';
import { lapseLeases } from '../store/outbox/lapse-leases.sql.js';
import { takeDoubts, type DoubtRow } from '../store/outbox/take-doubts.sql.js';
import type { InDoubtRule, SenderObserver } from './ports.js';
import { answered, unanswered, type AgainBy, type Doubt, type Settlement } from './settlement.js';
import type { Settler } from './settler.js';
import type { SenderSettings } from './settings.js';

/** As many as one question may hold, and one statement takes. */
const AT_ONCE = 500;

/** Messages that may or may not have been sent. */
export class Doubts {
  private readonly asking = new Set<Channel>();

  constructor(
    private readonly database: Database,
    private readonly settings: SenderSettings,
    private readonly rule: InDoubtRule,
    private readonly settler: Settler,
    private readonly observer: SenderObserver,
  ) {}

  /** What a sender that is gone had in hand comes into doubt. */
  async lapse(): Promise<void> {
    const rows = await this.database.run(lapseLeases, [this.settings.inDoubt.askAfterMs]);
    if (rows.length > 0) reach('doubt.lapsed');
    for (const { channel, provider, count } of rows) this.observer.inDoubt(channel, provider ?? '', count);
  }

  /** Decides those of a provider that are due, and of providers that nobody serves any more; one round at a time. */
  async resolve(channel: Channel, providers: readonly string[]): Promise<void> {
    if (this.asking.has(channel)) return;
    this.asking.add(channel);
    try {
      while ((await this.resolveSome(channel, providers)) === AT_ONCE);
    } finally {
      this.asking.delete(channel);
    }
  }

  private async resolveSome(channel: Channel, providers: readonly string[]): Promise<number> {
    const { askAfterMs } = this.settings.inDoubt;
    const rows = await this.database.run(takeDoubts, [channel.channel, askAfterMs, channel.provider, providers]);
    if (rows.length > 0) reach('doubt.taken');
    const answers = await this.ask(
      channel,
      rows.filter((row) => this.mayAsk(channel, row)),
    );
    if (rows.length > 0) reach('doubt.answered');
    for (const row of rows)
      this.settle(channel, row, this.decide(row, answers.get(Number(row.id)), this.againBy(channel, row)));
    return rows.length;
  }

  /** Not of another provider than the one it was given to, not by an id that it never had, and not when it has forgotten. */
  private mayAsk(channel: Channel, { provider, registered, attempted_at, at }: DoubtRow): boolean {
    const known = provider === channel.provider && !registered && channel.lookup !== undefined;
    return known && at <= attempted_at + this.settings.inDoubt.askUntilMs;
  }

  /** An answer for each row asked about. */
  private async ask(channel: Channel, rows: readonly DoubtRow[]): Promise<ReadonlyMap<number, LookupResult>> {
    if (rows.length === 0 || channel.lookup === undefined) return new Map();
    const ids = rows.map(({ id }) => Number(id));
    const silence = (reason: string): LookupResult => ({ kind: 'cannot_tell', reason });
    try {
      const told = await channel.lookup(ids);
      return new Map(ids.map((id) => [id, told.get(id) ?? silence('not_told')]));
    } catch (error) {
      return new Map(ids.map((id) => [id, silence(error instanceof Error ? error.message : String(error))]));
    }
  }

  /** Of a provider that nobody serves any more nobody may send again what it perhaps has. */
  private againBy({ provider }: Channel, row: DoubtRow): AgainBy | 'never' {
    if (row.provider !== provider || this.rule(row.purpose) === 'never') return 'never';
    return row.one_of_several ? 'itself' : 'anybody';
  }

  private decide(row: DoubtRow, answer: LookupResult | undefined, rule: AgainBy | 'never'): Settlement {
    const doubt: Doubt = {
      attemptedAt: row.attempted_at,
      cameAt: row.came_at,
      notAfter: row.not_after ?? undefined,
    };
    return answer === undefined
      ? unanswered(doubt, rule, row.at, this.settings)
      : answered(doubt, answer, row.at, this.settings);
  }

  private settle({ channel }: Channel, row: DoubtRow, settlement: Settlement): void {
    const { customer_id: customer, purpose, provider, lease } = row;
    this.settler.add({
      message: { id: Number(row.id), customer, purpose, channel, provider: provider ?? undefined },
      lease,
      settlement,
    });
  }
}
