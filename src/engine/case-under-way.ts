import type { HistoryEvent } from '../domain/expression/scope.js';
import type { Emitted } from '../domain/journey/decision.js';
import { Sitting, type Deciding } from '../domain/journey/sitting.js';
import { identity, type Case, type NumberedEvent } from './batch.js';
import type { Outcome } from './save.js';

/**
 * One customer's decisions in their transaction. Events that journeys emit to the customer take numbers between those that
 * the batch's events were given: these move up.
 */
export class CaseUnderWay {
  /** Of the batch's events those that have another number than they were kept with. */
  readonly moved: NumberedEvent[] = [];
  /** Events of journeys' own that were decided here. */
  readonly emitted: NumberedEvent[] = [];
  /** What a journey has emitted and is to be decided next; undefined when all is decided. */
  asked: NumberedEvent | undefined;
  private readonly sitting: Sitting;
  private readonly deciding: Deciding;

  constructor(
    private readonly one: Case,
    decide: (under: CaseUnderWay, sitting: Sitting) => Deciding,
  ) {
    this.sitting = new Sitting(one.desk, one.hear);
    this.deciding = decide(this, this.sitting);
    this.take(this.deciding.next());
  }

  /** Goes on until a journey emits again: with what was asked, or without it because it is not new. */
  answer(isFresh: boolean): void {
    const { asked } = this;
    if (asked !== undefined && isFresh) this.emitted.push(asked);
    this.take(this.deciding.next(isFresh ? asked?.event : undefined));
  }

  /** The batch's event with the number that it has come to. */
  moveUp(event: NumberedEvent): HistoryEvent {
    if (this.emitted.length === 0) return event.event;
    const moved = { ...event, event: { ...event.event, seq: event.event.seq + this.emitted.length } };
    this.moved.push(moved);
    return moved.event;
  }

  outcome(stimulusOf: (one: Case) => string): Outcome {
    const { customer, before, desk, history } = this.one;
    history?.check();
    return {
      ...{ before, after: desk.facts.customer, now: customer.decided_at, decided: this.sitting.decided },
      stimulus: stimulusOf(this.one),
      seq: this.emitted.length === 0 ? undefined : customer.seq + this.emitted.length,
      elsewhere: this.sitting.elsewhere,
      cut: this.sitting.cut,
    };
  }

  private take(result: IteratorResult<Emitted, void>): void {
    this.asked = result.done === true ? undefined : this.number(result.value);
  }

  private number({ id, source, type, data, subject }: Emitted): NumberedEvent {
    const at = this.one.customer.decided_at;
    const seq = this.one.desk.facts.seq + 1;
    const event: HistoryEvent = { id, source, type, time: at, arrival: at, seq, data };
    return { customer: subject, hash: identity({ source, id }), event, chain: 0 };
  }
}
