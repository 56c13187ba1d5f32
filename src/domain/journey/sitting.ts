import type { HistoryEvent } from '../expression/scope.js';
import { mergeType } from '../merging/merge-faults.js';
import type { Instant } from '../time/instant.js';
import type { CustomerDesk } from './customer-desk.js';
import type { Decided } from './decision-record.js';
import type { Effect, Emitted, Trace } from './decision.js';
import type { Enrolment } from './enrolment.js';
import { leaveAtOnce } from './leave-at-once.js';

/** A chain of more events that journeys emit, each because of the one before, is cut. */
export const mostEmits = 8;

/** An event of a journey's own, and how far it is from what came from outside: that one's own is 1. */
export interface Emission {
  readonly emitted: Emitted;
  readonly chain: number;
}

/**
 * Decisions under way. Each event that a journey emits to this very customer comes up where it has to be decided; the
 * answer is the event with its decision number, or undefined where it was seen before.
 */
export type Deciding = Generator<Emitted, void, HistoryEvent | undefined>;

/**
 * One customer's decisions of one transaction, one after the other: right after each come the events that it emits to
 * the same customer, and theirs.
 */
export class Sitting {
  /** For other customers, or of two who are one: decided on their own, afterwards. */
  readonly elsewhere: Emission[] = [];
  /** Not decided at all: their chains were too long. */
  readonly cut: Emission[] = [];
  private readonly effects: Effect[] = [];
  private readonly trace: Trace[] = [];
  private readonly enrolments = new Map<string, Enrolment>();

  /** `hear` is told each line as it is decided. */
  constructor(
    readonly desk: CustomerDesk,
    private readonly hear?: (line: Trace) => void,
  ) {}

  /** Timers that fell due before `limit`: all of them at one go, as what the first of them sends has left before the next. */
  *decideTimers(limit: Instant, now: Instant): Deciding {
    const before = this.effects.length;
    while (this.desk.decideTimer(limit, () => now)) yield* this.follow(now, 0);
    this.leaveSince(before);
  }

  /** The files in force are others than those that they entered on. */
  *changeFiles(now: Instant): Deciding {
    this.desk.changeFiles(now);
    yield* this.atOneGo(now);
  }

  /** Its customer is merged with another one, who was in these journeys before. */
  *leaveMerged(which: readonly Enrolment[], now: Instant): Deciding {
    this.desk.leaveMerged(which, now);
    yield* this.atOneGo(now);
  }

  /** An event; `chain` is 0 for one from outside. */
  *decideEvent(event: HistoryEvent, now: Instant, chain = 0): Deciding {
    this.desk.decideEvent(event, now);
    yield* this.atOneGo(now, chain);
  }

  /** All that was decided. */
  get decided(): Decided {
    return { effects: this.effects, trace: this.trace, enrolments: [...this.enrolments.values()] };
  }

  /** What the desk has decided just now, and all that is emitted because of it. */
  private *atOneGo(now: Instant, chain = 0): Deciding {
    const before = this.effects.length;
    yield* this.follow(now, chain);
    this.leaveSince(before);
  }

  private leaveSince(before: number): void {
    if (this.effects.length - before < 2) return;
    const own = this.effects.slice(before);
    const done = leaveAtOnce(own);
    if (done !== own) this.effects.splice(before, own.length, ...done);
  }

  private *follow(now: Instant, chain: number): Deciding {
    const { effects, trace, enrolments } = this.desk.take();
    for (const line of trace) this.trace.push(line);
    if (this.hear !== undefined) trace.forEach(this.hear);
    for (const enrolment of enrolments) {
      this.enrolments.set(`${enrolment.journey}/${String(enrolment.seq)}`, enrolment);
    }
    for (const effect of effects) this.effects.push(effect);
    for (const effect of effects) {
      if (effect.kind === 'emitted') yield* this.takeIn({ emitted: effect, chain: chain + 1 }, now);
    }
  }

  private *takeIn(emission: Emission, now: Instant): Deciding {
    const { emitted, chain } = emission;
    if (chain > mostEmits) this.cut.push(emission);
    else if (this.isForLater(emitted)) this.elsewhere.push(emission);
    else {
      const event = yield emitted;
      if (event === undefined) return;
      this.desk.decideEvent(event, now);
      yield* this.follow(now, chain);
    }
  }

  /** Other customers are decided on their own, and so is whether two are one. */
  private isForLater({ subject, type }: Emitted): boolean {
    return subject !== this.desk.facts.customer.id || type === mergeType;
  }
}
