import type { Customer } from '../../src/domain/customer.js';
import { JournalHistory } from '../../src/domain/expression/journal-history.js';
import type { HistoryEvent } from '../../src/domain/expression/scope.js';
import { advance } from '../../src/domain/journey/advance.js';
import type { Decision, Stimulus } from '../../src/domain/journey/decision.js';
import type { Enrolment } from '../../src/domain/journey/enrolment.js';
import { fold, makeFacts, type Facts } from '../../src/domain/journey/facts.js';
import type { Journey } from '../../src/domain/journey/journey.js';
import { loadWorkspace, type Workspace } from '../../src/domain/workspace.js';
import { textReady } from '../advance/decisions.js';

const files: ReadonlyMap<string, string> = new Map([
  [
    'journeys/policy.yaml',
    `timezone: Asia/Tehran
calendar: jalali
purposes:
  marketing:
    consent: required
    quiet_hours: "21:00-09:00"
    caps: [2 per 1 day, 5 per 7 days]
    sample: 95%
    not_after: 3 days
channel_order: [sms]
`,
  ],
  ['journeys/events.yaml', 'purchase.completed: { order_id: text, amount: money }\n'],
  [
    'journeys/regular.yaml',
    `journey: regular
purpose: marketing
about: order_id
trigger:
  event: purchase.completed
  when: event.amount >= toman(100000) and count("purchase.completed", "90 days") >= 1
steps:
  - send: hello
  - wait: 2 hours
  - choose:
      - when: sum("purchase.completed", "amount", "365 days") > toman(500000)
        then: [{ send: hello }]
`,
  ],
  ['templates/hello/sms.hbs', 'سلام\n'],
]);

export function shop(): Workspace {
  const { workspace } = loadWorkspace(files);
  if (workspace === undefined) throw new Error('the journey of this bench is not well');
  return workspace;
}

/** Purchases of one customer, a day apart, at eleven in the morning. */
const PURCHASES = 5;
/** Each purchase is a start, and a timer two hours later. */
export const decisionsOfShopper = PURCHASES * 2;

const began = Date.UTC(2026, 3, 4, 7, 30);
const day = 86_400_000;

interface Shopper {
  readonly customer: Customer;
  readonly purchases: readonly HistoryEvent[];
}

export function shoppers(count: number): readonly Shopper[] {
  return Array.from({ length: count }, (_, number) => ({
    customer: {
      id: `c-${String(number)}`,
      attributes: { name: 'سارا', phone: '+989121234567' },
      consent: { marketing: true },
      closed: {},
    },
    purchases: Array.from({ length: PURCHASES }, (__, place) => purchase(number, place)),
  }));
}

function purchase(number: number, place: number): HistoryEvent {
  const [id, at] = [`${String(number)}-${String(place)}`, began + place * day];
  const data = { order_id: id, amount: 2_000_000 };
  return { id, source: '/bench', type: 'purchase.completed', time: at, arrival: at, seq: place + 1, data };
}

/** Decides each shopper's life. Throws where no message came of it. */
export function decideShoppers(workspace: Workspace, all: readonly Shopper[]): void {
  const [journey] = workspace.journeys;
  if (journey === undefined) throw new Error('there is no journey');
  let queued = 0;
  const rules = { ...workspace, templates: textReady(workspace.templates) };
  for (const shopper of all) queued += decideOne(rules, journey, shopper);
  if (queued < all.length * 3) throw new Error(`only ${String(queued)} messages came of it`);
}

function decideOne(workspace: Facts['workspace'], journey: Journey, { customer, purchases }: Shopper): number {
  const journal = new JournalHistory();
  let facts = makeFacts(workspace, customer, journal, 0);
  let queued = 0;
  for (const event of purchases) {
    facts = fold(facts, [{ kind: 'remember', event }]);
    const started = decide(journey, undefined, { kind: 'trigger', event, lastExit: undefined }, facts, event.arrival);
    facts = started.facts;
    const woken = decide(journey, started.decision.enrolment, { kind: 'timer' }, facts, event.arrival + 7_200_000);
    facts = woken.facts;
    queued += messages(started.decision) + messages(woken.decision);
    journal.append(event);
    facts = { ...facts, history: journal };
  }
  return queued;
}

function decide(
  journey: Journey,
  enrolment: Enrolment | undefined,
  stimulus: Stimulus,
  facts: Facts,
  now: number,
): { readonly decision: Decision; readonly facts: Facts } {
  const decision = advance(journey, enrolment, stimulus, facts, now);
  return { decision, facts: fold(facts, decision.effects) };
}

function messages({ effects }: Decision): number {
  let queued = 0;
  for (const effect of effects) if (effect.kind === 'queue') queued += 1;
  return queued;
}
