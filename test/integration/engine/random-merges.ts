import fc from 'fast-check';
import type { SimulatedEvent } from '../../../src/simulate/simulator.js';
import { HOUR } from './engine-bench.js';

/** Somebody who is not known before their first event. */
const STRANGER = 'eve';
const everybody = ['ann', 'bob', STRANGER] as const;

/** Some hours behind an event. */
const behind = { place: fc.nat(24), hours: fc.nat(30) };

/** The same happens to somebody else, and is perhaps the very same event. */
const twin = fc.record({ ...behind, customer: fc.constantFrom(...everybody), isSame: fc.boolean() });

/** Any two, under either's name; ids are repeated, and some are those of the shop's events. */
const merge = fc.record({
  ...behind,
  id: fc.constantFrom('m0', 'm1', 'm2', 'm3', 'e5'),
  pair: fc.shuffledSubarray([...everybody], { minLength: 2, maxLength: 2 }),
  bySubject: fc.boolean(),
});

/** These events, some of which happen to others as well, a stranger among them; and some that make one of two customers. */
export function withMerges(events: fc.Arbitrary<SimulatedEvent[]>): fc.Arbitrary<SimulatedEvent[]> {
  return fc
    .record({
      events,
      twins: fc.array(twin, { maxLength: 6 }),
      merges: fc.array(merge, { maxLength: 4 }),
      first: fc.boolean(),
    })
    .map(({ events: all, twins, merges, first }) => {
      const others = twins.map(({ customer, isSame, ...where }): SimulatedEvent => {
        const { at, one } = placed(all, where);
        return { ...one, id: isSame ? one.id : `t-${one.id}`, customer, arrival: at };
      });
      const told = merges.map(({ id, pair: [from = '', into = ''], bySubject, ...where }): SimulatedEvent => {
        const { at } = placed(all, where);
        const event = { id, source: '/shop', type: 'customer.merged', time: at, arrival: at };
        return { ...event, customer: bySubject ? from : into, data: { from, into } };
      });
      // Of one instant before or behind the others.
      return first ? [...told, ...all, ...others] : [...all, ...others, ...told];
    });
}

function placed(
  all: readonly SimulatedEvent[],
  { place, hours }: { readonly place: number; readonly hours: number },
): { readonly at: number; readonly one: SimulatedEvent } {
  const one = all[place % all.length];
  if (one === undefined) throw new Error('there is no event');
  return { one, at: one.arrival + hours * HOUR };
}
