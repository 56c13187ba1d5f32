import type { EventDecider, EventOutcome, IncomingEvent } from './intake.js';

export interface CoalescerSettings {
  /** How long the first event waits for company, in milliseconds. */
  readonly delayMs: number;
  /** The most events in one transaction. */
  readonly batchSize: number;
  /** Transactions under way at once. A customer's events always take the same lane, so that they keep their order. */
  readonly lanes: number;
  /** Events waiting for a lane; beyond it requests are turned away. */
  readonly queueSize: number;
}

export const coalescerDefaults: CoalescerSettings = { delayMs: 5, batchSize: 500, lanes: 4, queueSize: 20_000 };

/** More is waiting than can be taken: nothing of this request was, come again. */
export class IntakeBusyError extends Error {
  constructor(readonly waiting: number) {
    super(`${String(waiting)} events are waiting to be taken in`);
    this.name = 'IntakeBusyError';
  }
}

/** A batch could not be committed, most likely for want of the database: it is safe to send it all again. */
export class IntakeUnavailableError extends Error {
  constructor(cause: unknown) {
    super('the events could not be stored', { cause });
    this.name = 'IntakeUnavailableError';
  }
}

/** Brings the events of many requests together into few transactions; each request hears of its own after the commit. */
export class Coalescer {
  readonly #lanes: readonly Lane[];
  readonly #settings: CoalescerSettings;

  constructor(decider: EventDecider, settings: Partial<CoalescerSettings> = {}) {
    this.#settings = { ...coalescerDefaults, ...settings };
    this.#lanes = Array.from({ length: this.#settings.lanes }, () => new Lane(decider, this.#settings));
  }

  /** Events that wait for their turn. */
  get waiting(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.waiting, 0);
  }

  /** Resolves after the commit of all of them, in their order. Rejects with IntakeBusyError or IntakeUnavailableError. */
  async decide(events: readonly IncomingEvent[]): Promise<readonly EventOutcome[]> {
    const { waiting } = this;
    if (waiting >= this.#settings.queueSize) throw new IntakeBusyError(waiting);
    return Promise.all(events.map((event) => this.#laneOf(event.customer).take(event)));
  }

  #laneOf(customer: string): Lane {
    const lane = this.#lanes[hash(customer) % this.#lanes.length];
    if (lane === undefined) throw new RangeError('a coalescer needs at least one lane');
    return lane;
  }
}

/** FNV-1a: the same customer, the same lane. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

interface Ticket {
  readonly event: IncomingEvent;
  readonly resolve: (outcome: EventOutcome) => void;
  readonly reject: (error: IntakeUnavailableError) => void;
}

/** One transaction at a time; what comes meanwhile is the next batch. */
class Lane {
  #tickets: Ticket[] = [];
  #timer: NodeJS.Timeout | undefined;
  #busy = false;

  constructor(
    private readonly decider: EventDecider,
    private readonly settings: CoalescerSettings,
  ) {}

  get waiting(): number {
    return this.#tickets.length;
  }

  take(event: IncomingEvent): Promise<EventOutcome> {
    return new Promise((resolve, reject) => {
      this.#tickets.push({ event, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#busy || this.#tickets.length === 0) return;
    if (this.#tickets.length >= this.settings.batchSize) this.#start();
    else
      this.#timer ??= setTimeout(() => {
        this.#start();
      }, this.settings.delayMs);
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#busy) return;
    this.#busy = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    while (this.#tickets.length > 0) await this.#decide(this.#tickets.splice(0, this.settings.batchSize));
    this.#busy = false;
  }

  async #decide(batch: readonly Ticket[]): Promise<void> {
    try {
      const outcomes = await this.decider.decide({ source: 'http', events: batch.map(({ event }) => event) });
      if (outcomes.length !== batch.length)
        throw new Error(`${String(outcomes.length)} outcomes for ${String(batch.length)} events`);
      outcomes.forEach((outcome, at) => batch[at]?.resolve(outcome));
    } catch (error) {
      const unavailable = new IntakeUnavailableError(error);
      for (const ticket of batch) ticket.reject(unavailable);
    }
  }
}
