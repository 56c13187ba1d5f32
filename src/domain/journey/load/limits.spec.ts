import { givenJourney, journeyText, toldOf } from '../../../../test/given/workspace.js';
import { noStanding, type Scope } from '../../expression/scope.js';
import { printInstant } from '../../time/instant.js';
import type { SendStep, StopStep } from '../step.js';

const now = Date.parse('2026-11-21T10:00:00+03:30');
const names = {
  trigger: { repair_id: 'r1', device: 'iPhone', due_date: '1405-09-10', back_at: '2026-12-01T12:00:00+03:30' },
  customer: { id: 'c1', name: 'سارا' },
};
const scope = (more: object = {}): Scope => ({
  names: { ...names, ...more },
  now,
  clock: { zone: 'Asia/Tehran', calendar: 'jalali' },
  history: { count: () => 0, sum: () => 0, last: () => undefined, events: () => [], since: () => [] },
  standing: noStanding,
});
const trigger =
  'trigger: { event: repair.received, when: known(event.due_date) and known(event.back_at) and known(event.device) }';

function until(limit: string): string | undefined {
  const journey = givenJourney({ trigger, steps: `  - { send: hello, not_after: ${limit} }` });
  const step = journey.steps.get('send-hello') as SendStep;
  const instant = step.notAfter?.until(scope(), now);
  return instant === undefined ? undefined : printInstant(instant);
}

describe('a limit', () => {
  it.each([
    ['3 days', '2026-11-24T06:30:00.000Z'],
    ['90 minutes', '2026-11-21T08:00:00.000Z'],
    ['2026-12-01', '2026-11-30T20:30:00.000Z'],
    ['1405-09-10', '2026-11-30T20:30:00.000Z'],
    ['2026-12-01T12:00:00Z', '2026-12-01T12:00:00.000Z'],
    ['=trigger.due_date', '2026-11-30T20:30:00.000Z'],
    ['=trigger.back_at', '2026-12-01T08:30:00.000Z'],
    ['{ date: =trigger.due_date, offset: -3 days, at: "10:00" }', '2026-11-28T06:30:00.000Z'],
    ['{ date: =trigger.due_date }', '2026-11-30T20:30:00.000Z'],
    ['{ date: =trigger.back_at, offset: 1 day }', '2026-12-02T08:30:00.000Z'],
    ['{ date: 2026-12-01, at: "23:59" }', '2026-12-01T20:29:00.000Z'],
  ])('%s ends at %s', (limit, instant) => {
    expect(until(limit)).toBe(instant);
  });

  it.each([
    ['soon', /^journeys\/test.yaml:5:31: expected a duration \("3 days"\), a date/],
    ['[1 day]', /got a list$/],
    ['-3 days', /^journeys\/test.yaml:5:31: "-3 days" goes back; only an offset may be negative$/],
    ['=5', /^journeys\/test.yaml:5:32: expected a time or a date, got/],
    ['=trigger.device', /^journeys\/test.yaml:5:32: expected a time or a date, got text/],
    ['{ offset: 3 days }', /date is missing/],
    ['{ date: 2026-12-01, at: "25:00" }', /"25:00" is no time of day/],
    ['{ date: 2026-12-01, offset: later }', /"later" is no duration/],
    ['2026-02-30', /expected a duration/],
    ['1405/9/1', /^journeys\/test.yaml:5:31: "1405\/9\/1" is no date; did you mean 1405-09-01\?$/],
    ['۱۴۰۵/۰۹/۰۱', /did you mean 1405-09-01\?$/],
  ])('%s is told', (limit, message) => {
    const text = journeyText({ trigger, steps: `  - { send: hello, not_after: ${limit} }` });
    expect(toldOf({ 'journeys/test.yaml': text })).toEqual([expect.stringMatching(message)]);
  });
});

describe('a right-hand side', () => {
  const value = (text: string, more?: object) => {
    const journey = givenJourney({ trigger, steps: `  - { send: hello, with: { x: ${text} } }` });
    return (journey.steps.get('send-hello') as SendStep).with['x']?.evaluate(scope(more));
  };

  it('is text, a number or a boolean as it is written', () => {
    expect([value('plain'), value('3'), value('true'), value('"=no"'.replace('=', ''))]).toEqual([
      'plain',
      3,
      true,
      'no',
    ]);
  });

  it('may hold Handlebars, where what is absent prints nothing and nothing is escaped', () => {
    expect(value('"{{customer.name}}: {{trigger.device}}{{customer.email}}"')).toBe('سارا: iPhone');
    expect(value('"{{customer.name}}"', { customer: { id: 'c', name: '<b>' } })).toBe('<b>');
    expect(value('"{{#if customer.email}}a{{else}}b{{/if}}"')).toBe('b');
  });

  it('may be an expression; its times are ISO 8601', () => {
    expect(value('"=1 + 2"')).toBe(3);
    expect(value('=trigger.device')).toBe('iPhone');
    expect(value('=trigger.back_at')).toBe('2026-12-01T08:30:00.000Z');
    expect(value('=now')).toBe(printInstant(now));
  });

  it('is the reason of a stop too', () => {
    const journey = givenJourney({ trigger, steps: '  - stop: "{{trigger.device}} is late"' });
    expect((journey.steps.get('stop') as StopStep).reason.evaluate(scope())).toBe('iPhone is late');
  });
});
