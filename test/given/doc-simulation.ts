import type { Workspace } from '../../src/domain/workspace.js';
import { readCustomers, readEvents } from '../../src/simulate/read-inputs.js';
import { simulate, type Simulation } from '../../src/simulate/simulator.js';

const customers = [
  {
    id: 'c1',
    name: 'سارا',
    phone: '09121234567',
    birth_date: '1370-10-05',
    referred_by: 'c2',
    consent: { marketing: true },
  },
  { id: 'c2', name: 'نرگس', phone: '09121234568' },
];

const purchase = (time: string, amount: number): object => ({
  ...{ type: 'purchase.completed', subject: 'c1', time },
  data: { order: { id: 1 }, amount, kind: 'phone', due_date: '2026-12-25' },
});

/** A journey whose credit nobody spends, for the trigger that waits for that. */
export const granting = `journey: granting
purpose: service
trigger: { event: purchase.completed }
steps:
  - grant: 20000 toman
    expires: 30 days
`;

/** Long ago somebody bought a lot; today they buy again, and something arrives in the shop. */
const events = [
  purchase('2026-07-01T12:00:00+03:30', 900_000_000),
  purchase('2026-11-21T12:00:00+03:30', 20_000_000),
  { type: 'stock.arrived', time: '2026-11-21T12:30:00+03:30', data: { kind: 'phone' } },
];

/** A year of the customer of these pages: how often somebody enters the journey `example`. */
export function entriesOf(workspace: Workspace): number {
  let entered = 0;
  simulate({
    ...inputs(workspace),
    ...{ workspace, launches: launchesOf(workspace), channelResults: {} },
    from: Date.parse('2026-11-20T00:00:00+03:30'),
    until: Date.parse('2027-11-19T00:00:00+03:30'),
    print: ({ kind, journey }) => {
      if (kind === 'entered' && journey === 'example') entered += 1;
    },
  });
  return entered;
}

function inputs(workspace: Workspace): Pick<Simulation, 'customers' | 'events'> {
  const lines = (items: readonly object[]): string => items.map((item) => JSON.stringify(item)).join('\n');
  const [people, happened] = [readCustomers(lines(customers), workspace), readEvents(lines(events), workspace)];
  const refused = [...people.refused, ...happened.refused];
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
  return { customers: people.accepted, events: happened.accepted };
}

function launchesOf({ journeys, audiences }: Workspace): Simulation['launches'] {
  const manual = journeys.filter(({ triggers }) => triggers.some(({ kind }) => kind === 'manual'));
  const data = { kind: 'phone', closes_at: '2026-11-25T18:00:00+03:30' };
  const at = Date.parse('2026-11-22T10:00:00+03:30');
  return manual.map(({ name }) => ({ at, journey: name, data, audience: audiences.get('vip') }));
}
