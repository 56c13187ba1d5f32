import { KeptCustomer, minute } from '../../../test/given/desk.js';
import { on, story, workspaceOf } from '../../../test/given/simulation.js';

describe('order: timers', () => {
  it('of one instant set by one event go first for those who were inside, then for those it let in', () => {
    const journeys = {
      a: 'trigger: { event: purchase }\nsteps: [ { wait: 1 hour }, { send: hello } ]',
      z: 'trigger: { event: visit }\nsteps: [ { wait_for: purchase }, { wait: 1 hour }, { send: bye } ]',
    };
    const events = [on('11-21 10:00', 'visit'), on('11-21 11:00', 'purchase', { amount: 1 })];
    expect(story({ journeys, events }, 'sent')).toEqual(['11-21 12:00 z sent bye', '11-21 12:00 a sent hello']);
  });

  it('of one instant go in the order set, whichever they are', () => {
    const journeys = {
      a: 'trigger: { event: purchase }\nsteps: [ { ask: third, answers: text, within: 1 hour }, { send: hello } ]',
      b: 'lasts_at_most: 3 hours\ntrigger: { event: visit }\nsteps: [ { wait: 9 days } ]',
      c: 'trigger: { event: ticket.closed }\nsteps: [ { wait_for: [ { after: 2 hours, then: [ { send: bye } ] }, { event: visit } ] } ]',
    };
    const events = [
      on('11-21 10:00', 'visit'),
      on('11-21 11:00', 'ticket.closed', { number: 'x' }),
      on('11-21 12:00', 'purchase', { amount: 1 }),
    ];
    expect(story({ journeys, events }, 'sent', 'exited').slice(1)).toEqual([
      '11-21 13:00 b exited expired',
      '11-21 13:00 c sent bye',
      '11-21 13:00 a sent hello',
      '11-21 13:00 a exited completed',
    ]);
  });

  it('are decided before an event that arrives after them, not before one of the same instant', () => {
    const journey =
      'exit: { event: purchase }\ntrigger: { event: visit }\nsteps: [ { wait: 60 minutes }, { send: hello }, { wait: 1 day } ]';
    const told = (at: number): readonly string[] => {
      const customer = new KeptCustomer(workspaceOf({ journey }));
      customer.take({ type: 'visit', at: 0 });
      customer.take({ type: 'purchase', at, data: { amount: 1 } });
      return customer.trace.filter(({ kind }) => kind === 'sent').map((line) => String((line.at - minute(0)) / 60_000));
    };
    expect([told(60), told(61)]).toEqual([[], ['60']]);
  });

  it('of a wait around it do not end a question that is open', () => {
    const journey = `trigger: { event: visit }
steps:
  - wait_for:
      - { event: purchase, stay: true, then: [ { ask: hello, answers: text, within: 5 hours } ] }
      - { after: 2 hours, when: 1 == 1, then: [ { send: bye } ] }
      - { event: visit }`;
    const events = [on('11-21 10:00', 'visit'), on('11-21 11:00', 'purchase', { amount: 1 })];
    expect(story({ journey, events }, 'resumed', 'sent')).toEqual([
      '11-21 11:00 resumed event purchase',
      '11-21 11:00 sent hello',
      '11-21 16:00 resumed timeout',
      '11-21 16:00 resumed time',
      '11-21 16:00 sent bye',
    ]);
  });
});
