import type { Customer } from '../domain/customer.js';
import { JournalHistory } from '../domain/expression/journal-history.js';
import { CustomerDesk } from '../domain/journey/customer-desk.js';
import type { Effect } from '../domain/journey/decision.js';
import type { HistoryEvent } from '../domain/expression/scope.js';
import type { Enrolment } from '../domain/journey/enrolment.js';
import { changed, makeFacts } from '../domain/journey/facts.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import type { Instant } from '../domain/time/instant.js';
import type { KeptEvent } from '../store/explain/read-kept-events.sql.js';
import { ExpectedMessages, type ExpectedMessage } from './expected-messages.js';
import type { KeptFiles } from './kept-files.js';
import type { Moment } from './moments.js';

/** What has to be there, when everything that happened is decided once more. */
export interface Redecided {
  readonly customer: Customer;
  readonly enrolments: ReadonlyMap<string, Enrolment>;
  readonly messages: readonly ExpectedMessage[];
}

/** Decides one customer's moments once more, each with the files of then. Throws where they are not to be had. */
export function redecide(id: string, moments: readonly Moment[], files: KeptFiles): Redecided {
  const past = new Redeciding(id, files);
  for (const moment of moments) past.decide(moment);
  return past;
}

class Redeciding implements Redecided {
  customer: Customer;
  readonly enrolments = new Map<string, Enrolment>();
  private readonly history = new JournalHistory();
  private readonly expected = new ExpectedMessages();

  constructor(
    id: string,
    private readonly files: KeptFiles,
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
      case 'change':
        this.change(moment.patch);
        return;
    }
  }

  /** As the engine does: first the timers that fell due before, then the events. */
  private decideEvents({ at, bundle, events }: Extract<Moment, { kind: 'events' }>): void {
    const desk = this.openDesk(bundle, (events[0]?.seq ?? 1) - 1);
    desk.decideTimers(at, () => at);
    for (const event of events) desk.decideEvent(withoutPlace(event), at);
    this.take(desk, bundle, at);
    for (const event of events) this.history.append(withoutPlace(event));
  }

  private decideTimers({ at, bundle, seq }: Extract<Moment, { kind: 'timers' }>): void {
    const desk = this.openDesk(bundle, seq);
    desk.decideTimers(at + 1, () => at);
    this.take(desk, bundle, at);
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

  private openDesk(bundle: number, seq: number): CustomerDesk {
    const workspace = this.files.workspaceOf(bundle);
    const inside = [...this.enrolments.values()].filter(({ status }) => status !== 'ended');
    const own = { customerPatch: (data: JsonObject) => workspace.catalogue.checkCustomer(data).patch };
    const facts = makeFacts(workspace, this.customer, this.history, seq);
    return new CustomerDesk(this.files.journeysOf(bundle, inside), own, facts, inside, (journey, key) =>
      this.lastExit(journey, key),
    );
  }

  private take(desk: CustomerDesk, bundle: number, at: Instant): void {
    const { enrolments, effects } = desk.take();
    for (const enrolment of enrolments) this.enrolments.set(`${enrolment.journey}/${String(enrolment.seq)}`, enrolment);
    this.customer = desk.facts.customer;
    this.expected.take(effects, { at, bundle });
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

function withoutPlace({ id, source, type, time, arrival, seq, data }: KeptEvent): HistoryEvent {
  return { id, source, type, time, arrival, seq, data };
}
