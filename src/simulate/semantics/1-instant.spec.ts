import { c1, on, simulated, story } from '../../../test/given/simulation.js';

const emits = {
  'journeys/events.yaml': 'visit: {}\nping: { n: integer }\npong: {}\ntold: { by?: text }\n',
};

describe('order: one instant', () => {
  it('has credit run out first, then events, timers, and starts of schedules by journey and customer', () => {
    const journeys = {
      a: 'trigger: { every: day, at: "12:00", audience: everyone }\nsteps: [ stop: started ]',
      b: 'trigger: { event: visit }\nsteps: [ { grant: 1000 rial, expires: 2 hours }, { wait: 2 hours }, { stop: "credit {{trigger.n}}" } ]',
      c: 'trigger: { event: purchase }\nsteps: [ stop: bought ]',
    };
    const customers = [c1, { ...c1, id: 'c2' }];
    const events = [
      on('11-21 10:00', 'visit', {}, { subject: 'c2' }),
      on('11-21 10:00', 'visit'),
      on('11-21 12:00', 'purchase', { amount: 1 }, { subject: 'c2' }),
    ];
    const told = story({ journeys, customers, events, until: '11-21 23:00' }, 'credit_expired', 'entered', 'resumed');
    expect(told.filter((line) => line.startsWith('11-21 12:00'))).toEqual([
      '11-21 12:00 c1 b credit_expired',
      '11-21 12:00 c2 b credit_expired',
      '11-21 12:00 c2 c entered purchase',
      '11-21 12:00 c1 b resumed time',
      '11-21 12:00 c2 b resumed time',
      '11-21 12:00 c1 a entered every',
      '11-21 12:00 c2 a entered every',
    ]);
  });

  it('goes through the starts of a journey by customer, whatever their triggers', () => {
    const journey = `trigger:
  - { every: day, at: "12:00", when: customer.id != "c2", audience: everyone }
  - { anniversary: customer.birth_date, calendar: jalali, at: "12:00" }
steps: [ stop: done ]`;
    const customers = ['c3', 'c2', 'c1'].map((id) => ({
      ...c1,
      id,
      birth_date: id === 'c2' ? '1370-08-30' : '1370-01-01',
    }));
    expect(story({ journey, customers, from: '11-21 10:00', until: '11-21 13:00' }, 'entered')).toEqual([
      '11-21 12:00 c1 entered every',
      '11-21 12:00 c2 entered anniversary',
      '11-21 12:00 c3 entered every',
    ]);
  });
});

describe('order: emit', () => {
  it('comes back right after the present decision, of this customer or another', () => {
    const journeys = {
      a: 'trigger: { event: visit }\nsteps: [ { emit: ping, data: { n: 1 } }, { emit: told, subject: c2 } ]',
      b: 'trigger: { event: ping }\nsteps: [ emit: pong ]',
      c: 'trigger: [ { event: pong }, { event: told } ]\nsteps: [ stop: heard ]',
      d: 'trigger: { event: visit }\nsteps: [ stop: seen ]',
    };
    const { lines } = simulated({ journeys, files: emits, events: [on('11-21 10:00', 'visit')] });
    const entries = lines.filter(({ kind }) => kind === 'entered');
    expect(entries.map((line) => `${line.customer} ${line.journey} ${String(line['started_by'])}`)).toEqual([
      'c1 a visit',
      'c1 d visit',
      'c1 b ping',
      'c1 c pong',
      'c2 c told',
    ]);
    expect(lines.filter(({ kind }) => kind === 'emitted').map((line) => line['to_customer'])).toEqual([
      undefined,
      'c2',
      undefined,
    ]);
  });

  it('is decided before it is heard what became of messages, whoever sent them', () => {
    const arms = '{ event: message.delivered, then: [ stop: delivered ] }, { event: ping, then: [ stop: pinged ] }';
    const journeys = {
      a: `trigger: { event: visit }\nsteps: [ { send: hello }, { emit: ping, data: { n: 1 } }, { wait_for: [ ${arms} ], at_most: 1 day } ]`,
      b: 'trigger: { event: visit }\nsteps: [ { emit: told }, { wait_for: pong } ]',
      c: 'trigger: { event: message.delivered }\nsteps: [ emit: pong ]',
    };
    const { lines } = simulated({ journeys, files: emits, events: [on('11-21 10:00', 'visit')] });
    expect(
      lines.filter(({ kind }) => kind === 'exited').map((line) => `${line.journey} ${String(line['reason'])}`),
    ).toEqual(['a pinged', 'c completed', 'b completed']);
  });

  it('is cut where the chain is longer than 8, and says so', () => {
    const journeys = {
      a: 'trigger: { event: visit }\nsteps: [ { emit: ping, data: { n: 1 } } ]',
      b: 'trigger: { event: ping }\nsteps: [ { emit: ping, id: again, data: { n: "=trigger.n + 1" } } ]',
    };
    const { lines, warned } = simulated({ journeys, files: emits, events: [on('11-21 10:00', 'visit')] });
    expect(lines.filter(({ kind, journey }) => kind === 'entered' && journey === 'b')).toHaveLength(8);
    expect(lines.filter(({ kind }) => kind === 'emitted').at(-1)).toMatchObject({ data: { n: 9 } });
    expect(warned).toHaveLength(1);
    expect(warned[0]).toMatch(/^a chain of more than 8 emits is cut: "ping" \(b\/.*\/again\/.*\) is not decided$/);
  });

  it('does not run on for ever over receipts', () => {
    const journey = 'trigger: [ { event: visit }, { event: message.delivered } ]\nsteps: [ send: hello ]';
    const { lines, warned } = simulated({ journey, events: [on('11-21 10:00', 'visit')] });
    expect(lines.filter(({ kind }) => kind === 'sent').length).toBeLessThan(200);
    expect(warned).toEqual(['what follows at once from one event does not end; "message.delivered" of c1 is left out']);
  });
});
