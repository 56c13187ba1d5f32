import { compile, now, scopeWith, valueOf } from '../../../test/given/expression.js';
import { toJson } from './to-json.js';

const day = 86_400_000;

describe('times', () => {
  it('are milliseconds inside, read from ISO 8601', () => {
    expect(valueOf('now')).toBe(now);
    expect(valueOf('trigger_event.time')).toBe(Date.parse('2026-11-21T05:30:00Z'));
    expect(valueOf('timestamp("2026-11-21T10:00:00+03:30") == now')).toBe(true);
  });

  it.each([
    ['now - trigger_event.time == duration("1h")', true],
    ['now - duration("90m") < trigger_event.time', true],
    ['trigger_event.time + duration("1 hour") >= now', true],
    ['duration("1h") + now > now', true],
    ['duration("1h30m").getMinutes()', 90],
    ['duration("1.5s").getMilliseconds()', 1_500],
    ['-duration("1h") < duration("0s")', true],
    ['max(now, trigger_event.time) == now', true],
    ['string(now)', '2026-11-21T06:30:00.000Z'],
    ['string(duration("1m"))', '60s'],
    ['int(duration("1m"))', 60],
  ])('%s gives %j', (source, value) => {
    expect(valueOf(source)).toBe(value);
  });

  it('are read on the clock of the customer, or of the zone named', () => {
    expect(valueOf('now.getHours()')).toBe(10);
    expect(valueOf('now.getHours("UTC")')).toBe(6);
    expect(valueOf('[now.getFullYear(), now.getMonth(), now.getDate(), now.getDayOfMonth()]')).toEqual([
      2026, 10, 21, 20,
    ]);
    expect(valueOf('[now.getDayOfWeek(), now.getDayOfYear(), now.getMinutes(), now.getSeconds()]')).toEqual([
      6, 324, 0, 0,
    ]);
  });

  it('have a Jalali date', () => {
    expect(valueOf('jalali(now)')).toEqual({ year: 1405, month: 8, day: 30 });
    expect(valueOf('jalali(now).month == 8')).toBe(true);
  });

  it('refuses what is no instant or duration', () => {
    expect(() => valueOf('timestamp("tomorrow")')).toThrow('"tomorrow" is no instant');
    expect(() => valueOf('duration("2 days")')).toThrow('expected hours or shorter');
    expect(valueOf('timestamp(trigger.device)')).toBeUndefined();
    expect(valueOf('now + duration("9007199254740991h")')).toBeUndefined();
  });
});

describe('dates', () => {
  const midnight = Date.parse('2026-12-21T00:00:00+03:30');

  it.each(['2026-12-21', '1405-09-30'])('%s is midnight on the clock', (due) => {
    expect(valueOf('trigger.due', { trigger: { due } })).toBe(midnight);
    expect(valueOf('trigger.due > now and trigger.due == timestamp("1405-09-30")', { trigger: { due } })).toBe(true);
  });

  it('moves with the clock, though the text is the same', () => {
    const { expression } = compile('trigger.due');
    const scope = scopeWith({ trigger: { due: '2026-12-21' } });
    expect(expression?.evaluate(scope)).toBe(midnight);
    const inUtc = { ...scope, clock: { zone: 'UTC', calendar: 'gregorian' as const } };
    expect(expression?.evaluate(inUtc)).toBe(Date.parse('2026-12-21T00:00:00Z'));
  });

  it('is unknown where the text is none', () => {
    expect(valueOf('trigger.due', { trigger: { due: '2026-13-01' } })).toBeUndefined();
  });
});

describe('days_since', () => {
  it.each([
    ['2026-11-21T10:00:00+03:30', 0],
    ['2026-11-20T10:00:01+03:30', 0],
    ['2026-11-20T10:00:00+03:30', 1],
    ['2026-08-21T23:00:00+03:30', 91],
    ['2026-11-21T10:00:01+03:30', -1],
    ['2026-11-23T10:00:00+03:30', -2],
  ])('of %s is %d', (ready_at, days) => {
    expect(valueOf('days_since(trigger.ready_at)', { trigger: { ready_at } })).toBe(days);
  });

  it('counts days of the clock: one that lost an hour is a whole day', () => {
    const { expression } = compile('days_since(trigger.ready_at)');
    const scope = scopeWith({ trigger: { ready_at: '2026-03-28T10:00:00+01:00' } });
    const clock = { zone: 'Europe/Berlin', calendar: 'gregorian' as const };
    const at = Date.parse('2026-03-29T10:00:00+02:00');
    expect(expression?.evaluate({ ...scope, clock, now: at })).toBe(1);
    expect(expression?.evaluate({ ...scope, clock, now: at - 1 })).toBe(0);
  });

  it('reads a date, too', () => {
    expect(valueOf('days_since(customer.birth_date)', { customer: { birth_date: '1380-01-01' } })).toBe(
      Math.floor((now - Date.parse('2001-03-21T00:00:00+03:30')) / day),
    );
  });
});

describe('a value as JSON again', () => {
  const clock = { zone: 'Asia/Tehran', calendar: 'jalali' as const };
  const given = {
    trigger: { ready_at: '2026-11-21T10:00:00+03:30', due: '1405-09-30', times: ['2026-11-21T06:30:00Z'] },
  };

  it.each([
    ['trigger.ready_at', '2026-11-21T06:30:00.000Z'],
    ['trigger.due', '2026-12-21'],
    ['trigger.times', ['2026-11-21T06:30:00.000Z']],
    ['[trigger.note, "a"]', [null, 'a']],
    ['{"at": trigger.ready_at, "note": trigger.note}', { at: '2026-11-21T06:30:00.000Z' }],
    ['trigger.items[0]', { name: 'screen', price: 900_000, sold_at: '2026-11-20T10:00:00.000Z' }],
    ['trigger.extra.deep', { at: '2026-11-20T00:00:00Z' }],
    ['trigger.note', undefined],
  ])('%s is %j', (source, json) => {
    const { expression } = compile(source);
    const value = expression?.evaluate(scopeWith(given));
    expect(toJson(value, expression?.kind ?? { kind: 'any' }, clock)).toEqual(json);
  });

  it('leaves out an instant that no date can hold', () => {
    expect(toJson(1e300, { kind: 'time' }, clock)).toBeUndefined();
  });
});
