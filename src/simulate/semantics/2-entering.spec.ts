import { on, simulated, story, tehran } from '../../../test/given/simulation.js';

const entries = ['entered', 'not_entered'];

describe('entering: why not', () => {
  const parts = (draft: string, when: string) => `${draft}about: repair_id
trigger: { event: repair.received, max_age: 1 day${when} }
entry: { again: never }
steps: [ wait_for: repair.ready ]`;
  const stale = on('11-20 09:00', 'repair.received', {}, { id: 'stale', arrives_at: tehran('11-22 10:00') });
  const first = on('11-21 10:00', 'repair.received');

  it('names the first reason that holds: draft, stale_event, condition_false, already_active, re_entry', () => {
    const no = ', when: event.device == "none"';
    expect(story({ journey: parts('draft: true\n', no), events: [stale] })).toEqual(['11-22 10:00 not_entered draft']);
    expect(story({ journey: parts('', no), events: [stale] })).toEqual(['11-22 10:00 not_entered stale_event']);
    expect(story({ journey: parts('', no), events: [first] })).toEqual(['11-21 10:00 not_entered condition_false']);
    const yes = parts('', ', when: event.device != "none"');
    const fit = (time: string, device = 'phone') => on(time, 'repair.received', { device });
    expect(
      story({ journey: yes, events: [fit('11-21 10:00'), fit('11-21 11:00'), fit('11-21 12:00', 'none')] }, ...entries),
    ).toEqual([
      '11-21 10:00 entered repair.received',
      '11-21 11:00 not_entered already_active',
      '11-21 12:00 not_entered condition_false',
    ]);
    const events = [fit('11-21 10:00'), on('11-21 11:00', 'repair.ready'), fit('11-21 12:00')];
    expect(story({ journey: yes, events }, ...entries)).toEqual([
      '11-21 10:00 entered repair.received',
      '11-21 12:00 not_entered re_entry',
    ]);
  });

  it('is said once for each journey that listens, and not for the others', () => {
    const journeys = {
      a: 'trigger: { event: visit, when: 1 == 2 }\nsteps: [ send: hello ]',
      b: 'trigger: [ { event: visit, when: 1 == 2 }, { event: visit, when: 1 == 3 } ]\nsteps: [ send: hello ]',
      c: 'trigger: { event: purchase }\nsteps: [ send: hello ]',
    };
    expect(story({ journeys, events: [on('11-21 10:00', 'visit')] })).toEqual([
      '11-21 10:00 a not_entered condition_false',
      '11-21 10:00 b not_entered condition_false',
    ]);
  });

  it('of several triggers counts the first that starts, and says which', () => {
    const journey = `trigger:
  - { event: visit, when: 'event.shop == "north"', as: north }
  - { event: visit, when: event.n > 1, as: often }
  - { event: visit, when: event.n > 0 }
steps: [ stop: done ]`;
    const events = [{ n: 2, shop: 'north' }, { n: 2 }, { n: 1 }, { n: 0 }].map((data) =>
      on('11-21 10:00', 'visit', data),
    );
    expect(story({ journey, events }, ...entries)).toEqual([
      '11-21 10:00 entered north',
      '11-21 10:00 entered often',
      '11-21 10:00 entered visit',
      '11-21 10:00 not_entered condition_false',
    ]);
  });

  it('of several triggers has the first that listens give the reason', () => {
    const journey = `trigger: [ { event: visit, max_age: 1 hour }, { event: visit, when: 1 == 2 } ]\nsteps: [ stop: done ]`;
    const late = on('11-21 10:00', 'visit', {}, { arrives_at: tehran('11-21 12:00') });
    expect(story({ journey, events: [late] })).toEqual(['11-21 12:00 not_entered stale_event']);
  });
});

