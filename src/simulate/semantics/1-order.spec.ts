import { on, simulated, story, tehran } from '../../../test/given/simulation.js';

const received = on('11-21 10:00', 'repair.received');
const greet = 'trigger: { event: repair.received }\nsteps: [ send: hello ]';

describe('order: what an event meets', () => {
  const waiting = `about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
goal: { event: repair.delivered }
steps:
  - wait_for: [ { event: repair.delivered }, { event: repair.cancelled }, { event: repair.ready } ]
  - send: hello
`;

  it('has all exits first, then all goals, then all waits, then all triggers, each by journey name', () => {
    const journeys = {
      d: 'trigger: { event: visit }\nexit: { event: purchase }\nsteps: [ wait_for: visit ]',
      c: 'trigger: { event: visit }\ngoal: { event: purchase }\nsteps: [ wait_for: visit ]',
      b: 'trigger: { event: visit }\nsteps: [ wait_for: purchase, send: hello ]',
      a: 'trigger: { event: purchase }\nsteps: [ send: bye ]',
      b2: 'trigger: { event: visit }\nsteps: [ wait_for: purchase, send: hello ]',
      c2: 'trigger: { event: visit }\ngoal: { event: purchase }\nsteps: [ wait_for: visit ]',
      e: 'trigger: { event: visit }\nexit: { event: purchase }\nsteps: [ wait_for: visit ]',
    };
    const events = [on('11-21 10:00', 'visit'), on('11-21 11:00', 'purchase', { amount: 5 })];
    expect(story({ journeys, events }).filter((line) => line.startsWith('11-21 11:00'))).toEqual([
      '11-21 11:00 d exited exit_rule',
      '11-21 11:00 e exited exit_rule',
      '11-21 11:00 c goal',
      '11-21 11:00 c exited goal',
      '11-21 11:00 c2 goal',
      '11-21 11:00 c2 exited goal',
      '11-21 11:00 b resumed event purchase',
      '11-21 11:00 b sent hello',
      '11-21 11:00 b exited completed',
      '11-21 11:00 b2 resumed event purchase',
      '11-21 11:00 b2 sent hello',
      '11-21 11:00 b2 exited completed',
      '11-21 11:00 a entered purchase',
      '11-21 11:00 a sent bye',
      '11-21 11:00 a exited completed',
    ]);
  });

  it('has an exit win over a goal and a wait for the same event', () => {
    const journey = waiting.replace('repair.delivered }\nsteps', 'repair.cancelled }\nsteps');
    expect(
      story({ journey, events: [received, on('11-21 11:00', 'repair.cancelled')] }, 'goal', 'exited', 'sent'),
    ).toEqual(['11-21 11:00 exited exit_rule']);
  });

  it('has a goal win over a wait for the same event', () => {
    expect(
      story({ journey: waiting, events: [received, on('11-21 11:00', 'repair.delivered')] }, 'goal', 'exited', 'sent'),
    ).toEqual(['11-21 11:00 goal', '11-21 11:00 exited goal']);
  });

  it('goes through enrolments of one journey in order of their keys', () => {
    const events = ['r2', 'r10', 'r1'].map((repair_id) => on('11-21 10:00', 'repair.received', { repair_id }));
    const { lines } = simulated({
      journey: `about: repair_id
trigger: { event: repair.received }
exit: { event: visit }
steps: [ wait_for: repair.ready ]`,
      events: [...events, on('11-21 11:00', 'visit')],
    });
    expect(lines.filter(({ kind }) => kind === 'exited').map(({ key }) => key)).toEqual(['r1', 'r10', 'r2']);
  });

  it('lets the same event start a journey again that it has ended', () => {
    const journey = `trigger: { event: visit }
exit: { event: visit }
steps: [ wait_for: purchase ]`;
    expect(story({ journey, events: [on('11-21 10:00', 'visit'), on('11-21 11:00', 'visit')] })).toEqual([
      '11-21 10:00 entered visit',
      '11-21 10:00 waiting purchase',
      '11-21 11:00 exited exit_rule',
      '11-21 11:00 entered visit',
      '11-21 11:00 waiting purchase',
    ]);
  });

  it('does not test the event that starts an enrolment against it', () => {
    const journey = `trigger: { event: visit }
goal: { event: visit }
exit: { when: 'count("visit") > 0' }
steps: [ wait_for: visit ]`;
    expect(story({ journey, events: [on('11-21 10:00', 'visit')] })).toEqual([
      '11-21 10:00 entered visit',
      '11-21 10:00 waiting visit',
    ]);
  });

  it('takes its own effect before journeys look at it', () => {
    const journey = `trigger: { event: customer.updated, when: 'customer.name == "Nika"' }
steps: [ send: hello ]`;
    const { lines } = simulated({ journey, events: [on('11-21 10:00', 'customer.updated', { name: 'Nika' })] });
    expect(lines.filter(({ kind }) => kind === 'sent').map(({ text }) => text)).toEqual(['hello Nika']);
  });

  it('is in the history when its triggers are tested', () => {
    const journey = `trigger: { event: visit, when: 'count("visit") == 2' }\nsteps: [ send: hello ]`;
    expect(
      story({ journey, events: [on('11-21 10:00', 'visit'), on('11-21 11:00', 'visit')] }, 'entered', 'not_entered'),
    ).toEqual(['11-21 10:00 not_entered condition_false', '11-21 11:00 entered visit']);
  });
});

