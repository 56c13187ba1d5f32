import { on, simulated, story, tehran } from '../../../test/given/simulation.js';

const head = 'about: repair_id\ntrigger: { event: repair.received }\n';
const received = on('11-21 10:00', 'repair.received');
const journey = (...steps: readonly string[]) => `${head}steps:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
const happens = (steps: readonly string[], ...events: readonly ReturnType<typeof on>[]) =>
  story({ journey: journey(...steps), events: [received, ...events] }).slice(1);
const ready = (time: string, more: object = {}) => on(time, 'repair.ready', {}, more);

describe('waits: an event that came earlier', () => {
  it('meets a wait for an event that about ties, from the entry on', () => {
    expect(happens(['wait: 1 day', 'wait_for: repair.ready', 'send: hello'], ready('11-21 12:00'))).toEqual([
      '11-21 10:00 waiting until 11-22 10:00',
      '11-22 10:00 resumed time',
      '11-22 10:00 resumed event repair.ready',
      '11-22 10:00 sent hello',
      '11-22 10:00 exited completed',
    ]);
  });

  it('does not meet one for an event that about does not tie, before the last wait has ended', () => {
    expect(happens(['wait: 1 day', 'wait_for: visit'], on('11-21 12:00', 'visit')).slice(2)).toEqual([
      '11-22 10:00 waiting visit',
    ]);
  });

  it('does not meet one that says since: last_wait, although about ties it', () => {
    expect(
      happens(['wait: 1 day', '{ wait_for: repair.ready, since: last_wait }'], ready('11-21 12:00')).slice(2),
    ).toEqual(['11-22 10:00 waiting repair.ready']);
  });

  it('counts since entry by its own time, whenever it arrived', () => {
    const early = { arrives_at: tehran('11-21 09:00') };
    const late = on('11-21 08:00', 'repair.received', {}, { arrives_at: tehran('11-21 10:00') });
    const waits = { journey: journey('wait_for: repair.ready') };
    const at = (time: string) => story({ ...waits, events: [ready(time, early), late] }, 'waiting', 'resumed');
    expect(at('11-21 08:30')).toEqual(['11-21 10:00 resumed event repair.ready']);
    expect(at('11-21 08:00')).toEqual(['11-21 10:00 resumed event repair.ready']);
    expect(at('11-21 07:59')).toEqual(['11-21 10:00 waiting repair.ready']);
  });

  it('is never the starting event', () => {
    expect(happens(['wait_for: repair.received'])).toEqual(['11-21 10:00 waiting repair.received']);
  });

  it('with another key does not count', () => {
    const other = on('11-21 12:00', 'repair.ready', { repair_id: 'r2' });
    expect(happens(['wait: 1 day', 'wait_for: repair.ready'], other).at(-1)).toBe('11-22 10:00 waiting repair.ready');
  });

  it('meets each wait for it, so that a stage that was skipped does not hang the next wait', () => {
    expect(
      happens(['wait_for: repair.ready', 'wait_for: repair.ready', 'stop: done'], ready('11-21 12:00')).slice(1),
    ).toEqual([
      '11-21 12:00 resumed event repair.ready',
      '11-21 12:00 resumed event repair.ready',
      '11-21 12:00 exited done',
    ]);
  });

  it('of several is the one with the earliest time, then the earliest arrival, whatever the order of the arms', () => {
    const arms =
      'wait_for: [ { event: repair.ready, then: [ stop: ready ] }, { event: repair.estimated, then: [ stop: estimated ] } ]';
    const estimated = (time: string, arrives: string) =>
      on(time, 'repair.estimated', { cost: 1 }, { arrives_at: tehran(arrives) });
    const ends = (...events: readonly ReturnType<typeof on>[]) => happens(['wait: 1 day', arms], ...events).at(-1);
    expect(ends(ready('11-21 12:00'), estimated('11-21 11:00', '11-21 13:00'))).toBe('11-22 10:00 exited estimated');
    expect(
      ends(estimated('11-21 12:00', '11-21 12:00'), ready('11-21 12:00', { arrives_at: tehran('11-21 13:00') })),
    ).toBe('11-22 10:00 exited estimated');
    expect(ends(ready('11-21 12:00'), estimated('11-21 12:00', '11-21 13:00'))).toBe('11-22 10:00 exited ready');
  });

  it('meets the first arm that it fits', () => {
    const arms = `wait_for: [ { event: repair.estimated, when: event.cost > toman(1), then: [ stop: dear ] }, { event: repair.estimated, then: [ stop: cheap ] }, { event: repair.estimated, then: [ stop: never ] } ]`;
    const end = (cost: number) => happens([arms], on('11-21 12:00', 'repair.estimated', { cost })).at(-1);
    expect([end(11), end(10)]).toEqual(['11-21 12:00 exited dear', '11-21 12:00 exited cheap']);
  });

  it('counts for the arm whose since lets it, not for another one of its type', () => {
    const arms = `wait_for: [ { event: repair.ready, since: last_wait, then: [ stop: now ] }, { event: repair.ready, then: [ stop: earlier ] } ]`;
    expect(happens(['wait: 1 day', arms], ready('11-21 12:00')).at(-1)).toBe('11-22 10:00 exited earlier');
  });

  it('has its when evaluated where the wait is reached', () => {
    const when = '{ wait_for: repair.ready, when: customer.name == "Nika" }';
    const named = on('11-21 13:00', 'customer.updated', { name: 'Nika' });
    expect(happens(['wait: 1 day', when], ready('11-21 12:00'), named).at(-2)).toBe(
      '11-22 10:00 resumed event repair.ready',
    );
    expect(happens([when], ready('11-21 12:00'), named)).toEqual(['11-21 10:00 waiting repair.ready']);
  });
});

describe('waits: clocks', () => {
  it('include the last instant of at_most', () => {
    const wait = '{ wait_for: repair.ready, at_most: 2 hours, else: [ stop: late ] }';
    expect(happens([wait, 'stop: in-time'], ready('11-21 12:00')).at(-1)).toBe('11-21 12:00 exited in-time');
    expect(happens([wait, 'stop: in-time'], ready('11-21 12:00:01'))).toEqual([
      '11-21 10:00 waiting repair.ready until 11-21 12:00',
      '11-21 12:00 resumed timeout',
      '11-21 12:00 exited late',
    ]);
  });

  it('go on below after then, and after else', () => {
    const wait =
      '{ wait_for: [ { event: repair.ready, then: [ send: hello ] } ], at_most: 2 hours, else: [ send: bye ] }';
    expect(happens([wait, 'send: third'], ready('11-21 11:00')).slice(2)).toEqual([
      '11-21 11:00 sent hello',
      '11-21 11:00 sent third',
      '11-21 11:00 exited completed',
    ]);
    expect(happens([wait, 'send: third']).slice(2)).toEqual([
      '11-21 12:00 sent bye',
      '11-21 12:00 sent third',
      '11-21 12:00 exited completed',
    ]);
  });

  it('fire once and stay', () => {
    const wait =
      'wait_for: [ { after: 1 day, then: [ send: hello ] }, { after: 2 days, then: [ send: bye ] }, { event: repair.ready } ]';
    expect(happens([wait], ready('11-25 10:00'))).toEqual([
      '11-21 10:00 waiting repair.ready',
      '11-22 10:00 resumed time',
      '11-22 10:00 sent hello',
      '11-22 10:00 waiting repair.ready',
      '11-23 10:00 resumed time',
      '11-23 10:00 sent bye',
      '11-23 10:00 waiting repair.ready',
      '11-25 10:00 resumed event repair.ready',
      '11-25 10:00 exited completed',
    ]);
  });

  it('with a condition have one chance, when they fall due', () => {
    const wait =
      'wait_for: [ { after: 1 day, when: customer.name == "Nika", then: [ send: hello ] }, { event: repair.ready } ]';
    const named = (time: string) => on(time, 'customer.updated', { name: 'Nika' });
    expect(happens([wait], named('11-22 09:00')).filter((line) => line.includes('sent'))).toEqual([
      '11-22 10:00 sent hello',
    ]);
    expect(happens([wait], named('11-22 11:00'))).toEqual(['11-21 10:00 waiting repair.ready']);
  });

  it('once set do not move when the customer moves to another zone', () => {
    const wait = 'wait_for: [ { after: 1 day, then: [ send: hello ] }, { event: repair.ready } ]';
    const moved = on('11-21 12:00', 'customer.updated', { timezone: 'Europe/Berlin' });
    const berlin = {
      journey: journey(wait),
      customers: [{ id: 'c1', phone: '09121234567', timezone: 'America/New_York' }],
    };
    const events = [on('10-31 10:00', 'repair.received'), { ...moved, time: tehran('10-31 11:00') }];
    // New York puts its clocks back on 1 November, Berlin has done so before: the same hour there is 25 hours later.
    expect(story({ ...berlin, events }, 'sent')).toEqual(['11-01 11:00 sent hello']);
  });
});

describe('waits: names', () => {
  it('are saved, and forgotten by the step that begins', () => {
    const steps = [
      '{ wait_for: repair.estimated, since: last_wait, save_as: estimate, at_most: 1 day }',
      'choose: [ { when: known(estimate), then: [ send: hello ] } ]',
      '{ wait_for: repair.estimated, since: last_wait, save_as: estimate, at_most: 1 day }',
      'choose: [ { when: known(estimate), then: [ send: bye ] } ]',
    ];
    expect(
      happens(steps, on('11-21 12:00', 'repair.estimated', { cost: 5 })).filter((line) => /chosen|sent/.test(line)),
    ).toEqual(['11-21 12:00 chosen 1', '11-21 12:00 sent hello', '11-22 12:00 chosen none']);
  });

  it('have the data of the event that was taken', () => {
    const { lines } = simulated({
      journey: journey('{ wait_for: repair.estimated, save_as: estimate }', 'stop: "{{estimate.cost}}"'),
      events: [received, on('11-21 12:00', 'repair.estimated', { cost: 70 })],
    });
    expect(lines.at(-1)).toMatchObject({ kind: 'exited', reason: '70' });
  });
});
