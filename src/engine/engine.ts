import { reach } from '../crash-points.js';
import { mergeOf } from '../domain/merging/merge-faults.js';
import type { DeadLetter, EventDecider, EventOutcome, IncomingEvent, IntakeSource } from '../intake/intake.js';
import { FencedError } from '../intake/intake.js';
import type { Connection, Database } from '../store/connection.js';
import { readPendingEvents, type PendingEventRow } from '../store/engine/read-pending-events.sql.js';
import { readPendingOf } from '../store/engine/read-pending-of.sql.js';
import { holdTimers } from '../store/pausing/hold-timers.sql.js';
import { releaseTimers } from '../store/pausing/release-timers.sql.js';
import { isTransient } from '../store/transient.js';
import type { BatchEvent } from './batch.js';
import { parted } from './batch-parts.js';
import { decideBatch, virtual, type Batch, type BatchResult } from './decide-batch.js';
import { decideDue } from './due-timers.js';
import type { EngineObserver, VirtualClock } from './engine-observer.js';
import { deadLetterOf } from './dead-letter-of.js';
import type { LiveJourneys } from './live-journeys.js';
import { decideMerge } from './merging/decide-merge.js';
import { isMerge, SecondNames } from './merging/second-names.js';
import { recheckMessages, traceOf } from './recheck-messages.js';
import { FileChanges } from './file-changes.js';
import { RollupFilling } from './rollup-filling.js';
import { stillPending } from './still-pending.js';
import { tellNobody, tellOutcomes, type Telling } from './tell-outcomes.js';

export interface EngineParts {
  readonly db: Database;
  readonly live: LiveJourneys;
  readonly observer: EngineObserver;
  /** Called after a commit that queued messages. */
  readonly queued: (messages: number) => void;
  /** Called after a commit in which journeys have paused themselves. */
  readonly paused?: () => void;
  /** Called after a commit that has web hooks to be called. */
  readonly called?: () => void;
  readonly clock?: VirtualClock;
  /** Whether somebody publishes what is to be told outside: then it is written down. */
  readonly outcomes?: boolean;
}

/** How often a batch is tried again when the database, not the work, was at fault. */
const TRIES = 3;

/** Decides events and timers, a batch in one transaction. Any number of engines may work on one database. */
export class Engine implements EventDecider {
  private readonly clock: VirtualClock;
  private readonly filling: RollupFilling;
  private readonly tell: Telling;
  private readonly changes: FileChanges;
  private readonly names: SecondNames;

  constructor(private readonly parts: EngineParts) {
    this.clock = parts.clock ?? (() => undefined);
    this.filling = new RollupFilling(parts.db);
    this.tell = parts.outcomes === true ? tellOutcomes : tellNobody;
    this.names = new SecondNames(parts.db);
    this.changes = new FileChanges({ ...parts, clock: this.clock, tell: this.tell });
  }

  async decide(batch: Parameters<EventDecider['decide']>[0]): Promise<readonly EventOutcome[]> {
    const { source, events, dead = [], move } = batch;
    await this.hearBefore(events);
    const outcomes = await this.decideOrHalve(source, { events, dead, move, pending: undefined });
    this.count(source, outcomes, dead.length);
    return outcomes;
  }

  /** Decides up to 500 events that the engine itself has made; gives their number. */
  async decidePending(): Promise<number> {
    return this.decideRows(await this.parts.db.run(readPendingEvents));
  }

  /** A reply may be to a message that has just gone on to another channel: that is known before it is decided. */
  private async hearBefore(events: readonly IncomingEvent[]): Promise<void> {
    const writers = events.filter(({ type }) => type === 'message.received').map(({ customer }) => customer);
    if (writers.length === 0) return;
    await this.decideRows(await this.parts.db.run(readPendingOf, [writers]));
  }

  private async decideRows(rows: readonly PendingEventRow[]): Promise<number> {
    if (rows.length === 0) return 0;
    const pending = rows.map(({ no }) => no);
    const outcomes = await this.decideOrHalve('engine', {
      events: rows.map(fromPending),
      dead: [],
      move: undefined,
      pending,
    });
    this.count('engine', outcomes, 0);
    return rows.length;
  }

  /** Decides timers that are due, up to 500 customers; gives how many customers it locked. */
  async decideDueTimers(limit = 500): Promise<number> {
    const { db, live, observer } = this.parts;
    const result = await decideDue(db, live, this.clock, limit, observer, this.tell);
    if (result.customers > 0) reach('timers.committed');
    this.committed(result);
    return result.customers;
  }

  /** Looks again at messages whose time to leave, to be held or to wait for a receipt is over; gives how many customers it locked. */
  async recheckMessages(limit = 500): Promise<number> {
    const { db, live, observer } = this.parts;
    const { customers, messages } = await recheckMessages(db, live, this.clock, limit);
    if (customers > 0) reach('recheck.committed');
    observer.decided(messages.flatMap(traceOf));
    for (const { row, verdict } of messages) {
      const { channel, purpose } = row;
      if (verdict.kind === 'suppressed' || verdict.kind === 'withdrawn')
        observer.cameBack(channel, purpose, verdict.kind);
      if (verdict.kind === 'unclear') observer.poisoned({ customer: row.customer_id }, verdict.error);
    }
    const again = messages.filter(({ verdict: { kind } }) => kind === 'go' || kind === 'next').length;
    if (again > 0) this.parts.queued(again);
    return customers;
  }

  /** Puts aside timers that are due of paused journeys, so that nobody walks past them; gives their number. */
  async holdTimers(limit = 1_000): Promise<number> {
    const [row] = await this.parts.db.run(holdTimers, [virtual(this.clock), limit]);
    return row?.held ?? 0;
  }

