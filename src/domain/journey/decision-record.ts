import type { Effect, Trace } from './decision.js';
import type { Enrolment } from './enrolment.js';

export interface Decided {
  readonly effects: readonly Effect[];
  readonly trace: readonly Trace[];
  /** Each enrolment that began or changed, as it stands now. */
  readonly enrolments: readonly Enrolment[];
}

/** What one customer's desk has decided, until somebody takes it away. */
export class DecisionRecord {
  private effects: Effect[] = [];
  private trace: Trace[] = [];
  private touched: Enrolment[] = [];
  // A simulation has many, and most take nothing back.
  private takenBack: Set<string> | undefined;

  /** What was decided since this was last called. */
  take(): Decided {
    const { effects, trace, touched } = this;
    // Most stimuli make little, and new arrays and maps for each would cost more than they.
    if (effects.length > 0) this.effects = [];
    if (trace.length > 0) this.trace = [];
    if (touched.length > 0) this.touched = [];
    return { effects: unlessEmpty(effects), trace: unlessEmpty(trace), enrolments: unlessEmpty(touched) };
  }

  get isEmpty(): boolean {
    return this.effects.length === 0 && this.trace.length === 0 && this.touched.length === 0;
  }

  add(effects: readonly Effect[]): void {
    for (const effect of effects) {
      this.effects.push(effect);
      if (effect.kind === 'take_back' && 'journey' in effect.of)
        this.noteTakenBack(effect.of.journey, effect.of.enrolment);
    }
  }

  say(line: Trace): void {
    this.trace.push(line);
  }

  /** One that was touched before stands in its place. */
  touch(enrolment: Enrolment): void {
    const { journey, seq } = enrolment;
    const place = this.touched.findIndex((one) => one.seq === seq && one.journey === journey);
    if (place === -1) this.touched.push(enrolment);
    else this.touched[place] = enrolment;
  }

  /** Whether what this enrolment has queued was ever taken back. */
  hasTakenBack(journey: string, enrolment: number): boolean {
    return this.takenBack?.has(`${journey}/${String(enrolment)}`) === true;
  }

  /** Another customer is this one as well, whose decision numbers are so far ahead of theirs. */
  takeOver({ takenBack }: DecisionRecord, by: number): void {
    for (const id of takenBack ?? []) {
      const [journey = '', enrolment] = id.split('/');
      this.noteTakenBack(journey, Number(enrolment) + by);
    }
  }

  private noteTakenBack(journey: string, enrolment: number): void {
    this.takenBack ??= new Set();
    this.takenBack.add(`${journey}/${String(enrolment)}`);
  }
}

/** An empty one is still to be filled by the desk. */
function unlessEmpty<T>(list: readonly T[]): readonly T[] {
  return list.length > 0 ? list : none;
}

const none: readonly never[] = [];
