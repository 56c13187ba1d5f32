import { on, story } from '../../../test/given/simulation.js';

const journey =
  'trigger: { event: visit }\nsteps: [ { wait_until: best_hour, then: [ send: hello ], else: [ send: bye ] }, send: third ]';
const visit = on('11-21 10:00', 'visit');
const writes = (day: string, ...hours: readonly string[]) =>
  hours.map((hour) => on(`${day} ${hour}`, 'message.received', { channel: 'sms', from: 'x', text: 'hi' }));
const clicks = (day: string, ...hours: readonly string[]) => {
  const of = { message_id: 'm', journey: 'test', template: 'hello', channel: 'sms' };
  return hours.map((hour) => on(`${day} ${hour}`, 'message.clicked', of));
};
const happens = (events: readonly object[], at = visit) =>
  story({ journey, events: [...(events as ReturnType<typeof writes>), at], from: '11-21 09:00' }).slice(1);
const until = (...events: readonly object[]) => happens(events)[0];

describe('the best hour', () => {
  it('is the next start of the hour of the day with the most replies', () => {
    expect(happens(writes('11-01', '18:10', '18:59', '12:00'))).toEqual([
      '11-21 10:00 waiting until 11-21 18:00',
      '11-21 18:00 resumed time',
      '11-21 18:00 sent hello',
      '11-21 18:00 sent third',
      '11-21 18:00 exited completed',
    ]);
    expect(until(...writes('11-01', '09:00', '09:59', '12:00'))).toBe('11-21 10:00 waiting until 11-22 09:00');
  });

  it('goes by clicks as by replies, and by both together', () => {
    expect(until(...clicks('11-01', '18:10', '18:59', '12:00'))).toBe('11-21 10:00 waiting until 11-21 18:00');
    expect(
      until(...writes('11-01', '12:00', '18:10'), ...clicks('11-02', '12:59', '12:30', '18:00', '18:20', '18:30')),
    ).toBe('11-21 10:00 waiting until 11-21 18:00');
    expect(until(...clicks('11-01', '18:00'), ...writes('11-01', '18:00'))).toBe('11-21 10:00 sent third');
  });

  it('is learned from what comes while the journeys run, too', () => {
    const given = { journey, events: [...writes('11-01', '18:10', '18:59', '12:00'), visit], from: '10-30 09:00' };
    expect(story(given)[1]).toBe('11-21 10:00 waiting until 11-21 18:00');
  });

  it('is the earlier of equals', () => {
    expect(until(...writes('11-01', '19:00', '12:00', '19:00', '12:00'))).toBe('11-21 10:00 waiting until 11-21 12:00');
    expect(until(...writes('11-01', '13:00', '12:00', '11:00'))).toBe('11-21 10:00 waiting until 11-21 11:00');
  });

  it('with fewer than three is not waited for, nor is then or else done', () => {
    expect(happens(writes('11-01', '18:00', '18:00'))).toEqual([
      '11-21 10:00 sent third',
      '11-21 10:00 exited completed',
    ]);
  });

  it('looks back 180 days, the start of them excluded', () => {
    const old = writes('05-25', '10:00');
    const older = writes('05-25', '09:59:59');
    expect(until(...writes('05-25', '10:00:01'), ...writes('11-01', '10:00', '10:00'))).toBe('11-21 10:00 sent hello');
    expect(until(...old, ...writes('11-01', '18:00', '18:00'))).toBe('11-21 10:00 sent third');
    expect(until(...older, ...writes('11-01', '18:00', '18:00'))).toBe('11-21 10:00 sent third');
  });

  it('is the hour of now where that begins now', () => {
    expect(happens(writes('11-01', '10:10', '10:10', '10:10'))[0]).toBe('11-21 10:00 sent hello');
  });

  it('is on the clock of the customer', () => {
    const customers = [{ id: 'c1', phone: '09121234567', timezone: 'Europe/Berlin' }];
    const events = [...writes('11-01', '18:10', '18:59', '18:00'), visit];
    // 18:10 in Tehran is 15:40 in Berlin, and 15:00 there 17:30 here.
    expect(story({ journey, customers, events, from: '11-21 09:00' }, 'waiting')).toEqual([
      '11-21 10:00 waiting until 11-21 17:30',
    ]);
  });
});
