import { JournalHistory } from '../../src/domain/expression/journal-history.js';
import type { Effect, Trace } from '../../src/domain/journey/decision.js';
import { CustomerDesk } from '../../src/domain/journey/customer-desk.js';
import type { MessageOutcome } from '../../src/domain/journey/message-outcome.js';
import type { Enrolment } from '../../src/domain/journey/enrolment.js';
import { fold, makeFacts, type Facts } from '../../src/domain/journey/facts.js';
import { JourneySet } from '../../src/domain/journey/journey-set.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { Workspace } from '../../src/domain/workspace.js';

export interface DeskEvent {
  readonly type: string;
  /** Minutes; it arrives then. */
  readonly at: number;
  /** Minutes; its own time, if that is another one. */
  readonly time?: number;
  readonly data?: JsonObject;
  readonly source?: string;
}

const MINUTE = 60_000;
export const start = Date.parse('2026-11-21T10:00:00+03:30');
export const minute = (minutes: number): number => start + minutes * MINUTE;

/** One customer's file as a store keeps it: plain JSON, from which a desk is opened anew for every decision. */
export class KeptCustomer {
  readonly trace: Trace[] = [];
  readonly effects: Effect[] = [];
  private readonly journal = new JournalHistory();
  private readonly exits = new Map<string, number>();
  private readonly journeys: JourneySet;
  private readonly enrolments = new Map<string, Enrolment>();
  private facts: Facts;
  private desk: CustomerDesk;

  constructor(
    private readonly workspace: Workspace,
    attributes: JsonObject = { phone: '+989121234567' },
    private readonly reopens: (decision: number) => boolean = () => true,
  ) {
    this.journeys = new JourneySet(workspace.journeys);
    this.facts = makeFacts(workspace, { id: 'c1', attributes, consent: {}, closed: {} }, this.journal, 0);
    this.desk = this.open();
  }

  get live(): readonly Enrolment[] {
    return [...this.enrolments.values()].filter(({ status }) => status !== 'ended');
  }

  get nextWake(): number | undefined {
    return this.desk.nextWake();
  }

  /** The timers that fall due before it, then the event. */
  take({ type, at, time = at, data = {}, source = '/' }: DeskEvent): void {
    this.runTimers(minute(at));
    const seq = this.facts.seq + 1;
    const event = { id: `e${String(seq)}`, source, type, time: minute(time), arrival: minute(at), seq, data };
    this.desk.decideEvent(event, event.arrival);
    this.facts = { ...this.desk.facts, history: this.journal };
    this.journal.append(event);
    this.settle();
  }

  /** The last message that was queued has come to this, by then. */
  hear(outcome: Pick<MessageOutcome, 'result' | 'channel' | 'failedOn'>, at: number): void {
    const queued = this.effects.findLast((effect) => effect.kind === 'queue');
    if (queued?.kind !== 'queue') throw new Error('no message was queued');
    this.runTimers(minute(at));
    const { journey, enrolment, message } = queued;
    this.desk.settle({ journey, enrolment, message, ...outcome, cost: 0 }, minute(at));
    this.settle();
  }

  /** From now on these journeys are paused, and no others. */
  pause(...journeys: readonly string[]): void {
    this.facts = { ...this.facts, paused: new Set(journeys) };
    this.desk = this.open();
  }

  runTimers(limit: number): void {
    while (this.desk.decideTimer(limit, (due) => due)) this.settle();
  }

  private settle(): void {
    const { trace, effects, enrolments } = this.desk.take();
    this.trace.push(...trace);
    this.effects.push(...effects);
    for (const enrolment of enrolments) {
      const kept = JSON.parse(JSON.stringify(enrolment)) as Enrolment;
      this.enrolments.set(`${kept.journey}/${String(kept.seq)}`, kept);
      this.noteExit(kept);
    }
    this.facts = { ...fold(this.facts, []), customer: this.desk.facts.customer };
    if (this.reopens(this.trace.length)) this.desk = this.open();
    else this.desk.facts = { ...this.desk.facts, history: this.journal };
  }

  private noteExit({ journey, key, endedAt }: Enrolment): void {
    const name = `${journey}/${key ?? ''}`;
    if (endedAt !== undefined) this.exits.set(name, Math.max(endedAt, this.exits.get(name) ?? endedAt));
  }

  private open(): CustomerDesk {
    const own = { customerPatch: (data: JsonObject) => this.workspace.catalogue.checkCustomer(data).patch };
    return new CustomerDesk(this.journeys, own, this.facts, this.live, (journey, key) =>
      this.exits.get(`${journey}/${key ?? ''}`),
    );
  }
}