  /** Timers of journeys that go on are due again, the oldest first; gives their number. */
  async releaseTimers(limit = 1_000): Promise<number> {
    const [row] = await this.parts.db.run(releaseTimers, [limit]);
    return row?.released ?? 0;
  }

  /** Whether people are as the files of this process have it. */
  get filesAreInForce(): boolean {
    return this.changes.areMade;
  }

  /** Moves people to the files of this process, or lets them leave, a slice; false where nobody is left. */
  async changeFiles(limit = 200): Promise<boolean> {
    const result = await this.changes.makeSlice(limit);
    if (result !== undefined) this.committed(result);
    return !this.changes.areMade;
  }

  /** Fills day rows with events from before their type was counted, a slice; false where none is left to this process. */
  fillRollups(): Promise<boolean> {
    return this.filling.fillSlice();
  }

  get rollupsAreKept(): boolean {
    return this.parts.live.rollupsAreKept;
  }

  /** Asks once more for what could not be had when the journeys were loaded. */
  async keepRollups(): Promise<number> {
    await this.parts.live.keepRollups(this.parts.db, 1);
    return 0;
  }

  /** A batch that fails is halved until the event that fails is alone: that one is a dead letter, all others commit. */
  private async decideOrHalve(source: IntakeSource, batch: Batch): Promise<readonly EventOutcome[]> {
    const merge = batch.events.findIndex(isMerge);
    // By itself, between those before it and those after.
    if (merge >= 0 && batch.events.length > 1) return this.decideParts(source, batch, Math.max(merge, 1));
    let result: BatchResult;
    try {
      result = await this.decideWhole(batch);
    } catch (error) {
      if (error instanceof FencedError || isTransient(error)) throw error;
      if (batch.events.length > 1) return this.decideParts(source, batch, batch.events.length >> 1);
      const [event] = batch.events;
      if (event === undefined) throw error;
      return this.bury(source, batch, event, error);
    }
    reach('batch.committed');
    // Not above: what has been committed is no failure, whatever its listeners do.
    this.committed(result);
    return result.fresh.map((fresh) => ({ kind: fresh ? 'accepted' : 'duplicate' }));
  }

  /** The first part's letters and the second part's offset: what moves on, moves last. */
  private async decideParts(source: IntakeSource, batch: Batch, at: number): Promise<readonly EventOutcome[]> {
    const [first, second] = parted(batch, at);
    const before = await this.decideOrHalve(source, first);
    return [...before, ...(await this.decideOrHalve(source, second))];
  }

  private async bury(
    source: IntakeSource,
    batch: Batch,
    event: IncomingEvent,
    error: unknown,
  ): Promise<EventOutcome[]> {
    this.parts.observer.poisoned(
      { customer: event.customer, event: `${event.type} ${event.source} ${event.id}` },
      error,
    );
    const letter: DeadLetter = deadLetterOf(event, source, error);
    const rest: Batch = { ...batch, events: [], dead: [...batch.dead, letter] };
    await this.decideWhole(rest);
    return [{ kind: 'dead', reason: letter.reason }];
  }

  private decideWhole(batch: Batch): Promise<BatchResult> {
    const { db } = this.parts;
    return this.names.during(() => retrying(() => db.transaction((tx) => this.decideIn(tx, batch))));
  }

  /** Under the ids that the customers go by, as far as it is known by then. */
  private async decideIn(tx: Connection, batch: Batch): Promise<BatchResult> {
    const { live } = this.parts;
    const { clock, tell, names } = this;
    const { dead, move } = batch;
    const events = names.rename(await stillPending(tx, batch));
    const [event] = events;
    const merge = event && mergeOf(event);
    if (event === undefined || merge === undefined) return decideBatch(tx, live, { events, dead, move }, clock, tell);
    const named = { from: names.of(merge.from), into: names.of(merge.into) };
    return decideMerge(tx, { event, merge: named, dead, move }, { live, clock, tell });
  }

  private committed({ outcomes, queued, limited }: Pick<BatchResult, 'outcomes' | 'queued' | 'limited'>): void {
    const { observer } = this.parts;
    observer.decided(outcomes.flatMap(({ decided }) => decided.trace));
    let calls = false;
    for (const effect of outcomes.flatMap(({ decided }) => decided.effects)) {
      calls ||= effect.kind === 'called';
      if (effect.kind === 'queue') observer.queued(effect.attempts[0].channel, effect.purpose);
    }
    for (const { emitted } of outcomes.flatMap(({ cut }) => cut)) observer.cut(emitted);
    if (queued > 0) this.parts.queued(queued);
    if (calls) this.parts.called?.();
    for (const { journey, reason } of limited) observer.pausedItself(journey, reason);
    if (limited.length > 0) this.parts.paused?.();
  }

  private count(source: IntakeSource, outcomes: readonly EventOutcome[], refused: number): void {
    for (const kind of ['accepted', 'duplicate', 'dead'] as const) {
      const number = outcomes.filter((outcome) => outcome.kind === kind).length + (kind === 'dead' ? refused : 0);
      if (number > 0) this.parts.observer.events(source, kind, number);
    }
  }
}

function fromPending({ customer_id, id, source, type, time, data, chain }: PendingEventRow): BatchEvent {
  return { customer: customer_id, id, source, type, time, data, chain };
}

/** A deadlock or a lost connection: what is repeated is recognised by its events' identity. */
async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= TRIES || !isTransient(error)) throw error;
    }
  }
}