describe('entering: about', () => {
  const about = (field: string, trigger: string) => `about: ${field}\ntrigger: { event: ${trigger} }\n`;

  it('keeps enrolments of other keys apart', () => {
    const journey = `${about('repair_id', 'repair.received')}exit: { event: repair.cancelled }\nsteps: [ wait_for: repair.ready ]`;
    const { lines } = simulated({
      journey,
      events: [
        on('11-21 10:00', 'repair.received', { repair_id: 'r1' }),
        on('11-21 10:01', 'repair.received', { repair_id: 'r2' }),
        on('11-21 10:02', 'repair.received', { repair_id: 'r1' }),
        on('11-21 10:03', 'repair.cancelled', { repair_id: 'r2' }),
        on('11-21 10:04', 'repair.ready', { repair_id: 'r3' }),
        on('11-21 10:05', 'repair.ready', { repair_id: 'r1' }),
      ],
    });
    expect(lines.map(({ kind, key }) => `${kind} ${String(key)}`)).toEqual([
      'entered r1',
      'waiting r1',
      'entered r2',
      'waiting r2',
      'not_entered r1',
      'exited r2',
      'resumed r1',
      'exited r1',
    ]);
  });

  it('compares as text, whole numbers in decimal', () => {
    const journey = `${about('number', 'ticket.opened')}exit: { event: ticket.closed }\nsteps: [ wait: 1 day ]`;
    const { lines } = simulated({
      journey,
      events: [
        on('11-21 10:00', 'ticket.opened', { number: 1_000_000 }),
        on('11-21 11:00', 'ticket.closed', { number: '999' }),
        on('11-21 12:00', 'ticket.closed', { number: '1000000' }),
      ],
    });
    expect(lines.map(({ at, kind, key }) => [at.slice(11, 16), kind, key])).toEqual([
      ['06:30', 'entered', '1000000'],
      ['06:30', 'waiting', '1000000'],
      ['08:30', 'exited', '1000000'],
    ]);
  });

  it('may be a path', () => {
    const journey = `${about('order.id', 'order.placed')}steps: [ stop: done ]`;
    const { lines } = simulated({ journey, events: [on('11-21 10:00', 'order.placed', { order: { id: 7 } })] });
    expect(lines.map(({ key }) => key)).toEqual(['7', '7']);
  });

  it('of which the event has nothing is condition_false, before anything that comes later in the list', () => {
    const journey = `${about('repair_id', 'repair.cancelled')}steps: [ send: hello ]`;
    const { lines } = simulated({ journey, events: [{ ...on('11-21 10:00', 'repair.cancelled'), data: {} }] });
    expect(lines).toEqual([
      {
        at: '2026-11-21T06:30:00.000Z',
        kind: 'not_entered',
        customer: 'c1',
        journey: 'test',
        reason: 'condition_false',
      },
    ]);
  });

  it('ties events that have the field, and leaves those alone whose types lack it', () => {
    const journey = `${about('repair_id', 'repair.received')}exit: [ { event: visit } ]\nsteps: [ wait_for: repair.ready ]`;
    const events = [on('11-21 10:00', 'repair.received'), on('11-21 11:00', 'visit')];
    expect(story({ journey, events }, 'exited')).toEqual(['11-21 11:00 exited exit_rule']);
  });

  it('as an expression is a key, and ties nothing', () => {
    const journey = `${about('"=trigger.repair_id"', 'repair.received')}steps: [ wait_for: repair.ready ]`;
    const events = [
      on('11-21 10:00', 'repair.received', { repair_id: 'r1' }),
      on('11-21 10:01', 'repair.received', { repair_id: 'r2' }),
      on('11-21 10:02', 'repair.received', { repair_id: 'r2' }),
      on('11-21 11:00', 'repair.ready', { repair_id: 'r3' }),
    ];
    const { lines } = simulated({ journey, events });
    expect(lines.map(({ kind, key }) => `${kind} ${String(key)}`)).toEqual([
      'entered r1',
      'waiting r1',
      'entered r2',
      'waiting r2',
      'not_entered r2',
      'resumed r1',
      'exited r1',
      'resumed r2',
      'exited r2',
    ]);
  });
});

describe('entering: again', () => {
  const journey = (again: string) => `about: repair_id
trigger: { event: repair.received }
entry: { again: ${again} }
steps: [ wait: 1 hour ]`;
  const at = (time: string, repair_id = 'r1') => on(time, 'repair.received', { repair_id });

  it('after a duration lets in at the last exit and that long, and later', () => {
    const events = [at('11-21 10:00'), at('11-22 10:59:59'), at('11-22 11:00')];
    expect(story({ journey: journey('after 1 day'), events }, ...entries)).toEqual([
      '11-21 10:00 entered repair.received',
      '11-22 10:59:59 not_entered re_entry',
      '11-22 11:00 entered repair.received',
    ]);
  });

  it('counts from the last exit, not the first', () => {
    const events = [at('11-21 10:00'), at('11-22 12:00'), at('11-23 12:00'), at('11-23 13:00')];
    expect(story({ journey: journey('after 1 day'), events }, ...entries)).toEqual([
      '11-21 10:00 entered repair.received',
      '11-22 12:00 entered repair.received',
      '11-23 12:00 not_entered re_entry',
      '11-23 13:00 entered repair.received',
    ]);
  });

  it('is counted for each key', () => {
    const events = [at('11-21 10:00'), at('11-21 12:00', 'r2'), at('11-21 13:00')];
    expect(story({ journey: journey('never'), events }, ...entries)).toEqual([
      '11-21 10:00 entered repair.received',
      '11-21 12:00 entered repair.received',
      '11-21 13:00 not_entered re_entry',
    ]);
  });

  it('always lets in once outside', () => {
    expect(
      story({ journey: journey('always'), events: [at('11-21 10:00'), at('11-21 12:00')] }, 'entered'),
    ).toHaveLength(2);
  });

  it('counts the last exit although an older enrolment is still watched for its goal', () => {
    const watched = `trigger: { event: visit }
entry: { again: after 1 day }
goal: { event: purchase }
steps: [ wait: 1 hour ]`;
    const events = [
      on('11-21 10:00', 'visit'),
      on('11-22 12:00', 'visit'),
      on('11-23 12:00', 'purchase', { amount: 1 }),
      on('11-23 12:00', 'visit'),
    ];
    expect(story({ journey: watched, events }, 'goal', ...entries)).toEqual([
      '11-21 10:00 entered visit',
      '11-22 12:00 entered visit',
      '11-23 12:00 goal',
      '11-23 12:00 goal',
      '11-23 12:00 not_entered re_entry',
    ]);
  });
});
