import { on, simulated, story } from '../../../test/given/simulation.js';

const entries = ['entered', 'not_entered'];
const visit = (time: string, subject = 'c1', data: object = {}) => on(time, 'visit', data, { subject });
const journey = (limits: string, steps = 'send: hello', top = '') =>
  `limits: ${limits}\n${top}trigger: { event: visit }\nsteps: [ ${steps} ]`;

describe('entering: limits', () => {
  it('let in as many as they say in (now − per, now], over all customers', () => {
    const events = [
      visit('11-21 10:00', 'a'),
      visit('11-21 11:00', 'b'),
      visit('11-21 12:00', 'c'),
      visit('11-22 09:59:59', 'd'),
      visit('11-22 10:00', 'e'),
      visit('11-22 10:30', 'f'),
    ];
    expect(story({ journey: journey('{ entries: 2 per 1 day }'), customers: [], events }, ...entries)).toEqual([
      '11-21 10:00 a entered visit',
      '11-21 11:00 b entered visit',
      '11-21 12:00 c not_entered limit',
      '11-22 09:59:59 d not_entered limit',
      '11-22 10:00 e entered visit',
      '11-22 10:30 f not_entered limit',
    ]);
  });

  it('without per are over its life', () => {
    const events = [visit('11-01 10:00', 'a'), visit('11-21 11:00', 'b'), visit('12-21 12:00', 'c')];
    expect(story({ journey: journey('{ entries: 2 }'), customers: [], events }, ...entries)).toEqual([
      '11-01 10:00 a entered visit',
      '11-21 11:00 b entered visit',
      '12-21 12:00 c not_entered limit',
    ]);
  });

  it('count credit that was granted, in the time that they name', () => {
    const given = { journey: journey('{ credit: 30 toman per 1 day }', 'grant: 15 toman'), customers: [] };
    const events = [
      visit('11-21 10:00', 'a'),
      visit('11-21 11:00', 'b'),
      visit('11-21 12:00', 'c'),
      visit('11-22 10:00', 'd'),
    ];
    expect(story({ ...given, events }, ...entries)).toEqual([
      '11-21 10:00 a entered visit',
      '11-21 11:00 b entered visit',
      '11-21 12:00 c not_entered limit',
      '11-22 10:00 d entered visit',
    ]);
  });

  it('are of the journey alone', () => {
    const journeys = {
      a: 'trigger: { event: visit }\nsteps: [ grant: 100 toman ]',
      b: 'limits: { entries: 2, credit: 50 toman }\ntrigger: { event: visit }\nsteps: [ send: hello ]',
    };
    expect(story({ journeys, events: [visit('11-21 10:00'), visit('11-21 11:00')] }, 'not_entered')).toEqual([]);
  });

  it('are tested last, and not for a restart', () => {
    const inside = journey('{ entries: 1 }', 'wait: 1 day', 'entry: { again: never }\n');
    const events = [visit('11-21 10:00'), visit('11-21 11:00'), visit('11-23 10:00'), visit('11-23 11:00', 'c2')];
    expect(story({ journey: inside, events }, ...entries)).toEqual([
      '11-21 10:00 c1 entered visit',
      '11-21 11:00 c1 not_entered already_active',
      '11-23 10:00 c1 not_entered re_entry',
      '11-23 11:00 c2 not_entered limit',
    ]);
    const restarts = journey('{ entries: 1 }', 'wait: 1 day', 'entry: { while_inside: restart }\n');
    expect(story({ journey: restarts, events: events.slice(0, 2) }, 'exited', ...entries)).toEqual([
      '11-21 10:00 entered visit',
      '11-21 11:00 exited restarted',
      '11-21 11:00 entered visit',
      '11-22 11:00 exited completed',
    ]);
  });
});

describe('entering: runs', () => {
  const runs = (times: string, top = '') =>
    `runs: ${times}\n${top}trigger: { event: visit, when: event.n != 9 }\nsteps: [ wait: 3 days ]`;

  it('starts people from its first instant to its last', () => {
    const told = (times: string, ...at: readonly string[]) =>
      story(
        { journey: runs(times), events: at.map((time) => visit(time, time, { n: 1 })), customers: [] },
        ...entries,
      ).map((line) => line.replace(/^(.*) entered visit$/, 'in').replace(/^(.*) not_entered not_running$/, 'out'));
    const both = '{ from: "2026-11-21T10:00:00+03:30", to: "2026-11-22T10:00:00+03:30" }';
    expect(told(both, '11-21 09:59:59', '11-21 10:00', '11-22 10:00', '11-22 10:00:01')).toEqual([
      'out',
      'in',
      'in',
      'out',
    ]);
    expect(told('{ from: 2026-11-21 }', '11-20 23:59:59', '11-21 00:00', '12-21 10:00')).toEqual(['out', 'in', 'in']);
    expect(told('{ to: 1405-08-30 }', '11-20 10:00', '11-21 00:00', '11-21 00:00:01')).toEqual(['in', 'in', 'out']);
  });

  it('is tested after the condition, before already_active', () => {
    const events = [
      visit('11-21 10:00', 'c1', { n: 1 }),
      visit('11-22 10:00', 'c1', { n: 1 }),
      visit('11-22 10:00', 'c1', { n: 9 }),
    ];
    expect(story({ journey: runs('{ to: "2026-11-21T10:00:00+03:30" }'), events }, ...entries)).toEqual([
      '11-21 10:00 entered visit',
      '11-22 10:00 not_entered not_running',
      '11-22 10:00 not_entered condition_false',
    ]);
  });

  it('lets those inside go on', () => {
    const given = {
      journey: runs('{ to: "2026-11-21T10:00:00+03:30" }'),
      events: [visit('11-21 10:00', 'c1', { n: 1 })],
    };
    expect(story(given, 'exited')).toEqual(['11-24 10:00 exited completed']);
  });
});

describe('entering: an audience', () => {
  const files = { 'journeys/audiences.yaml': 'named: known(customer.name)\nbuyers: count("purchase") > 0\n' };
  const told = (trigger: string, ...events: readonly ReturnType<typeof on>[]) =>
    story({ journey: `trigger: { event: visit, ${trigger} }\nsteps: [ stop: done ]`, files, events }, ...entries);

  it('lets in who is in it at the instant of the decision', () => {
    const buys = on('11-21 10:00', 'purchase', { amount: 1 });
    expect(told('audience: buyers', visit('11-21 09:00'), buys, visit('11-21 10:00'))).toEqual([
      '11-21 09:00 not_entered not_in_audience',
      '11-21 10:00 entered visit',
    ]);
    expect(told('audience: everyone', visit('11-21 09:00', 'c7'))).toEqual(['11-21 09:00 entered visit']);
  });

  it('is tested after the condition', () => {
    expect(
      told('audience: buyers, when: event.n == 1', visit('11-21 09:00'), visit('11-21 09:00', 'c1', { n: 1 })),
    ).toEqual(['11-21 09:00 not_entered condition_false', '11-21 09:00 not_entered not_in_audience']);
  });

  it('is tested before runs', () => {
    const journey = 'runs: { to: 2026-01-01 }\ntrigger: { event: visit, audience: buyers }\nsteps: [ stop: done ]';
    expect(simulated({ journey, files, events: [visit('11-21 09:00')] }).lines[0]).toMatchObject({
      reason: 'not_in_audience',
    });
  });
});
