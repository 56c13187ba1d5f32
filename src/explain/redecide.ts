import type { Customer } from '../domain/customer.js';
import { JournalHistory } from '../domain/expression/journal-history.js';
import { CustomerDesk } from '../domain/journey/customer-desk.js';
import type { Effect, Trace } from '../domain/journey/decision.js';
import type { HistoryEvent } from '../domain/expression/scope.js';
import type { Enrolment } from '../domain/journey/enrolment.js';
import { Sitting, type Deciding } from '../domain/journey/sitting.js';
import { changed, makeFacts } from '../domain/journey/facts.js';
import type { Witness } from '../domain/journey/witness.js';
import { noContacts, type Contacts } from '../domain/policy/contacts.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import type { LinkCodes } from '../domain/message/short-links.js';
import type { Instant } from '../domain/time/instant.js';
import { ExpectedMessages, type ExpectedMessage } from './expected-messages.js';
import { withCalls, type ExpectedCall } from './expected-calls.js';
import { expectTasks, type ExpectedTask } from './expected-tasks.js';
import { historyEventOf, isOfJourney, type KeptEmits } from './kept-emits.js';
import type { KeptFiles } from './kept-files.js';
import type { Moment } from './moments.js';

/** What has to be there, when everything that happened is decided once more. */
export interface Redecided {
  readonly customer: Customer;
  readonly enrolments: ReadonlyMap<string, Enrolment>;
  readonly messages: readonly ExpectedMessage[];
  readonly tasks: ReadonlyMap<string, ExpectedTask>;
  readonly calls: readonly ExpectedCall[];
  /** What journeys have emitted to this customer. */
  readonly emits: KeptEmits;
}

/** Who listens meanwhile; which journeys were paused then, and what links became. */
export interface Listening {
  readonly witness?: Witness;
  readonly print?: (line: Trace) => void;
  readonly pausedAt?: (at: Instant) => ReadonlySet<string>;
  /** What the links of messages became. */
  readonly links?: LinkCodes;
}

/** Decides one customer's moments once more, each with the files of then. Throws where they are not to be had. */
export function redecide(
  id: string,
  moments: readonly Moment[],
  files: KeptFiles,
  emits: KeptEmits,
  listening: Listening = {},
): Redecided {
  const past = new Redeciding(id, files, emits, listening);
  for (const moment of moments) past.decide(moment);
  return past;
}

class Redeciding implements Redecided {
  customer: Customer;
  readonly enrolments = new Map<string, Enrolment>();
  readonly tasks = new Map<string, ExpectedTask>();
  calls: readonly ExpectedCall[] = [];
  private readonly history = new JournalHistory();
  /** What was sent so far: caps count it. */
  private contacts: Contacts = noContacts;
  private readonly expected = new ExpectedMessages();

  constructor(
    id: string,
    private readonly files: KeptFiles,
    readonly emits: KeptEmits,
    private readonly listening: Listening,
  ) {
    this.customer = { id, attributes: {}, consent: {}, closed: {} };
  }

  get messages(): readonly ExpectedMessage[] {
    return this.expected.all;
  }

  decide(moment: Moment): void {
    switch (moment.kind) {
      case 'events':
        this.decideEvents(moment);
        return;
      case 'timers':
        this.decideTimers(moment);
        return;
      case 'file':
        this.changeFiles(moment);
        return;
      case 'change':
        this.change(moment.patch);
        return;
    }
  }

  /** As the engine does: first the timers that fell due before, then the events. */
  private decideEvents({ at, bundle, events }: Extract<Moment, { kind: 'events' }>): void {
    const [first] = events.filter((event) => !this.emits.isDecided(event));
    if (first === undefined) return;
    const sitting = new Sitting(this.openDesk(bundle, first.seq - 1, at));
    const decided = this.run(sitting.decideTimers(at, at));
    for (const event of events) {
      // Right after what emitted it.
      if (this.emits.isDecided(event)) continue;
      this.emits.decided(event);
      const one = historyEventOf(event);
      decided.push(one, ...this.run(sitting.decideEvent(one, at), isOfJourney(event)));
    }
    this.take(sitting, bundle, at);
    for (const event of decided) this.history.append(event);
  }

  /** Decides, and gives what journeys have emitted meanwhile, as far as it is kept. */
  private run(deciding: Deciding, mayBeCut = false): HistoryEvent[] {
    const events: HistoryEvent[] = [];
    for (let step = deciding.next(); step.done !== true;) {
      const event = this.emits.take(step.value, mayBeCut);
      if (event !== undefined) events.push(event);
      step = deciding.next(event);
    }
    return events;
  }

  private changeFiles(moment: Extract<Moment, { kind: 'file' }>): void {
    this.decideUnasked(moment, (sitting) => sitting.changeFiles(moment.at));
  }

  private decideTimers(moment: Extract<Moment, { kind: 'timers' }>): void {
    this.decideUnasked(moment, (sitting) => sitting.decideTimers(moment.at + 1, moment.at));
  }

  /** Without an event. */
  private decideUnasked(
    { at, bundle, seq }: Extract<Moment, { kind: 'timers' | 'file' }>,
    decide: (sitting: Sitting) => Deciding,
  ): void {
    const sitting = new Sitting(this.openDesk(bundle, seq, at));
    const emitted = this.run(decide(sitting));
    this.take(sitting, bundle, at);
    for (const event of emitted) this.history.append(event);
  }

  /** From outside, in its normal form: a purpose that is withdrawn takes back what is queued. */
  private change(patch: JsonObject): void {
    this.customer = changed(this.customer, patch);
    const { consent = null } = patch;
    const words = isJsonObject(consent) ? Object.entries(consent) : [];
    const withdrawn = words.filter(([, given]) => given === false);
    this.expected.take(
      withdrawn.map(([purpose]): Effect => ({ kind: 'take_back', of: { purpose, channel: undefined } })),
      { at: 0, bundle: 0 },
    );
  }

  private openDesk(bundle: number, seq: number, at: Instant): CustomerDesk {
    const { links } = this.listening;
    const files = this.files.workspaceOf(bundle);
    const workspace = links === undefined ? files : { ...files, links };
    const inside = [...this.enrolments.values()].filter(({ status }) => status !== 'ended');
    const own = { customerPatch: (data: JsonObject) => workspace.catalogue.checkCustomer(data).patch };
    const { witness, pausedAt } = this.listening;
    const facts = makeFacts(workspace, this.customer, this.history, seq, {
      witness,
      contacts: this.contacts,
      ...(pausedAt && { paused: pausedAt(at) }),
    });
    return new CustomerDesk(this.files.journeysOf(bundle, inside), own, facts, inside, (journey, key) =>
      this.lastExit(journey, key),
    );
  }

  private take({ desk, decided: { enrolments, effects, trace } }: Sitting, bundle: number, at: Instant): void {
    for (const line of trace) this.listening.print?.(line);
    for (const enrolment of enrolments) this.enrolments.set(`${enrolment.journey}/${String(enrolment.seq)}`, enrolment);
    this.customer = desk.facts.customer;
    this.contacts = desk.facts.contacts;
    this.expected.take(effects, { at, bundle });
    expectTasks(this.tasks, effects, at);
    this.calls = withCalls(this.calls, effects, at);
  }

  private lastExit(journey: string, key: string | undefined): Instant | undefined {
    let last: Instant | undefined;
    for (const one of this.enrolments.values()) {
      if (one.journey !== journey || one.key !== key || one.endedAt === undefined) continue;
      last = Math.max(last ?? -Infinity, one.endedAt);
    }
    return last;
  }
}
