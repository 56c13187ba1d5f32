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
});
