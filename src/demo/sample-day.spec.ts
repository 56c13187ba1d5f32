import path from 'node:path';
import { loadDirectories } from '../workspace/load-directories.js';
import { createEventValidator } from '../intake/validate-event.js';
import { sampleCustomers, sampleDay } from './sample-day.js';

const shipped = path.resolve(import.meta.dirname, '../..');

describe('the sample day', () => {
  it('is of events that the shipped catalogue takes', async () => {
    const { workspace } = await loadDirectories({
      journeys: path.join(shipped, 'journeys'),
      templates: path.join(shipped, 'templates'),
    });
    if (workspace === undefined) throw new Error('the shipped files are not well');
    const validate = createEventValidator(workspace.catalogue);
    for (const { type, customer, data } of sampleDay('2026-11-22')) {
      const event = { specversion: '1.0', id: '1', source: '/demo', type, subject: customer, data };
      expect(validate(event)).toHaveProperty('event');
    }
  });

  it('goes forward, about customers who were told of', () => {
    const day = sampleDay('2026-11-22');
    expect(day.map(({ at }) => at)).toEqual(day.map(({ at }) => at).sort());
    const known = sampleCustomers.map(({ id }) => id);
    expect(day.filter(({ customer }) => !known.includes(customer))).toEqual([]);
    expect(day.reduce((sum, { messages }) => sum + messages, 0)).toBe(7);
  });

  it('has repairs of its own each day', () => {
    const repairs = (day: string) => sampleDay(day).map(({ data }) => data['repair_id']);
    expect(repairs('2026-11-22').filter((id) => repairs('2026-11-23').includes(id))).toEqual([]);
  });
});