describe('order: arrivals', () => {
  it('goes by arrival, ties in file order, whatever the own times are', () => {
    const late = on('11-21 09:00', 'visit', { n: 2 }, { arrives_at: tehran('11-21 12:00') });
    const events = [late, on('11-21 11:00', 'visit', { n: 1 }), on('11-21 12:00', 'visit', { n: 3 })];
    const { lines } = simulated({
      journey: 'trigger: { event: visit }\nsteps: [ stop: "visit {{trigger.n}}" ]',
      events,
    });
    expect(lines.filter(({ kind }) => kind === 'exited').map(({ reason }) => reason)).toEqual([
      'visit 1',
      'visit 2',
      'visit 3',
    ]);
  });

  it('decides timers that fell due before an arrival before it, and at the same instant after it', () => {
    const journey = `trigger: { event: visit }
exit: { event: purchase }
steps: [ wait: 1 hour, send: hello, wait: 1 hour, send: bye ]`;
    const before = [on('11-21 10:00', 'visit'), on('11-21 11:00:01', 'purchase', { amount: 1 })];
    const same = [on('11-21 10:00', 'visit'), on('11-21 11:00', 'purchase', { amount: 1 })];
    expect(story({ journey, events: before }, 'sent', 'exited')).toEqual([
      '11-21 11:00 sent hello',
      '11-21 11:00:01 exited exit_rule',
    ]);
    expect(story({ journey, events: same }, 'sent', 'exited')).toEqual(['11-21 11:00 exited exit_rule']);
  });

  it('decides timers oldest first, those of one instant in the order set, whatever their journeys are named', () => {
    const journeys = {
      a: 'trigger: { event: visit }\nsteps: [ wait: 1 hour, wait: 1 hour, send: hello ]',
      b: 'trigger: { event: visit }\nsteps: [ wait: 2 hours, send: bye ]',
    };
    expect(story({ journeys, events: [on('11-21 10:00', 'visit')] }, 'sent')).toEqual([
      '11-21 12:00 b sent bye',
      '11-21 12:00 a sent hello',
    ]);
  });

  it('decides timers of one instant by customer', () => {
    const events = ['c3', 'c2', '𝒞', 'ﬀ'].map((subject) => on('11-21 10:00', 'visit', {}, { subject }));
    const { lines } = simulated({ journey: 'trigger: { event: visit }\nsteps: [ wait: 1 hour ]', events });
    const resumed = lines.filter(({ kind }) => kind === 'resumed').map(({ customer }) => customer);
    expect(resumed).toEqual(['c2', 'c3', 'ﬀ', '𝒞']);
  });

  it('lets what a decision makes due at once follow at once, before the next timer of that instant', () => {
    const journeys = {
      a: 'trigger: { event: visit }\nsteps: [ wait: 1 hour, send: hello ]',
      b: 'trigger: { event: visit }\nsteps: [ wait: 1 hour, send: bye ]',
      c: 'trigger: { event: message.delivered }\nentry: { again: always }\nsteps: [ stop: seen ]',
    };
    expect(story({ journeys, events: [on('11-21 10:00', 'visit')] }, 'sent', 'entered').slice(2)).toEqual([
      '11-21 11:00 a sent hello',
      '11-21 11:00 c entered message.delivered',
      '11-21 11:00 b sent bye',
      '11-21 11:00 c entered message.delivered',
    ]);
  });
});

