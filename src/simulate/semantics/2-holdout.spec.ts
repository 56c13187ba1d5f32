import { fraction, sorted } from '../../../test/given/fraction.js';
import { on, simulated, story, tehran } from '../../../test/given/simulation.js';

const { below, above } = sorted(12, 0.5, (id) => `test/holdout/${id}`);
const [kept = '', also = ''] = below;
const [free = ''] = above;
const people = (...ids: readonly string[]) => ids.map((id) => ({ id, phone: '09121234567' }));
const visit = (time: string, subject: string, data: object = {}, more: object = {}) =>
  on(time, 'visit', data, { subject, ...more });
const buys = (time: string, subject: string) => on(time, 'purchase', { amount: 70 }, { subject });
const journey = (top = '', steps = 'send: hello') =>
  `holdout: 50%\n${top}trigger: { event: visit }\nsteps: [ ${steps} ]`;

describe('entering: the control group', () => {
  it('is whoever the fraction of journey and customer puts below the share', () => {
    const ids = [...below, ...above];
    const { lines } = simulated({
      journey: journey(),
      customers: people(...ids),
      events: ids.map((id) => visit('11-21 10:00', id)),
    });
    expect(lines.filter(({ reason }) => reason === 'holdout').map(({ customer }) => customer)).toEqual(below);
    expect(lines.filter(({ kind }) => kind === 'entered').map(({ customer }) => customer)).toEqual(above);
  });

  it('gets nothing: neither steps nor at_end', () => {
    const given = { journey: journey('at_end: [ { set: { locale: fa } } ]\n'), customers: people(kept) };
    expect(story({ ...given, events: [visit('11-21 10:00', kept)] })).toEqual(['11-21 10:00 not_entered holdout']);
  });

  it('has entered, and ended at once, where again asks', () => {
    const events = [visit('11-21 10:00', kept), visit('11-22 09:59', kept), visit('11-22 10:00', kept)];
    const told = (again: string) =>
      story({ journey: journey(`entry: { again: ${again} }\n`), customers: people(kept), events });
    expect(told('after 1 day')).toEqual([
      '11-21 10:00 not_entered holdout',
      '11-22 09:59 not_entered re_entry',
      '11-22 10:00 not_entered holdout',
    ]);
    expect(told('never').slice(1)).toEqual(['11-22 09:59 not_entered re_entry', '11-22 10:00 not_entered re_entry']);
  });

  it('has its goal watched, within its time, once, and says that it is the control group', () => {
    const goal = 'goal: { event: purchase, value: event.amount, within: 2 days }\n';
    const given = { journey: journey(goal), customers: people(kept) };
    const { lines } = simulated({
      ...given,
      events: [visit('11-21 10:00', kept), buys('11-23 10:00', kept), buys('11-23 10:00', kept)],
    });
    expect(lines.slice(1)).toEqual([
      { at: '2026-11-23T06:30:00.000Z', kind: 'goal', customer: kept, journey: 'test', value: 70, holdout: true },
    ]);
    expect(story({ ...given, events: [visit('11-21 10:00', kept), buys('11-23 10:00:01', kept)] }, 'goal')).toEqual([]);
  });

  it('is no word at the goal of those who entered', () => {
    const { lines } = simulated({
      journey: journey('goal: { event: purchase }\n', 'wait: 1 day'),
      customers: people(free),
      events: [visit('11-21 10:00', free), buys('11-21 11:00', free)],
    });
    expect(lines.find(({ kind }) => kind === 'goal')).not.toHaveProperty('holdout');
  });

  it('has a goal that overtook the start counted as well', () => {
    const tied = `holdout: 99%
about: repair_id
trigger: { event: repair.received }
goal: { event: repair.delivered }
steps: [ send: hello ]`;
    const late = on('11-21 10:00', 'repair.received', {}, { subject: kept, arrives_at: tehran('11-21 12:00') });
    const told = story({
      journey: tied,
      customers: people(kept),
      events: [on('11-21 11:00', 'repair.delivered', {}, { subject: kept }), late],
    });
    expect(fraction(`test/holdout/${kept}`)).toBeLessThan(0.99);
    expect(told).toEqual(['11-21 12:00 not_entered holdout', '11-21 12:00 goal']);
  });

  it('is tested after re_entry, before limits', () => {
    const limited = journey('limits: { entries: 1 per 1 day }\n');
    const given = { journey: limited, customers: people(kept, also, free) };
    const told = story(
      { ...given, events: [visit('11-21 10:00', free), visit('11-21 11:00', kept), visit('11-21 12:00', also)] },
      'entered',
      'not_entered',
    );
    expect(told.map((line) => line.split(' ').at(-1))).toEqual(['visit', 'holdout', 'holdout']);
  });

  it('does not count as an entry', () => {
    const limited = journey('limits: { entries: 1 per 1 day }\n');
    const given = { journey: limited, customers: people(kept, free) };
    const told = story(
      { ...given, events: [visit('11-21 10:00', kept), visit('11-21 11:00', free)] },
      'entered',
      'not_entered',
    );
    expect(told).toEqual([`11-21 10:00 ${kept} not_entered holdout`, `11-21 11:00 ${free} entered visit`]);
  });
});
