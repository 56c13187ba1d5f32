import type { Channel } from '../channels/channel.js';
import type { Pause } from '../domain/pause.js';
import type { Database } from '../store/connection.js';
import { look, type LookRow } from '../store/outbox/look.sql.js';
import { promoteRetries } from '../store/outbox/promote-retries.sql.js';
import { Doubts } from './doubts.js';
import type { Lane } from './lane.js';
import { makeLanes } from './make-lanes.js';
import { silentObserver, type Composer, type InDoubtRule, type RatesOf, type SenderObserver } from './ports.js';
import { RateLimiter } from './rate-limiter.js';
import { systemClock, type SenderClock } from './sender-clock.js';
import { Serving } from './serving.js';
import { Settler } from './settler.js';
import { senderSettings, type SenderSettings } from './settings.js';

export interface SenderParts {
  readonly database: Database;
  readonly channels: readonly Channel[];
  readonly composer: Composer;
  readonly inDoubtRule: InDoubtRule;
  readonly ratesOf?: RatesOf;
  readonly observer?: SenderObserver;
  readonly clock?: SenderClock;
  readonly settings?: Partial<SenderSettings>;
}

/** Retries, doubts and the other senders' word on channels are looked for this often, while somebody calls `wake()`. */
const LOOK_EVERY_MS = 900;
const PROMOTED_AT_ONCE = 5_000;
/** Kept of the time to stop in for writing the last outcomes. */
const LAST_WORDS_MS = 1_500;

/** Claim, send, settle; any number of them side by side on one database. Never throws once it is made. */
export class Sender {
  private readonly database: Database;
  private readonly clock: SenderClock;
  private readonly observer: SenderObserver;
  private readonly settings: SenderSettings;
  private readonly settler: Settler;
  private readonly doubts: Doubts;
  private readonly serving: Serving;
  private readonly lanes: readonly Lane[];
  private running = false;
  private doubtsBefore = 0;
  private looking = false;
  private lookedAt = Number.NEGATIVE_INFINITY;

  /** Throws where the settings contradict each other. */
  constructor(parts: SenderParts) {
    this.database = parts.database;
    this.clock = parts.clock ?? systemClock;
    this.observer = parts.observer ?? silentObserver;
    this.settings = senderSettings(parts.settings);
    this.settler = new Settler(this.database, this.settings, this.observer, (queueGrew) => {
      this.settled(queueGrew);
    });
    this.doubts = new Doubts(this.database, this.settings, parts.inDoubtRule, this.settler, this.observer);
    this.serving = new Serving(this.database, parts.channels, this.settings, this.clock, this.observer);
    const limiter = new RateLimiter(this.database, parts.ratesOf ?? (() => ({})));
    const { database, clock, observer, settings, settler } = this;
    const { composer } = parts;
    this.lanes = makeLanes(parts.channels, { database, composer, limiter, settler, observer, clock, settings });
  }

  start(): void {
    this.running = true;
    void this.begin();
  }

  /** Nothing is claimed before others know whom it serves: they would take what comes into doubt for nobody's. */
  private async begin(): Promise<void> {
    await this.serving.keep();
    if (this.serving.isKnown) this.wake();
  }

  /**
   * There may be something to do: after a commit that queued messages, and once a second. `found`: what `look` has just
   * told the caller, so that it is not asked twice.
   */
  wake(found?: readonly LookRow[]): void {
    if (!this.running) return;
    void this.serving.keep();
    if (!this.serving.isKnown) void this.begin();
    else if (found !== undefined) this.follow(found);
    else if (this.clock.monotonic() - this.lookedAt >= LOOK_EVERY_MS) void this.lookAround();
    else for (const lane of this.lanes) lane.wake();
  }

  /** What is paused now: of what it has in hand, that goes back to the queue. Only a call under way is not taken back. */
  heardOfPauses(pauses: readonly Pause[]): void {
    for (const lane of this.lanes) lane.heardOfPauses(pauses);
  }

  /**
   * Claims nothing more, waits for the calls under way, writes what became of them and gives back the rest. What a database
   * that is away, or a provider that does not answer, keeps beyond the time is in doubt.
   */
  async stop(): Promise<void> {
    this.running = false;
    this.doubtsBefore = this.settler.inDoubt;
    const { stopWithinMs } = this.settings;
    const lanes = Promise.all(this.lanes.map(async (lane) => lane.stop()));
    const hurry = setTimeout(() => {
      for (const lane of this.lanes) lane.abortCalls();
    }, stopWithinMs - LAST_WORDS_MS);
    await within(
      stopWithinMs,
      lanes.then(async () => this.settler.drain()),
    );
    clearTimeout(hurry);
    this.settler.stop();
  }

  /** After `stop()`: messages that left nobody knows how. Whoever sends next asks about them, as after a crash. */
  get leftInDoubt(): number {
    const underWay = this.lanes.reduce((sum, lane) => sum + lane.messagesUnderWay, 0);
    return underWay + this.settler.unwritten + this.settler.inDoubt - this.doubtsBefore;
  }

  private settled(queueGrew: boolean): void {
    for (const lane of this.lanes) {
      if (queueGrew && this.running) lane.wake();
      else lane.advance();
    }
  }

  private async lookAround(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    const channels = this.lanes.map(({ channel }) => channel);
    try {
      this.lookedAt = this.clock.monotonic();
      const found = await this.database.run(look, [
        channels.map(({ channel }) => channel),
        channels.map(({ provider }) => provider),
      ]);
      this.follow(found);
    } catch (error) {
      this.observer.trouble('look', error);
    } finally {
      this.looking = false;
    }
  }

  private follow(found: readonly LookRow[]): void {
    this.lookedAt = this.clock.monotonic();
    if (found.some(({ lapsed }) => lapsed)) this.inBackground('lapse', this.doubts.lapse());
    for (const row of found) this.followOne(row);
  }

  private followOne(row: LookRow): void {
    const lane = this.lanes.find(({ channel }) => channel.channel === row.channel && channel.provider === row.provider);
    if (lane === undefined) return;
    lane.health.heard(row);
    if (row.queued) lane.wake();
    if (row.retries) this.inBackground('promote', this.promote(lane));
    if (row.bound) this.inBackground('claim', lane.takeBound());
    if (row.doubts) this.inBackground('doubts', this.doubts.resolve(lane.channel, this.providersOf(lane)));
  }

  private lanesOf({ channel: { channel } }: Lane): readonly Lane[] {
    return this.lanes.filter((lane) => lane.channel.channel === channel);
  }

  /** The providers of its channel. */
  private providersOf(lane: Lane): readonly string[] {
    return this.lanesOf(lane).map(({ provider }) => provider);
  }

  private async promote(lane: Lane): Promise<void> {
    const { channel } = lane.channel;
    const providers = this.providersOf(lane);
    for (let promoted = PROMOTED_AT_ONCE; promoted >= PROMOTED_AT_ONCE && this.running;) {
      const [row] = await this.database.run(promoteRetries, [channel, providers]);
      promoted = row?.promoted ?? 0;
      if (promoted > 0) for (const one of this.lanesOf(lane)) one.wake();
    }
  }

  private inBackground(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.observer.trouble(what, error);
    });
  }
}

/** Resolves with the work, at the latest after `ms`. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