describe('order: what an event is', () => {
  it('changes nothing the second time, by source and id', () => {
    const id = { id: 'e1', source: '/shop' };
    const again = [
      received,
      on('11-21 11:00', 'repair.received', {}, id),
      on('11-21 12:00', 'repair.received', {}, id),
    ];
    expect(story({ journey: greet, events: again }, 'entered')).toHaveLength(2);
  });

  it('is another one with another source, or of another customer', () => {
    const events = [
      on('11-21 10:00', 'repair.received', {}, { id: 'e1', source: '/a' }),
      on('11-21 11:00', 'repair.received', {}, { id: 'e1', source: '/b' }),
      on('11-21 12:00', 'repair.received', {}, { id: 'e1', source: '/a', subject: 'c2' }),
    ];
    expect(story({ journey: greet, events }, 'entered')).toHaveLength(3);
  });

  it('reads a missing time as the arrival, and a time later than the arrival as the arrival', () => {
    const journey = 'trigger: { event: visit }\nsteps: [ stop: done ]';
    const missing = { type: 'visit', subject: 'c1', arrives_at: tehran('11-21 10:00') };
    const future = on('11-25 10:00', 'visit', {}, { arrives_at: tehran('11-21 11:00') });
    const late = on('11-21 11:30', 'visit', {}, { arrives_at: tehran('11-21 12:00') });
    const { lines } = simulated({ journey, events: [missing, future, late] });
    expect(lines.filter(({ kind }) => kind === 'exited').map(({ at }) => at)).toEqual([
      '2026-11-21T06:30:00.000Z',
      '2026-11-21T07:30:00.000Z',
      '2026-11-21T08:30:00.000Z',
    ]);
    const times = simulated({
      journey: `trigger: { event: visit, when: 'last("visit") == now' }\nsteps: [ stop: on-time ]`,
      events: [missing, future, late],
    }).lines.filter(({ kind }) => kind === 'exited' || kind === 'not_entered');
    expect(times.map(({ kind }) => kind)).toEqual(['exited', 'exited', 'not_entered']);
  });

  it('starts nothing when it is stale, but exits, resumes, counts and updates', () => {
    const arrives = { arrives_at: tehran('11-23 10:00') };
    const journey = `trigger: { event: repair.received, max_age: 1 day }
exit: { event: repair.cancelled }
steps: [ wait_for: repair.ready, send: hello, wait_for: repair.delivered ]`;
    const events = [
      on('11-21 09:00', 'repair.received', {}, { subject: 'c2', ...arrives }),
      on('11-22 10:00', 'repair.received', {}, { subject: 'c3', ...arrives }),
      on('11-22 09:59:59', 'repair.received', {}, { subject: 'c4', ...arrives }),
      on('11-22 12:00', 'repair.received'),
      on('11-21 08:00', 'repair.ready', {}, arrives),
      on('11-21 08:00', 'repair.cancelled', {}, { arrives_at: tehran('11-23 11:00') }),
      on('11-21 08:00', 'customer.updated', { name: 'Mina' }, { subject: 'c3', arrives_at: tehran('11-23 11:00') }),
      on('11-23 12:00', 'repair.ready', {}, { subject: 'c3' }),
    ];
    const { lines } = simulated({ journey, events });
    expect(
      lines.filter(({ kind }) => kind.includes('entered')).map((l) => `${l.customer} ${String(l['reason'])}`),
    ).toEqual(['c1 undefined', 'c2 stale_event', 'c3 undefined', 'c4 stale_event']);
    expect(lines.filter(({ customer, kind }) => customer === 'c1' && kind === 'resumed')).toHaveLength(1);
    expect(lines.find(({ customer, kind }) => customer === 'c1' && kind === 'exited')).toMatchObject({
      reason: 'exit_rule',
    });
    expect(lines.filter(({ customer, kind }) => customer === 'c3' && kind === 'suppressed')).toHaveLength(1);
  });

  it('has its max_age from the catalogue where the trigger gives none', () => {
    const journey = 'trigger: { event: old.news }\nsteps: [ send: hello ]';
    const late = (arrives: string) => on('11-21 10:00', 'old.news', {}, { arrives_at: tehran(arrives), id: arrives });
    expect(story({ journey, events: [late('11-21 12:00'), late('11-21 12:00:01')] }, 'entered', 'not_entered')).toEqual(
      ['11-21 12:00 entered old.news', '11-21 12:00:01 not_entered stale_event'],
    );
  });
});
