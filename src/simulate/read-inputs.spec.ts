import { workspaceOf } from '../../test/given/simulation.js';
import { readCustomers, readEvents } from './read-inputs.js';

const workspace = workspaceOf({ journey: 'trigger: { event: visit }\nsteps: [ send: hello ]' });
const lines = (...items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).join('\n');

describe('events from a file', () => {
  it('have their arrival, their own time and what was left out', () => {
    const { accepted, refused } = readEvents(
      lines(
        { type: 'visit', subject: 'c1', time: '2026-11-21T10:00:00+03:30' },
        {
          type: 'visit',
          subject: 'c1',
          time: '2026-11-21T10:00:00+03:30',
          arrives_at: '2026-11-22T10:00:00Z',
          id: 'x',
          source: '/shop',
        },
      ),
      workspace,
    );
    const time = Date.parse('2026-11-21T06:30:00Z');
    expect(refused).toEqual([]);
    expect(accepted).toEqual([
      { id: 'line-1', source: '/simulation', type: 'visit', customer: 'c1', time, arrival: time, data: {} },
      {
        id: 'x',
        source: '/shop',
        type: 'visit',
        customer: 'c1',
        time,
        arrival: Date.parse('2026-11-22T10:00:00Z'),
        data: {},
      },
    ]);
  });

  it('may be what came back from a provider, which no business may send', () => {
    const data = { message_id: 'm1', journey: 'a', template: 'hello', channel: 'sms' };
    const clicked = { type: 'message.clicked', subject: 'c1', time: '2026-11-21T10:00:00+03:30', data };
    expect(readEvents(lines(clicked), workspace).accepted.map(({ type }) => type)).toEqual(['message.clicked']);
  });

  it('are told of with the number of their line, blank lines counted, Windows line ends taken', () => {
    const event = lines({ type: 'visit', subject: 'c1', time: '2026-11-21T10:00:00+03:30' });
    const { accepted, refused } = readEvents(`${event}\r\n\r\n{"type":\n${event}\n`, workspace);
    expect(accepted.map(({ id }) => id)).toEqual(['line-1', 'line-4']);
    expect(refused.map(({ line, place }) => [line, place])).toEqual([[3, 'line']]);
  });

  it('are told everything that is wrong with a line', () => {
    const { refused } = readEvents(lines({ type: 'purchase', data: { amount: 'x' } }), workspace);
    expect(refused.map(({ line, place }) => `${String(line)} ${place}`)).toEqual(['1 subject', '1 data.amount']);
  });
});

describe('customers from a file', () => {
  it('have attributes in their normal form, and consent apart', () => {
    const { accepted } = readCustomers(
      lines({ id: 'c1', phone: '0912 123 4567', name: 'Sara', email: null, consent: { service: false } }),
      workspace,
    );
    expect(accepted).toEqual([
      { id: 'c1', attributes: { phone: '+989121234567', name: 'Sara' }, consent: { service: false }, closed: {} },
    ]);
  });

  it('are changed by events whose slips of the pen are told of by line', () => {
    const updated = { type: 'customer.updated', subject: 'c1', time: '2026-11-21T10:00:00Z' };
    const { accepted, warnings } = readEvents(
      lines(
        { ...updated, data: { name: 'Sara' } },
        { ...updated, data: { phne: '0912', consent: { markting: true } } },
      ),
      workspace,
    );
    expect(accepted).toHaveLength(2);
    expect(warnings).toEqual([
      { line: 2, message: 'unknown attribute "phne"; did you mean phone?' },
      { line: 2, message: expect.stringContaining('consent to unknown purpose "markting"') as string },
    ]);
  });

  it('are taken with attributes that nobody declared, and a warning', () => {
    const { accepted, refused, warnings } = readCustomers(lines({ id: 'c1' }, { id: 'c2', phne: '0912' }), workspace);
    expect(accepted.map(({ id }) => id)).toEqual(['c1', 'c2']);
    expect(refused).toEqual([]);
    expect(warnings).toEqual([{ line: 2, message: 'unknown attribute "phne"; did you mean phone?' }]);
  });

  it('are refused with line and place', () => {
    const { accepted, refused } = readCustomers(
      lines({ name: 'Sara' }, { id: 'c2', phone: '12' }, { id: 'c3' }),
      workspace,
    );
    expect(accepted.map(({ id }) => id)).toEqual(['c3']);
    expect(refused.map(({ line, place }) => [line, place])).toEqual([
      [1, 'id'],
      [2, 'phone'],
    ]);
  });
});
