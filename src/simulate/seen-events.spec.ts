import { SecondNames } from './second-names.js';
import { SeenEvents } from './seen-events.js';

describe('events seen before', () => {
  const event = { source: '/shop', id: 'o-1', customer: 'sara' };

  it('knows an event again by customer, source and id', () => {
    const seen = new SeenEvents();
    expect(seen.isNew(event)).toBe(true);
    expect(seen.isNew({ ...event })).toBe(false);
    expect(seen.isNew({ ...event, source: '/app' })).toBe(true);
    expect(seen.isNew({ ...event, id: 'o-2' })).toBe(true);
  });

  it('takes the same id for each customer once', () => {
    const seen = new SeenEvents();
    const customers = ['sara', 'ali', 'reza'];
    const tried = [...customers, ...customers].map((customer) => seen.isNew({ ...event, customer }));
    expect(tried).toEqual([true, true, true, false, false, false]);
  });

  it('knows what was seen under a second name', () => {
    const names = new SecondNames();
    const seen = new SeenEvents(names);
    for (const customer of ['a', 'b']) seen.isNew({ ...event, id: customer, customer });
    for (const customer of ['a', 'b', 'x']) seen.isNew({ ...event, id: 'both', customer });
    expect(['a', 'b', 'both'].map((id) => seen.has({ ...event, id }, 'c'))).toEqual([false, false, false]);
    names.add('a', 'b');
    expect(seen.has({ ...event, id: 'a' }, 'b')).toBe(true);
    names.add('b', 'c');
    expect(['a', 'b', 'both'].map((id) => seen.isNew({ ...event, id }, 'c'))).toEqual([false, false, false]);
    expect([names.of('a'), names.of('c')]).toEqual(['c', 'c']);
  });
});
