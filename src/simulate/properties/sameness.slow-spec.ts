import fc from 'fast-check';
import { told, trying, workspaceOf, worlds, type World } from '../../../test/given/random-world.js';
import type { Line } from '../../../test/given/simulation.js';

/** Each customer's own lines; tasks are numbered over all customers. */
function ownOf(lines: readonly Line[], id: string): readonly string[] {
  return lines
    .filter(({ customer }) => customer === id)
    .map((line) => JSON.stringify(line).replace(/"task-\d+"/, '"task"'));
}

/** Whether customers can come to know of each other: limits, ranks and events for another one. */
function areStrangers({ journeys, events }: World): boolean {
  const text = journeys.map((one) => one.text).join('\n');
  return !/^limits:|quintile|referred_by/m.test(text) && !events.some(({ type }) => type === 'task.done');
}

describe('whatever the journeys, the rules and the events', () => {
  it('the same inputs give the same lines', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        expect(told(world)).toEqual(told(world));
      }),
      trying(8),
    );
  }, 300_000);

  it('the order of the customers in their file changes nothing', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom([2, 1, 0], [1, 2, 0], [1, 0, 2]), (world, order) => {
        const workspace = workspaceOf(world);
        const customers = order.flatMap((place) => world.customers[place] ?? []);
        expect(told(world, { workspace, customers })).toEqual(told(world, { workspace }));
      }),
      trying(10),
    );
  }, 300_000);

  it("the order of events of different customers at one instant does not change anybody's own lines", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        fc.pre(areStrangers(world));
        const workspace = workspaceOf(world);
        const events = [...world.events].reverse();
        const [{ lines }, { lines: turned }] = [told(world, { workspace }), told(world, { workspace, events })];
        for (const { id } of world.customers) expect(ownOf(turned, id)).toEqual(ownOf(lines, id));
      }),
      trying(8),
    );
  }, 300_000);

  it('nobody knows who else there is', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        fc.pre(areStrangers(world));
        const workspace = workspaceOf(world);
        const { lines } = told(world, { workspace });
        for (const one of world.customers) {
          const events = world.events.filter(({ customer }) => customer === one.id);
          const alone = told(world, { workspace, customers: [one], events }).lines;
          expect(ownOf(alone, one.id)).toEqual(ownOf(lines, one.id));
        }
      }),
      trying(8),
    );
  }, 300_000);

  it('an event that comes again changes nothing, whenever it comes and whatever it says then', () => {
    const copies = fc.array(fc.record({ place: fc.nat(1_000), hours: fc.integer({ min: 0, max: 500 }) }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(worlds, copies, (world, again) => {
        const workspace = workspaceOf(world);
        const repeated = again.flatMap(({ place, hours }) => {
          const event = world.events[place % world.events.length];
          return event === undefined
            ? []
            : [{ ...event, arrival: event.arrival + hours * 3_600_000, data: { shop: 'other' } }];
        });
        // Behind the first ones of the same instant.
        const events = [...world.events, ...repeated];
        expect(told(world, { workspace, events })).toEqual(told(world, { workspace }));
      }),
      trying(10),
    );
  }, 300_000);
});
