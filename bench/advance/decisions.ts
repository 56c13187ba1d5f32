import { JournalHistory } from '../../src/domain/expression/journal-history.js';
import type { HistoryEvent } from '../../src/domain/expression/scope.js';
import type { JsonObject } from '../../src/domain/json.js';
import { advance } from '../../src/domain/journey/advance.js';
import type { Stimulus } from '../../src/domain/journey/decision.js';
import type { Enrolment } from '../../src/domain/journey/enrolment.js';
import { fold, makeFacts, type Facts } from '../../src/domain/journey/facts.js';
import type { Journey } from '../../src/domain/journey/journey.js';
import type { Templates } from '../../src/domain/message/message.js';
import type { Workspace } from '../../src/domain/workspace.js';

/** One repair from the counter to the customer's hand: what each event is to the journey. */
const stages: readonly { readonly kind: Stimulus['kind']; readonly type: string; readonly data: JsonObject }[] = [
  { kind: 'trigger', type: 'repair.received', data: { device: 'iPhone 13', fault: 'screen' } },
  { kind: 'waits', type: 'repair.sent_to_workshop', data: { workshop: 'north' } },
  { kind: 'waits', type: 'repair.estimated', data: { cost: 12_000_000 } },
  { kind: 'waits', type: 'repair.ready', data: { cost: 12_000_000 } },
  { kind: 'goals', type: 'repair.delivered', data: {} },
];

export const decisionsInLife = stages.length;

/** Sent at these: received, at the workshop, the estimate, ready. */
const messagesInLife = 4;

const began = Date.UTC(2026, 2, 21, 8);
const customer = {
  id: 'c-1',
  attributes: { name: 'سارا', phone: '+989121234567' },
  consent: {},
  closed: {},
};

/** Has every text at once: what is measured is deciding, not rendering. */
export function textReady(templates: Templates): Templates {
  const content = { channel: 'sms', text: 'سلام', parts: 1 } as const;
  return { has: (template) => templates.has(template), channels: () => ['sms'], render: () => content };
}

/** The events of so many repairs, in their order: made before the clock runs. */
export function repairs(lives: number): readonly (readonly HistoryEvent[])[] {
  return Array.from({ length: lives }, (_, life) =>
    stages.map(({ type, data }, place) => eventOf(life, place, type, data, began + place * 3_600_000)),
  );
}

/** Decides each repair's life, five decisions a repair. Throws where one came out otherwise than it has to. */
export function decideLives(workspace: Workspace, lives: readonly (readonly HistoryEvent[])[]): void {
  const journey = workspace.journeys.find(({ name }) => name === 'repair-status');
  if (journey === undefined) throw new Error('there is no journey repair-status');
  const parts = { ...workspace, templates: textReady(workspace.templates) };
  let queued = 0;
  for (const life of lives) queued += decideLife(journey, parts, life);
  if (queued !== lives.length * messagesInLife)
    throw new Error(`${String(queued)} messages came of ${String(lives.length)} repairs`);
}

function decideLife(journey: Journey, workspace: Facts['workspace'], life: readonly HistoryEvent[]): number {
  let facts = makeFacts(workspace, customer, new JournalHistory(), 0);
  let enrolment: Enrolment | undefined;
  let queued = 0;
  for (const [place, event] of life.entries()) {
    facts = fold(facts, [{ kind: 'remember', event }]);
    const stimulus = stimulusOf(stages[place]?.kind ?? 'waits', event);
    const decision = advance(journey, enrolment, stimulus, facts, event.arrival);
    facts = fold(facts, decision.effects);
    enrolment = decision.enrolment;
    for (const effect of decision.effects) if (effect.kind === 'queue') queued += 1;
  }
  return queued;
}

function eventOf(life: number, place: number, type: string, data: JsonObject, at: number): HistoryEvent {
  const id = `${String(life)}-${String(place)}`;
  return {
    id,
    source: '/bench',
    type,
    time: at,
    arrival: at,
    seq: place + 1,
    data: { ...data, repair_id: `r-${String(life)}` },
  };
}

function stimulusOf(kind: Stimulus['kind'], event: HistoryEvent): Stimulus {
  switch (kind) {
    case 'trigger':
      return { kind, event, lastExit: undefined };
    case 'exits':
    case 'goals':
    case 'waits':
      return { kind, event };
    default:
      throw new Error(`a repair has no ${kind}`);
  }
}
