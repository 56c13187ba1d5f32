import { c1, on, simulated } from '../../test/given/simulation.js';

const files = { 'journeys/scores.yaml': 'money: sum("purchase", "amount", "30 days")\n' };
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
const asking = (score: string) =>
  `trigger: { event: visit }\nsteps: [ stop: "=string(default(quintile(\\"${score}\\"), 0))" ]`;
const buys = (subject: string, amount: number, time = '11-20 10:00') => on(time, 'purchase', { amount }, { subject });
const visits = (time: string, ...subjects: readonly string[]) =>
  subjects.map((subject) => on(time, 'visit', {}, { subject }));

function places(events: readonly ReturnType<typeof on>[]): string {
  const everybody = ids.map((id) => ({ ...c1, id }));
  const { lines } = simulated({ journey: asking('money'), files, customers: everybody, events });
  return lines.flatMap((line) => (line.kind === 'exited' ? [line['reason']] : [])).join(' ');
}

describe('a quintile', () => {
  it('ranks 1 to 5 among all customers, those of one value by id', () => {
    const spent = ids.map((id, index) => buys(id, 10 - Math.floor(index / 2) * 2));
    expect(places([...spent, ...visits('11-21 10:00', ...ids)])).toBe('5 5 4 4 3 3 2 2 1 1');
    expect(places(visits('11-21 10:00', ...ids))).toBe('1 1 2 2 3 3 4 4 5 5');
  });

  it('is that of the very instant: what was decided at it before counts, what has left the window does not', () => {
    const events = [
      ...ids.map((id, index) => buys(id, index + 1)),
      ...visits('11-21 10:00', 'a', 'j'),
      buys('a', 100, '11-21 10:00'),
      ...visits('11-21 10:00', 'a', 'j', 'b'),
      ...visits('12-20 10:00', 'a', 'j', 'i'),
    ];
    expect(places(events)).toBe('1 5 5 5 1 5 5 4');
  });

  it('counts people who are new, and not those of whom the score is unknown', () => {
    const customers = [1, 2, 3, 4, undefined].map((years, index) => ({ ...c1, id: ids[index], years }));
    const declared = { 'journeys/customers.yaml': 'years: integer\n' };
    const events = visits('11-21 10:00', ...ids.slice(0, 5));
    const joined = [
      on('11-22 10:00', 'customer.updated', { years: 9 }, { subject: 'new' }),
      ...visits('11-22 11:00', 'd', 'new'),
    ];
    const { lines } = simulated({
      journey: asking('age'),
      files: { ...files, ...declared, 'journeys/scores.yaml': 'age: customer.years\n' },
      customers,
      events: [...events, ...joined],
    });
    const told = lines.flatMap((line) => (line.kind === 'exited' ? [line['reason']] : []));
    expect(told).toEqual(['1', '2', '3', '4', '0', '4', '5']);
  });
});
