import type { HistoryCall } from '../domain/expression/expression.js';
import { byTime, MOST_EVENTS } from '../domain/expression/layered-history.js';
import type { Tie } from '../domain/expression/scope.js';
import { isTied } from '../domain/expression/tie.js';
import { lookbackTypes, tieOf } from '../domain/journey/lookback.js';
import type { Journey } from '../domain/journey/journey.js';
import { learningTime, signs } from '../domain/journey/steps/wait-until.js';
import { addDuration } from '../domain/time/arithmetic.js';
import { printInstant, type Clock, type Instant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { loadEvents, type LoadedEventRow } from '../store/engine/load-events.sql.js';
import { loadRollups } from '../store/engine/load-rollups.sql.js';
import { latestKey, rollupKey, wideKey, windowKey, type LoadedHistory } from './loaded-history.js';

interface RollupQuestion {
  readonly history: LoadedHistory;
  readonly customer: string;
  readonly type: string;
  readonly field: string | undefined;
  readonly after: Instant | undefined;
}
interface WindowQuestion {
  readonly history: LoadedHistory;
  readonly customer: string;
  readonly type: string;
  readonly after: Instant | undefined;
  readonly tie: Tie | undefined;
  /** Only the newest is wanted: what `latest` without a condition gives. */
  readonly newest?: boolean;
  /** Read for whatever window of about this length is asked for: the customer's clock may change meanwhile. */
  readonly wide?: boolean;
}

/** No two zones are further apart, nor does a day's length change by more. */
const ZONES_APART = 2 * 86_400_000;

/** Collects what a batch's decisions may ask of history, then reads it in one query a table. */
export class HistoryLoader {
  private readonly rollups: RollupQuestion[] = [];
  private readonly windows: WindowQuestion[] = [];

  /** A journey's calls over one customer's history, as they will be made at `now`. */
  askCalls(history: LoadedHistory, customer: string, calls: readonly HistoryCall[], now: Instant, clock: Clock): void {
    for (const { type, field, window, conditional, function: name } of calls) {
      const after = window === undefined ? undefined : addDuration(now, window, clock, -1);
      if (conditional) this.askWindow({ history, customer, type, after, tie: undefined });
      else if (name === 'latest') this.askLatest(history, customer, type);
      else this.askRollup({ history, customer, type, field: name === 'sum' ? field : undefined, after });
    }
  }

  /** The same where the customer's clock may change on the way: windows are read a little longer than they can be. */
  askWideCalls(
    history: LoadedHistory,
    customer: string,
    calls: readonly HistoryCall[],
    now: Instant,
    clock: Clock,
  ): void {
    for (const { type, window } of calls) {
      if (window === undefined) continue;
      const after = addDuration(now, window, clock, -1) - ZONES_APART;
      this.askWindow({ history, customer, type, after, tie: undefined, wide: true });
    }
  }

  /** What tells when somebody reads messages: `best_hour` goes by it. */
  askBestHour(history: LoadedHistory, customer: string, now: Instant, clock: Clock, clockMoves: boolean): void {
    const after = addDuration(now, learningTime, clock, -1);
    for (const type of signs) {
      this.askWindow({ history, customer, type, after, tie: undefined });
      if (clockMoves) {
        this.askWindow({ history, customer, type, after: after - ZONES_APART, tie: undefined, wide: true });
      }
    }
  }

  /** Earlier events that an enrolment which starts now may look back at, whatever its key: those of this very instant. */
  askLookbackFromNow(history: LoadedHistory, customer: string, journey: Journey, now: Instant): void {
    for (const type of lookbackTypes(journey)) {
      this.askWindow({ history, customer, type, after: now - 1, tie: undefined });
    }
  }

  /** Earlier events that an enrolment of this journey, begun by an event of time `from`, may look back at. */
  askLookback(
    history: LoadedHistory,
    customer: string,
    journey: Journey,
    key: string | undefined,
    from: Instant,
  ): void {
    for (const type of lookbackTypes(journey)) {
      this.askWindow({ history, customer, type, after: from - 1, tie: tieOf(journey, type, key) });
    }
  }

  async load(tx: Connection): Promise<void> {
    if (this.rollups.length > 0) await this.loadRollups(tx);
    if (this.windows.length > 0) await this.loadWindows(tx);
  }

  private askLatest(history: LoadedHistory, customer: string, type: string): void {
    this.askRollup({ history, customer, type, field: undefined, after: undefined });
    this.askWindow({ history, customer, type, after: undefined, tie: undefined, newest: true });
  }

  private askRollup(question: RollupQuestion): void {
    const key = rollupKey(question.type, question.field, question.after);
    if (question.history.rollups.has(key)) return;
    question.history.rollups.set(key, { count: 0, total: 0, newest: undefined });
    this.rollups.push(question);
  }

  private askWindow(question: WindowQuestion): void {
    const key = keyOf(question);
    if (question.history.windows.has(key)) return;
    question.history.windows.set(key, []);
    this.windows.push(question);
  }

  private async loadRollups(tx: Connection): Promise<void> {
    const rows = await tx.run(loadRollups, [
      this.rollups.map((_, no) => no),
      this.rollups.map(({ customer }) => customer),
      this.rollups.map(({ type }) => type),
      this.rollups.map(({ field }) => field ?? null),
      this.rollups.map(({ after }) => (after === undefined ? null : printInstant(after))),
    ]);
    for (const { no, count, total, newest } of rows) {
      const question = this.rollups[no];
      const key = question && rollupKey(question.type, question.field, question.after);
      if (key !== undefined)
        question?.history.rollups.set(key, { count, total: total ?? undefined, newest: newest ?? undefined });
    }
  }

  private async loadWindows(tx: Connection): Promise<void> {
    const rows = await tx.run(loadEvents, [
      this.windows.map((_, no) => no),
      this.windows.map(({ customer }) => customer),
      this.windows.map(({ type }) => type),
      this.windows.map(({ after }) => (after === undefined ? null : printInstant(after))),
      this.windows.map(({ tie }) => tie?.path.join('.') ?? null),
      this.windows.map(({ tie }) => tie?.value ?? null),
      this.windows.map(({ newest }) => (newest === true ? 1 : MOST_EVENTS + 1)),
    ]);
    for (const row of rows) this.keep(row);
    for (const question of this.windows) question.history.windows.get(keyOf(question))?.sort(byTime);
  }

  /** SQL compares a tie as text; what is no value at all (an object that looks like the key) it takes too. */
  private keep(row: LoadedEventRow): void {
    const question = this.windows[row.no];
    if (question !== undefined && isTied(row, question.tie)) question.history.windows.get(keyOf(question))?.push(row);
  }
}

function keyOf({ type, after, tie, newest, wide }: WindowQuestion): string {
  if (wide === true) return wideKey(type, after);
  return newest === true ? latestKey(type) : windowKey(type, after, tie);
}
