import { reach } from '../crash-points.js';
import type { Database } from '../store/connection.js';
import { settleCalls } from '../store/webhooks/settle-calls.sql.js';
import type { Outcome } from './outcome.js';

export interface Settlement {
  readonly id: string;
  readonly lease: string;
  readonly outcome: Outcome;
}

const AGAIN_MS = 500;

/**
 * Writes what became of calls: what comes while one statement is under way goes with the next. While the database is away it
 * is kept, until the leases have lapsed anyway.
 */
export class Settling {
  private waiting: (Settlement & { readonly until: number })[] = [];
  private writing: Promise<void> | undefined;
  private again: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly trouble: (error: unknown) => void,
    private readonly keepMs: number,
  ) {}

  /** Resolves when it is written, or could not be just now. */
  async add(settlement: Settlement): Promise<void> {
    this.waiting.push({ ...settlement, until: performance.now() + this.keepMs });
    this.write();
    await this.writing;
  }

  /** Resolves when what was added is written, or could not be. */
  async drain(): Promise<void> {
    this.write();
    await this.writing;
    clearTimeout(this.again);
  }

  private write(): void {
    this.writing ??= this.writeAll().finally(() => (this.writing = undefined));
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.database.run(settleCalls, columnsOf(batch));
        reach('webhook.saved');
      } catch (error) {
        this.trouble(error);
        this.waiting = [...batch.filter(({ until }) => until > performance.now()), ...this.waiting];
        this.tryLater();
        return;
      }
    }
  }

  private tryLater(): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      this.write();
    }, AGAIN_MS);
  }
}

function columnsOf(batch: readonly Settlement[]): readonly unknown[] {
  return [
    batch.map(({ id }) => id),
    batch.map(({ lease }) => lease),
    batch.map(({ outcome }) => outcome.state),
    batch.map(({ outcome }) => outcome.status),
    batch.map(({ outcome }) => outcome.reason ?? null),
    batch.map(({ outcome }) => outcome.waitMs),
    batch.map(({ outcome }) => JSON.stringify(outcome.body)),
  ];
}
