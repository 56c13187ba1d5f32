import { c1, on, story, tehran } from '../../../test/given/simulation.js';

const entries = ['entered', 'not_entered'];

describe('entering: while inside', () => {
  const journey = (inside: string, more = '') => `trigger: { event: visit${more} }
entry: { again: never, while_inside: ${inside} }
steps: [ wait: 1 day, choose: [ { when: trigger.n == 2, then: [ send: bye ] }, { else: [ send: hello ] } ] ]`;
  const events = [on('11-21 10:00', 'visit', { n: 1 }), on('11-21 20:00', 'visit', { n: 2 })];

  it('ignore goes on with the old start', () => {
    expect(story({ journey: journey('ignore'), events }, 'sent', ...entries)).toEqual([
      '11-21 10:00 entered visit',
      '11-21 20:00 not_entered already_active',
      '11-22 10:00 sent hello',
    ]);
  });

  it('restart exits the old enrolment and enters without testing again', () => {
    expect(story({ journey: journey('restart'), events })).toEqual([
      '11-21 10:00 entered visit',
      '11-21 10:00 waiting until 11-22 10:00',
      '11-21 20:00 exited restarted',
      '11-21 20:00 entered visit',
      '11-21 20:00 waiting until 11-22 20:00',
      '11-22 20:00 resumed time',
      '11-22 20:00 chosen 1',
      '11-22 20:00 sent bye',
      '11-22 20:00 exited completed',
    ]);
  });

  it('restart still tests what comes before already_active in the list', () => {
    const told = story({ journey: journey('restart', ', when: event.n == 1'), events }, 'exited', ...entries);
    expect(told).toEqual([
      '11-21 10:00 entered visit',
      '11-21 20:00 not_entered condition_false',
      '11-22 10:00 exited completed',
    ]);
  });

  it('update replaces trigger and goes on with the old wait', () => {
    expect(story({ journey: journey('update'), events }, 'sent', 'waiting', ...entries)).toEqual([
      '11-21 10:00 entered visit',
      '11-21 10:00 waiting until 11-22 10:00',
      '11-21 20:00 not_entered already_active',
      '11-22 10:00 sent bye',
    ]);
  });

  it('update leaves trigger alone where the condition of the start does not hold', () => {
    const told = story({ journey: journey('update', ', when: event.n == 1'), events }, 'sent', ...entries);
    expect(told).toEqual([
      '11-21 10:00 entered visit',
      '11-21 20:00 not_entered condition_false',
      '11-22 10:00 sent hello',
    ]);
  });

  it('update takes the data by whichever trigger would start it again', () => {
    const two = journey('update').replace(
      '{ event: visit }',
      '[ { event: visit, when: event.n == 1 }, { event: visit, when: event.n == 2 } ]',
    );
    expect(story({ journey: two, events }, 'sent')).toEqual(['11-22 10:00 sent bye']);
  });
});

describe('entering: what came earlier', () => {
  const journey = `about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
goal: { event: repair.delivered }
steps: [ send: hello ]`;
  const received = on('11-21 10:00', 'repair.received', {}, { arrives_at: tehran('11-21 12:00') });
  const arrived = (type: string, time: string, data: object = {}) =>
    on(time, type, data, { arrives_at: tehran('11-21 11:00') });

  it('a cancellation that overtook the start ends it before the first step', () => {
    expect(story({ journey, events: [arrived('repair.cancelled', '11-21 10:30'), received] })).toEqual([
      '11-21 12:00 entered repair.received',
      '11-21 12:00 exited exit_rule',
    ]);
  });

  it('a goal that overtook the start is reached, exits being tested first', () => {
    const delivered = arrived('repair.delivered', '11-21 10:30');
    expect(story({ journey, events: [delivered, received] })).toEqual([
      '11-21 12:00 entered repair.received',
      '11-21 12:00 goal',
      '11-21 12:00 exited goal',
    ]);
    expect(
      story({ journey, events: [delivered, arrived('repair.cancelled', '11-21 10:40'), received] }, 'goal', 'exited'),
    ).toEqual(['11-21 12:00 exited exit_rule']);
  });

  it('the starting event itself does not count', () => {
    const own = journey.replace('exit: { event: repair.cancelled }', 'exit: { event: repair.received }');
    expect(story({ journey: own, events: [received] }, 'sent', 'exited')).toEqual([
      '11-21 12:00 sent hello',
      '11-21 12:00 exited completed',
    ]);
  });

  it('an event whose own time is before the start does not count, one of the same time does', () => {
    expect(story({ journey, events: [arrived('repair.cancelled', '11-21 09:59'), received] }, 'sent')).toHaveLength(1);
    expect(story({ journey, events: [arrived('repair.cancelled', '11-21 10:00'), received] }, 'sent')).toHaveLength(0);
  });

  it('an event of another repair, or one that about does not tie, does not count', () => {
    const other = arrived('repair.cancelled', '11-21 10:30', { repair_id: 'r2' });
    expect(story({ journey, events: [other, received] }, 'sent')).toHaveLength(1);
    const untied = journey.replace('{ event: repair.cancelled }', '{ event: visit }');
    expect(story({ journey: untied, events: [arrived('visit', '11-21 10:30'), received] }, 'sent')).toHaveLength(1);
  });

  it('does not test exits without an event for it', () => {
    const standing = journey
      .replace(
        '{ event: repair.cancelled }',
        '[ { event: repair.cancelled, when: 1 == 2 }, { when: known(customer.name) } ]',
      )
      .replace('send: hello', 'wait: 1 day');
    expect(
      story({ journey: standing, customers: [c1], events: [arrived('repair.cancelled', '11-21 10:30'), received] }),
    ).toEqual([
      '11-21 12:00 entered repair.received',
      '11-21 12:00 waiting until 11-22 12:00',
      '11-22 12:00 resumed time',
      '11-22 12:00 exited completed',
    ]);
  });
});
