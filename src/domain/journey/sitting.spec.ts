import { givenWorkspace } from '../../../test/given/workspace.js';
import { JournalHistory } from '../expression/journal-history.js';
import type { HistoryEvent } from '../expression/scope.js';
import type { JsonObject } from '../json.js';
import { CustomerDesk } from './customer-desk.js';
import type { Emitted, Trace } from './decision.js';
import { makeFacts } from './facts.js';
import { JourneySet } from './journey-set.js';
import { mostEmits, Sitting } from './sitting.js';

function sittingWith(journeys: Readonly<Record<string, string>>, hear?: (line: Trace) => void): Sitting {
  const files = Object.entries(journeys).map(([name, text]) => [
    `journeys/${name}.yaml`,
    `journey: ${name}\npurpose: service\n${text}`,
  ]);
  const { workspace, problems } = givenWorkspace(Object.fromEntries(files) as Record<string, string>);
  if (workspace === undefined) throw new Error(JSON.stringify(problems));
  const customer = { id: 'ann', attributes: {}, consent: {}, closed: {} };
  const facts = makeFacts(workspace, customer, new JournalHistory(), 0);
  const own = { customerPatch: (data: JsonObject) => data };
  const desk = new CustomerDesk(new JourneySet(workspace.journeys), own, facts, [], () => undefined);
  return hear === undefined ? new Sitting(desk) : new Sitting(desk, hear);
}

function numbered(
  { id, source, type, data }: Pick<Emitted, 'id' | 'source' | 'type' | 'data'>,
  seq: number,
): HistoryEvent {
  return { id, source, type, data, time: 1_000, arrival: 1_000, seq };
}

/** Decides a visit; gives the types that came up, in their order. What `isNew` refuses was seen before. */
function visit(sitting: Sitting, shop: string, isNew: (emitted: Emitted) => boolean = () => true): readonly string[] {
  const types: string[] = [];
  const first = { id: 'first', source: '/shop', type: 'visit', data: { shop } };
  const deciding = sitting.decideEvent(numbered(first, 1), 1_000);
  for (let step = deciding.next(); step.done !== true;) {
    types.push(step.value.type);
    step = deciding.next(isNew(step.value) ? numbered(step.value, types.length + 1) : undefined);
  }
  return types;
}

const shop = {
  one: `trigger: { event: visit }
steps:
  - emit: repair.ready
    data: { repair_id: a }
  - emit: repair.cancelled
    data: { repair_id: a }
`,
  two: `trigger: { event: repair.ready }
steps:
  - emit: repair.sent_to_workshop
    data: { repair_id: a }
`,
};
const circle = {
  circle: `trigger: { event: visit, when: known(event.shop) }
steps:
  - emit: visit
    subject: =trigger.shop
    data: { shop: =trigger.shop }
`,
};

describe('what one customer’s journeys emit', () => {
  it('comes up right after its decision, with what follows from it before the next', () => {
    expect(visit(sittingWith(shop), 'x')).toEqual(['repair.ready', 'repair.sent_to_workshop', 'repair.cancelled']);
  });

  it('changes nothing where it was seen before', () => {
    const sitting = sittingWith(shop);
    expect(visit(sitting, 'x', ({ type }) => type !== 'repair.ready')).toEqual(['repair.ready', 'repair.cancelled']);
    expect(sitting.decided.enrolments.map(({ journey }) => journey)).toEqual(['one']);
  });

  it('is cut after the eighth of a chain', () => {
    const sitting = sittingWith(circle);
    expect(visit(sitting, 'ann')).toHaveLength(mostEmits);
    expect(sitting.cut).toMatchObject([{ chain: mostEmits + 1 }]);
    expect(sitting.decided.trace.filter(({ kind }) => kind === 'emitted')).toHaveLength(mostEmits + 1);
  });

  it('does not come up where it is another customer’s', () => {
    const sitting = sittingWith(circle);
    expect(visit(sitting, 'bob')).toEqual([]);
    expect(sitting.elsewhere).toMatchObject([{ chain: 1, emitted: { subject: 'bob', type: 'visit' } }]);
  });

  it('is heard line by line as it is decided, by whoever listens', () => {
    const heard: Trace[] = [];
    const sitting = sittingWith(shop, (line) => heard.push(line));
    visit(sitting, 'x');
    expect(heard).toEqual(sitting.decided.trace);
    expect(heard.map(({ journey, kind }) => `${journey} ${kind}`)).toEqual([
      ...['one entered', 'one emitted', 'one emitted', 'one exited', 'two entered', 'two emitted', 'two exited'],
    ]);
  });
});
