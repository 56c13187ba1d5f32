import { loadOccasions } from '../occasions/load.js';
import { parseCron } from '../time/cron.js';
import type { Clock } from '../time/instant.js';
import { Problems } from '../yaml/problems.js';
import { nextForEverybody, type CommonTrigger } from './for-everybody.js';

const clock: Clock = { zone: 'Asia/Tehran', calendar: 'jalali' };
const tehran = (text: string) => Date.parse(`${text}:00+03:30`);
const base = { when: undefined, audience: undefined, maxAge: { amount: 1, unit: 'day' }, startedBy: 'x' } as const;
const at = { hour: 18, minute: 0, second: 0, ms: 0 };
const occasions = loadOccasions('journeys/occasions.yaml', 'yalda: { jalali: 09-30 }\n', new Problems());
const next = (trigger: CommonTrigger, from: string) => nextForEverybody(trigger, occasions, tehran(from), clock);

describe('what a clock sets off for everybody', () => {
  it('is the next of its days, that very instant included', () => {
    const trigger: CommonTrigger = { ...base, kind: 'every', every: 'thu', at };
    expect(next(trigger, '2026-11-21T10:00')).toEqual({
      at: tehran('2026-11-26T18:00'),
      data: { at: '2026-11-26T14:30:00.000Z' },
    });
    expect(next(trigger, '2026-11-26T18:00')?.at).toBe(tehran('2026-11-26T18:00'));
    expect(next(trigger, '2026-11-26T18:01')?.at).toBe(tehran('2026-12-03T18:00'));
  });

  it('is the next of a cron', () => {
    const cron = parseCron('0 18 1,15 * *');
    if (typeof cron === 'string') throw new Error(cron);
    expect(next({ ...base, kind: 'cron', cron }, '2026-11-15T18:00')?.at).toBe(tehran('2026-11-15T18:00'));
    expect(next({ ...base, kind: 'cron', cron }, '2026-11-15T18:01')?.at).toBe(tehran('2026-12-01T18:00'));
  });

  it('is the next occasion, moved, with its name and year', () => {
    const shift = { offset: { duration: { amount: 1, unit: 'day' }, sign: -1 }, at, edge: 'start' } as const;
    expect(next({ ...base, kind: 'occasion', occasion: 'yalda', shift }, '2026-11-21T10:00')).toEqual({
      at: tehran('2026-12-20T18:00'),
      data: { at: '2026-12-20T14:30:00.000Z', occasion: 'yalda', year: 1405 },
    });
    expect(next({ ...base, kind: 'occasion', occasion: 'yalda', shift }, '2026-12-20T18:01')?.data).toMatchObject({
      year: 1406,
    });
  });
});
