import { on, story } from '../../../test/given/simulation.js';

const head = 'about: repair_id\ntrigger: { event: repair.received }\n';
const received = on('11-21 10:00', 'repair.received');
const journey = (...steps: readonly string[]) => `${head}steps:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
const happens = (steps: readonly string[], ...events: readonly ReturnType<typeof on>[]) =>
  story({ journey: journey(...steps), events: [received, ...events] }).slice(1);
const ready = (time: string, more: object = {}) => on(time, 'repair.ready', {}, more);

describe('waits: an arm that stays', () => {
  const stay = (then: string, others = '{ event: repair.ready, then: [ stop: ready ] }', more = '') =>
    `{ wait_for: [ { event: repair.sent_to_workshop, stay: true, then: [ ${then} ] }, ${others} ]${more} }`;
  const sent = (time: string) => on(time, 'repair.sent_to_workshop');

  it('reacts to each event once, and the wait goes on', () => {
    expect(happens([stay('send: hello')], sent('11-21 11:00'), sent('11-21 12:00'), ready('11-21 13:00'))).toEqual([
      '11-21 10:00 waiting repair.sent_to_workshop,repair.ready',
      '11-21 11:00 resumed event repair.sent_to_workshop',
      '11-21 11:00 sent hello',
      '11-21 11:00 waiting repair.sent_to_workshop,repair.ready',
      '11-21 12:00 resumed event repair.sent_to_workshop',
      '11-21 12:00 sent hello',
      '11-21 12:00 waiting repair.sent_to_workshop,repair.ready',
      '11-21 13:00 resumed event repair.ready',
      '11-21 13:00 exited ready',
    ]);
  });

  it('reacts to each of several earlier events, in time order with what leaves', () => {
    const told = happens(
      ['wait: 1 day', stay('send: hello')],
      sent('11-21 11:00'),
      sent('11-21 12:00'),
      ready('11-21 13:00'),
      sent('11-21 14:00'),
    );
    expect(told.filter((line) => /sent|exited/.test(line)).map((line) => line.slice(12))).toEqual([
      'resumed event repair.sent_to_workshop',
      'sent hello',
      'resumed event repair.sent_to_workshop',
      'sent hello',
      'exited ready',
    ]);
  });

  it('leaves the first clock of the wait as it was', () => {
    expect(
      happens(
        [stay('send: hello', '{ event: repair.ready }', ', at_most: 1 day, else: [ stop: late ]')],
        sent('11-21 20:00'),
      ).slice(-3),
    ).toEqual([
      '11-21 20:00 waiting repair.sent_to_workshop,repair.ready until 11-22 10:00',
      '11-22 10:00 resumed timeout',
      '11-22 10:00 exited late',
    ]);
  });

  it('lets what came meanwhile be taken when it is back', () => {
    expect(happens([stay('wait: 2 hours')], sent('11-21 11:00'), ready('11-21 12:00')).slice(2)).toEqual([
      '11-21 11:00 waiting until 11-21 13:00',
      '11-21 13:00 resumed time',
      '11-21 13:00 resumed event repair.ready',
      '11-21 13:00 exited ready',
    ]);
  });

  it('lets what came and fell due meanwhile be taken in time order', () => {
    const others = '{ after: 2 hours, then: [ send: bye ] }, { event: repair.ready, then: [ stop: ready ] }';
    const wait = stay('wait: 4 hours', others);
    expect(happens([wait], sent('11-21 11:00'), ready('11-21 12:30')).slice(3)).toEqual([
      '11-21 15:00 resumed time',
      '11-21 15:00 resumed time',
      '11-21 15:00 sent bye',
      '11-21 15:00 resumed event repair.ready',
      '11-21 15:00 exited ready',
    ]);
    expect(happens([wait], sent('11-21 11:00'), ready('11-21 11:30')).slice(4)).toEqual([
      '11-21 15:00 resumed event repair.ready',
      '11-21 15:00 exited ready',
    ]);
  });

  it('lets a limit that passed meanwhile win over what came after it', () => {
    const wait = stay(
      'wait: 4 hours',
      '{ event: repair.ready, then: [ stop: ready ] }',
      ', at_most: 2 hours, else: [ stop: late ]',
    );
    expect(happens([wait], sent('11-21 11:00'), ready('11-21 12:30')).at(-1)).toBe('11-21 15:00 exited late');
    expect(happens([wait], sent('11-21 11:00'), ready('11-21 11:30')).at(-1)).toBe('11-21 15:00 exited ready');
  });

  it('has the condition of a clock tested when that falls due, although it is taken later', () => {
    const others = '{ after: 2 hours, when: customer.name == "Nika", then: [ send: bye ] }, { event: repair.ready }';
    const named = (time: string, name: string) => on(time, 'customer.updated', { name });
    const told = (...events: readonly ReturnType<typeof on>[]) =>
      happens([stay('wait: 4 hours', others)], sent('11-21 11:00'), ...events).filter((line) =>
        line.includes('sent bye'),
      );
    expect(told(named('11-21 11:30', 'Nika'), named('11-21 13:00', 'Sara'))).toEqual(['11-21 15:00 sent bye']);
    expect(told(named('11-21 13:00', 'Nika'))).toEqual([]);
  });

  it('has the condition of an event tested when that arrives, although it is taken later', () => {
    const others = '{ event: repair.ready, when: customer.name == "Nika", then: [ stop: ready ] }';
    const named = (time: string, name: string) => on(time, 'customer.updated', { name });
    const told = (...events: readonly ReturnType<typeof on>[]) =>
      happens([stay('wait: 4 hours', others)], sent('11-21 11:00'), ...events).filter((line) =>
        line.includes('exited'),
      );
    expect(told(named('11-21 11:30', 'Nika'), ready('11-21 12:00'), named('11-21 13:00', 'Sara'))).toEqual([
      '11-21 15:00 exited ready',
    ]);
    expect(told(ready('11-21 12:00'), named('11-21 13:00', 'Nika'))).toEqual([]);
  });

  it('lets an event that a wait inside took be taken by its own wait as well', () => {
    const told = happens([stay('wait_for: repair.ready')], sent('11-21 11:00'), ready('11-21 12:00'));
    expect(told.slice(-3)).toEqual([
      '11-21 12:00 resumed event repair.ready',
      '11-21 12:00 resumed event repair.ready',
      '11-21 12:00 exited ready',
    ]);
  });

  it('has a wait inside count what came after the last wait had ended, while its own wait went on', () => {
    const wait = 'wait_for: [ { after: 1 day, then: [ wait_for: visit, send: hello ] }, { event: repair.ready } ]';
    expect(happens([wait], on('11-21 12:00', 'visit')).slice(1, 3)).toEqual([
      '11-22 10:00 resumed time',
      '11-22 10:00 resumed event visit',
    ]);
    expect(
      happens(
        ['wait_for: purchase', wait],
        on('11-21 12:00', 'visit'),
        on('11-21 13:00', 'purchase', { amount: 1 }),
      ).at(-1),
    ).toBe('11-22 13:00 waiting visit');
  });

  it('may have waits that stay inside it', () => {
    const inner = '{ wait_for: [ { event: visit, stay: true, then: [ send: hello ] }, { event: purchase } ] }';
    const told = happens(
      [stay(inner)],
      sent('11-21 11:00'),
      on('11-21 12:00', 'visit'),
      ready('11-21 13:00'),
      on('11-21 14:00', 'purchase', { amount: 1 }),
    );
    expect(told.slice(1)).toEqual([
      '11-21 11:00 resumed event repair.sent_to_workshop',
      '11-21 11:00 waiting visit,purchase',
      '11-21 12:00 resumed event visit',
      '11-21 12:00 sent hello',
      '11-21 12:00 waiting visit,purchase',
      '11-21 14:00 resumed event purchase',
      '11-21 14:00 resumed event repair.ready',
      '11-21 14:00 exited ready',
    ]);
  });

  it('is taken with a clock of the same instant without resting between', () => {
    const others = '{ after: 3 hours, then: [ send: bye ] }, { event: repair.ready }';
    expect(happens([stay('wait: 2 hours', others)], sent('11-21 11:00')).slice(3, 6)).toEqual([
      '11-21 13:00 resumed time',
      '11-21 13:00 resumed time',
      '11-21 13:00 sent bye',
    ]);
  });
});
