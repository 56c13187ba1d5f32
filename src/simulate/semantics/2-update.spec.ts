import { on, simulated, story, tehran } from '../../../test/given/simulation.js';

const journey = (steps: string, top = '', trigger = '{ event: repair.received, when: known(event.due) }') =>
  `about: repair_id\n${top}trigger: ${trigger}\nentry: { while_inside: update }\nsteps: [ ${steps} ]`;
const received = (time: string, due: string, more: object = {}) =>
  on(time, 'repair.received', { due: tehran(due) }, more);
const waits = '{ wait_until: =trigger.due, then: [ send: hello ], else: [ send: bye ] }';

describe('entering: update', () => {
  it('sets a running wait_until anew', () => {
    const events = [received('11-21 10:00', '11-22 10:00'), received('11-21 11:00', '11-23 10:00')];
    expect(story({ journey: journey(waits), events }, 'waiting', 'resumed', 'sent')).toEqual([
      '11-21 10:00 waiting until 11-22 10:00',
      '11-21 11:00 waiting until 11-23 10:00',
      '11-23 10:00 resumed time',
      '11-23 10:00 sent hello',
    ]);
  });

  it('takes else where the moment has passed by now', () => {
    const events = [received('11-21 10:00', '11-22 10:00'), received('11-21 11:00', '11-21 10:30')];
    expect(story({ journey: journey(waits), events }, 'sent')).toEqual(['11-21 11:00 sent bye']);
  });

  it('leaves other waits as they are', () => {
    const events = [received('11-21 10:00', '11-22 10:00'), received('11-21 11:00', '11-23 10:00')];
    expect(story({ journey: journey('wait: 1 day, send: hello'), events }, 'waiting', 'sent')).toEqual([
      '11-21 10:00 waiting until 11-22 10:00',
      '11-22 10:00 sent hello',
    ]);
  });

  it('is by the same key only', () => {
    const other = on('11-21 11:00', 'repair.received', { repair_id: 'r2', due: tehran('11-25 10:00') });
    const told = story({ journey: journey(waits), events: [received('11-21 10:00', '11-22 10:00'), other] }, 'sent');
    expect(told).toEqual(['11-22 10:00 sent hello', '11-25 10:00 sent hello']);
  });

  it('is done by a stale event too, which starts nothing', () => {
    const stale = received('11-19 10:00', '11-23 10:00', { arrives_at: tehran('11-21 11:00') });
    expect(
      story(
        { journey: journey(waits), events: [received('11-21 10:00', '11-22 10:00'), stale] },
        'not_entered',
        'sent',
      ),
    ).toEqual(['11-21 11:00 not_entered stale_event', '11-23 10:00 sent hello']);
  });

  it('is not done by a stale event whose condition does not hold', () => {
    const stale = on(
      '11-19 10:00',
      'repair.received',
      { due: tehran('11-23 10:00'), note: 'x' },
      { arrives_at: tehran('11-21 11:00') },
    );
    const trigger = '{ event: repair.received, when: known(event.due) and not known(event.note) }';
    const events = [received('11-21 10:00', '11-22 10:00'), stale];
    expect(story({ journey: journey(waits, '', trigger), events }, 'sent')).toEqual(['11-22 10:00 sent hello']);
  });

  it('keeps what started it, and replaces trigger alone', () => {
    const files = { 'templates/hello/sms.hbs': '{{trigger.n}} {{started_by}} {{trigger_event.id}}\n' };
    const text = `trigger:
  - { event: visit, when: event.n == 1, as: first }
  - { event: visit, when: event.n == 2, as: second }
entry: { while_inside: update }
steps: [ wait: 1 day, send: hello ]`;
    const events = [
      on('11-21 10:00', 'visit', { n: 1 }, { id: 'e1' }),
      on('11-21 11:00', 'visit', { n: 2 }, { id: 'e2' }),
    ];
    const files2 = { ...files, 'journeys/events.yaml': 'visit: { n: integer }\n' };
    expect(simulated({ journey: text, files: files2, events }).lines.find(({ kind }) => kind === 'sent')).toMatchObject(
      {
        text: '2 first e1',
      },
    );
  });
});

describe('entering: restart', () => {
  it('ends the old enrolment with its at_end, and begins from the first step with the new start', () => {
    const text = `trigger: { event: visit }
entry: { while_inside: restart }
at_end: [ { emit: purchase, data: { amount: 1 rial } } ]
steps: [ { wait_for: purchase, when: event.amount == toman(7) }, send: hello ]`;
    const events = [on('11-21 10:00', 'visit'), on('11-21 11:00', 'visit')];
    expect(story({ journey: text, events }, 'emitted', 'exited', 'entered')).toEqual([
      '11-21 10:00 entered visit',
      '11-21 11:00 emitted',
      '11-21 11:00 exited restarted',
      '11-21 11:00 entered visit',
    ]);
  });

  it('does not test the last exit', () => {
    const text = `trigger: { event: visit }
entry: { again: after 10 days, while_inside: restart }
steps: [ wait: 2 days ]`;
    const events = ['11-21 10:00', '11-22 10:00', '11-23 10:00'].map((time) => on(time, 'visit'));
    expect(story({ journey: text, events }, 'entered', 'not_entered')).toHaveLength(3);
  });

  it('takes the key into account', () => {
    const text = `about: repair_id
trigger: { event: repair.received }
entry: { while_inside: restart }
steps: [ wait: 2 days ]`;
    const events = [on('11-21 10:00', 'repair.received'), on('11-21 11:00', 'repair.received', { repair_id: 'r2' })];
    expect(story({ journey: text, events }, 'exited').map((line) => line.slice(6))).toEqual([
      '10:00 exited completed',
      '11:00 exited completed',
    ]);
  });
});
