import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GuardedHttp } from '../channels/guarded-http/guarded-http.js';
import { reach } from '../crash-points.js';
import type { Database } from '../store/connection.js';
import { claimCalls, type ClaimedCallRow } from '../store/webhooks/claim-calls.sql.js';
import { lapseCalls } from '../store/webhooks/lapse-calls.sql.js';
import { outcomeOf, type Outcome } from './outcome.js';
import { Settling } from './settling.js';

/** What happens, for metrics and logs. Nothing here may throw. */
export interface CallObserver {
  /** An attempt is over. */
  called(call: { readonly id: string; readonly journey: string }, outcome: Outcome, seconds: number): void;
  /** Something failed that will be tried again. */
  trouble(what: string, error: unknown): void;
}

export interface CallerParts {
  readonly database: Database;
  readonly http: GuardedHttp;
  readonly observer: CallObserver;
  readonly settings?: Partial<CallerSettings>;
}

/** Times in milliseconds. */
export interface CallerSettings {
  /** Calls at once. */
  readonly concurrency: number;
  /** By how much a lease outlasts its call's time-out: for claiming before and settling after. */
  readonly marginMs: number;
  /** `stop()` has ended by then; calls still under way are broken off and made again by others. */
  readonly stopWithinMs: number;
}

/** Kept of the time to stop in for writing the last outcomes. */
const LAST_WORDS_MS = 1_500;
const defaults: CallerSettings = { concurrency: 16, marginMs: 20_000, stopWithinMs: 7_000 };

/**
 * Calls web hooks: claim, call, settle; any number of them side by side on one database. A call is made at least once: a
 * process that dies in the middle leaves it to be made again, under the same Idempotency-Key.
 */
export class WebhookCaller {
  private readonly settings: CallerSettings;
  private readonly settling: Settling;
  private readonly underWay = new Set<Promise<void>>();
  private claiming: Promise<void> | undefined;
  private claimAgain = false;
  private running = false;

  constructor(private readonly parts: CallerParts) {
    this.settings = { ...defaults, ...parts.settings };
    const trouble = (error: unknown): void => {
      parts.observer.trouble('settle calls', error);
    };
    this.settling = new Settling(parts.database, trouble, this.settings.marginMs);
  }

  start(): void {
    this.running = true;
    this.wake();
  }

  /** There may be calls to make. */
  wake(): void {
    this.claimAgain = true;
    if (this.running) this.claiming ??= this.claimAll().finally(() => (this.claiming = undefined));
  }

  /** Calls that a caller which is gone had in hand are to be made too. */
  async lookAround(): Promise<void> {
    try {
      await this.parts.database.run(lapseCalls);
    } catch (error) {
      this.parts.observer.trouble('lapse calls', error);
    }
    this.wake();
  }

  /** Makes no more calls, waits for those under way and writes what became of them. */
  async stop(): Promise<void> {
    this.running = false;
    const { http } = this.parts;
    const { stopWithinMs } = this.settings;
    const breakOff = setTimeout(() => void http.breakOff(), stopWithinMs);
    const timeUp = new AbortController();
    const ended = this.end().finally(() => {
      timeUp.abort();
    });
    await Promise.race([
      ended,
      sleep(stopWithinMs + LAST_WORDS_MS, undefined, { signal: timeUp.signal }).catch(nothing),
    ]);
    clearTimeout(breakOff);
    await http.breakOff();
  }

  private async end(): Promise<void> {
    await this.claiming;
    await Promise.all(this.underWay);
    await this.settling.drain();
  }

  /** Until nothing is due, or all hands are full: who ends a call asks again. */
  private async claimAll(): Promise<void> {
    while (this.running && this.claimAgain) {
      const free = this.settings.concurrency - this.underWay.size;
      if (free <= 0) return;
      this.claimAgain = false;
      try {
        if ((await this.claim(free)) === free) this.claimAgain = true;
      } catch (error) {
        this.parts.observer.trouble('claim calls', error);
      }
    }
  }

  private async claim(most: number): Promise<number> {
    const { database } = this.parts;
    const { marginMs } = this.settings;
    const lease = randomUUID();
    const asked = performance.now();
    reach('webhook.asked');
    const calls = await database.run(claimCalls, [most, lease, marginMs]);
    // Of a process that slept meanwhile the leases may have lapsed.
    if (performance.now() - asked > marginMs / 2) return 0;
    if (calls.length > 0) reach('webhook.claimed');
    for (const call of calls) this.begin(call, lease);
    return calls.length;
  }

  private begin(call: ClaimedCallRow, lease: string): void {
    const work = this.make(call, lease).finally(() => {
      this.underWay.delete(work);
      // All hands were full, or the last claim was.
      if (this.claimAgain) this.wake();
    });
    this.underWay.add(work);
  }

  private async make(
    { id, journey, url, method, body, time_out_ms, attempts }: ClaimedCallRow,
    lease: string,
  ): Promise<void> {
    const began = performance.now();
    const call = { url, method, body: body ?? undefined, idempotencyKey: id, timeoutMs: time_out_ms };
    reach('webhook.called');
    const result = await this.parts.http.call(call);
    reach('webhook.answered');
    const isBrokenOff = !this.running && (result.kind === 'no_answer' || result.kind === 'not_written');
    const outcome = isBrokenOff ? later(result.reason) : outcomeOf(result, attempts, Math.random());
    this.parts.observer.called({ id, journey }, outcome, (performance.now() - began) / 1000);
    // Before the next is claimed: whose turn it is goes by what is under way.
    await this.settling.add({ id, lease, outcome });
  }
}

/** A call that we broke off ourselves is no failure of the receiver's. */
function later(reason: string): Outcome {
  return { state: 'retrying', status: 0, reason, waitMs: 0, body: null };
}

const nothing = (): void => undefined;
