import { reach } from '../crash-points.js';
import type { ChannelName } from '../domain/message/message.js';
import type { Database, Statement } from '../store/connection.js';
import { markDown } from '../store/outbox/mark-down.sql.js';
import { markUp } from '../store/outbox/mark-up.sql.js';
import { settleSent, type SettledRow } from '../store/outbox/settle-sent.sql.js';
import { settleUnsent } from '../store/outbox/settle-unsent.sql.js';
import type { SenderObserver } from './ports.js';
import { sentColumns, unsentColumns, type Settling } from './settle-columns.js';
import type { SenderSettings } from './settings.js';

/** A channel's health as this sender has just met it; written before the messages that met it go back to the queue. */
export interface HealthNote {
  readonly channel: ChannelName;
  readonly provider: string;
  /** Undefined: it is well. */
  readonly downBecause: string | undefined;
}

interface Pile {
  readonly statement: Statement<SettledRow>;
  readonly columns: (batch: readonly Settling[]) => readonly unknown[];
  waiting: Settling[];
  /** Of the next batch: halved at each failure, so that an outcome which cannot be written ends up alone. */
  size: number;
}

const LONGEST_PAUSE_MS = 5_000;
/** The database has gone silent when a writing takes longer. */
const LONGEST_WRITING_MS = 2_000;

/**
 * Writes outcomes in groups, each with its own lease token. While the database is away they are kept here and tried again;
 * each statement bears repetition, because a settled message no longer matches.
 */
export class Settler {
  private readonly notes: HealthNote[] = [];
  private readonly sent: Pile;
  private readonly unsent: Pile;
  private timer: NodeJS.Timeout | undefined;
  private flushing = false;
  private flushedAt = 0;
  private stopped = false;
  private failures = 0;
  private drained: (() => void)[] = [];
  private doubts = 0;

  constructor(
    private readonly database: Database,
    private readonly settings: SenderSettings,
    private readonly observer: SenderObserver,
    /** After each writing: whether it put something (back) into the queue. */
    private readonly settled: (queueGrew: boolean) => void,
  ) {
    const size = settings.settleAtMost;
    this.sent = { statement: settleSent, columns: sentColumns, waiting: [], size };
    this.unsent = { statement: settleUnsent, columns: unsentColumns, waiting: [], size };
  }

  add(settling: Settling): void {
    const pile = settling.settlement.kind === 'sent' ? this.sent : this.unsent;
    pile.waiting.push(settling);
    if (settling.settlement.kind === 'in_doubt') this.doubts += 1;
    this.observer.settled(settling.message, settling.settlement);
    this.schedule();
  }

  note(note: HealthNote): void {
    this.notes.push(note);
    this.schedule();
  }

  /** Of so many it was not known what became of them. */
  get inDoubt(): number {
    return this.doubts;
  }

  /** Outcomes that are known, and nobody else knows of: without them their messages come into doubt. */
  get unwritten(): number {
    return [this.sent, this.unsent].flatMap(({ waiting }) => waiting).filter(isKnown).length;
  }

  get notesPending(): boolean {
    return this.notes.length > 0;
  }

  /** Nothing more should be claimed: the database is away, or outcomes come faster than they are written. */
  get stuck(): boolean {
    const silent = this.flushing && performance.now() - this.flushedAt > LONGEST_WRITING_MS;
    return silent || this.failures > 0 || this.count > this.settings.settleAtMost * 4;
  }

  /** When all is written; never, while the database is away. */
  async drain(): Promise<void> {
    if (this.isEmpty) return;
    await new Promise<void>((resolve) => {
      this.drained.push(resolve);
      this.schedule();
    });
  }

  /** Writes nothing more. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private get count(): number {
    return this.sent.waiting.length + this.unsent.waiting.length;
  }

  private get isEmpty(): boolean {
    return this.count === 0 && this.notes.length === 0 && !this.flushing;
  }

  private schedule(): void {
    if (this.stopped || this.flushing || (this.timer !== undefined && this.count !== this.settings.settleAtMost))
      return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), this.pause());
  }

  private pause(): number {
    if (this.failures > 0) return Math.min(LONGEST_PAUSE_MS, 50 * 2 ** this.failures);
    return this.count >= this.settings.settleAtMost ? 0 : this.settings.settleEveryMs;
  }

  private async flush(): Promise<void> {
    this.timer = undefined;
    this.flushing = true;
    this.flushedAt = performance.now();
    try {
      await this.writeNotes();
      const grew = [await this.write(this.sent), await this.write(this.unsent)];
      this.failures = 0;
      this.flushing = false;
      this.settled(grew.includes(true));
    } catch (error) {
      this.failures += 1;
      this.flushing = false;
      this.observer.trouble('settle', error);
    }
    this.goOn();
  }

  private goOn(): void {
    if (!this.isEmpty) {
      this.schedule();
      return;
    }
    for (const resolve of this.drained.splice(0)) resolve();
  }

  private async writeNotes(): Promise<void> {
    for (let note = this.notes[0]; note !== undefined; note = this.notes[0]) {
      const { channel, provider, downBecause } = note;
      await (downBecause === undefined
        ? this.database.run(markUp, [channel, provider])
        : this.database.run(markDown, [channel, provider, downBecause, this.settings.probeAfterMs]));
      this.notes.shift();
    }
  }

  private async write(pile: Pile): Promise<boolean> {
    if (pile.waiting.length === 0) return false;
    const batch = pile.waiting.slice(0, pile.size);
    try {
      reach('settle.asked');
      const [row] = await this.database.run(pile.statement, pile.columns(batch));
      reach('settle.written');
      pile.waiting.splice(0, batch.length);
      this.written(batch, row);
      pile.size = this.settings.settleAtMost;
      return row?.followed === true || batch.some(isQueuedAgain);
    } catch (error) {
      this.shrink(pile, batch, error);
      throw error;
    }
  }

  private written(batch: readonly Settling[], row: SettledRow | undefined): void {
    const lost = batch.length - (row?.settled ?? 0);
    // After a failure the first try may have been committed, and what it settled does not match again.
    if (lost > 0 && this.failures === 0) this.observer.lostLease(lost);
  }

  /** One outcome that Postgres will never take is left to its lease: the message comes into doubt, the others go on. */
  private shrink(pile: Pile, batch: readonly Settling[], error: unknown): void {
    if (batch.length === 1 && isBadData(error)) pile.waiting.shift();
    pile.size = Math.max(1, batch.length >> 1);
  }
}

function isQueuedAgain({ settlement: { kind } }: Settling): boolean {
  return kind === 'untouched' || kind === 'again' || kind === 'fallback';
}

/** SQLSTATE classes 22 (data exception) and 23 (constraint violation). */
function isBadData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^2[23]/.test(error.code);
}

function isKnown({ settlement }: Settling): boolean {
  return settlement.kind !== 'in_doubt';
}
