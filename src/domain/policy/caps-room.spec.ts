import { parseDuration } from '../time/duration.js';
import { countedIn, roomFor } from './caps-room.js';
import type { Cap } from './policy.js';

const clock = { zone: 'Asia/Tehran', calendar: 'jalali' } as const;
const at = (text: string): number => Date.parse(`2026-${text}+03:30`);

function cap(text: string): Cap {
  const [, messages, per] = /^(\d+) per (.*)$/.exec(text) ?? [];
  const duration = parseDuration(per ?? '');
  if (duration === undefined) throw new Error(text);
  return { messages: Number(messages), per: duration };
}

const room = (caps: readonly string[], counted: readonly string[], now: string): number =>
  roomFor(caps.map(cap), counted.map(at), at(now), clock);

describe('room below the caps', () => {
  it('is there at once where fewer were counted', () => {
    expect(room(['1 per 1 day'], [], '11-21T18:00:00')).toBe(at('11-21T18:00:00'));
    expect(room(['2 per 1 day'], ['11-21T17:00:00'], '11-21T18:00:00')).toBe(at('11-21T18:00:00'));
    expect(room([], ['11-21T17:00:00'], '11-21T18:00:00')).toBe(at('11-21T18:00:00'));
  });

  it('is there a day after to the second, so that a daily message fits', () => {
    expect(room(['1 per 1 day'], ['11-20T18:00:00'], '11-21T18:00:00')).toBe(at('11-21T18:00:00'));
    expect(room(['1 per 1 day'], ['11-20T18:00:01'], '11-21T18:00:00')).toBe(at('11-21T18:00:01'));
    expect(room(['1 per 1 day'], ['11-21T18:00:00'], '11-21T18:00:00')).toBe(at('11-22T18:00:00'));
  });

  it('comes when as many have left as there are too many', () => {
    const counted = ['11-21T10:00:00', '11-21T11:00:00', '11-21T12:00:00'];
    expect(room(['2 per 1 day'], counted, '11-21T13:00:00')).toBe(at('11-22T11:00:00'));
    expect(room(['3 per 1 day'], counted, '11-21T13:00:00')).toBe(at('11-22T10:00:00'));
    expect(room(['1 per 1 day'], counted, '11-21T13:00:00')).toBe(at('11-22T12:00:00'));
    expect(room(['4 per 1 day'], counted, '11-21T13:00:00')).toBe(at('11-21T13:00:00'));
  });

  it('is there when every cap has it', () => {
    const counted = ['11-15T10:00:00', '11-19T10:00:00', '11-21T10:00:00'];
    expect(room(['1 per 1 day', '3 per 7 days'], counted, '11-21T12:00:00')).toBe(at('11-22T10:00:00'));
    expect(room(['1 per 2 days', '3 per 7 days'], counted, '11-21T12:00:00')).toBe(at('11-23T10:00:00'));
    expect(room(['3 per 7 days', '1 per 2 days'], counted, '11-21T12:00:00')).toBe(at('11-23T10:00:00'));
  });

  it('does not count what comes later', () => {
    expect(room(['1 per 1 day'], ['11-21T19:00:00'], '11-21T18:00:00')).toBe(at('11-21T18:00:00'));
  });

  it('is the first instant of it also where months differ in length', () => {
    // 30 Mehr, one of a month of 30 days, after 31 Shahrivar, which that month lacks: a month back from 30 Mehr is 30 Shahrivar.
    const counted = ['09-22T12:00:00'];
    const first = room(['1 per 1 month'], counted, '10-01T12:00:00');
    const capped = (now: number): boolean => countedIn(cap('1 per 1 month'), counted.map(at), now, clock).length > 0;
    expect(capped(first)).toBe(false);
    expect(capped(first - 1)).toBe(true);
  });
});

describe('what fills a cap', () => {
  it('lies in (now − per, now]', () => {
    const counted = ['11-20T18:00:00', '11-20T18:00:01', '11-21T18:00:00', '11-21T18:00:01'].map(at);
    expect(countedIn(cap('1 per 1 day'), counted, at('11-21T18:00:00'), clock)).toEqual(counted.slice(1, 3));
  });
});
