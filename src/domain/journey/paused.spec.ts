import { KeptCustomer } from '../../../test/given/desk.js';
import { givenWorkspace } from '../../../test/given/workspace.js';
import { printProblem } from '../problem.js';
import type { Workspace } from '../workspace.js';

/** Its exit, a wait with a limit, and a message on either way. */
function repairs(entry = ''): Workspace {
  const { workspace, problems } = givenWorkspace({
    'journeys/repairs.yaml': `journey: repairs
purpose: service
about: repair_id
trigger: { event: repair.received, max_age: 1 hour }
${entry}exit: { event: repair.cancelled }
steps:
  - wait_for: repair.ready
    at_most: 2 hours
    else:
      - send: bye
      - stop: true
  - send: hello
`,
  });
  if (workspace === undefined) throw new Error(problems.map(printProblem).join('\n'));
  return workspace;
}

const received = (at: number, id = '1', time = at) => ({
  type: 'repair.received',
  at,
  time,
  data: { repair_id: id, device: `d${String(at)}` },
});
const about = (type: string, at: number) => ({ type, at, data: { repair_id: '1' } });
const told = ({ trace }: KeptCustomer): string[] =>
  trace.map((line) => ('reason' in line ? `${line.kind} ${line.reason}` : line.kind));

describe('while a journey is paused', () => {
  it('nobody starts, and the reason comes after those of the event and before those of the person', () => {
    const customer = new KeptCustomer(repairs());
    customer.take(received(0));
    customer.pause('repairs');
    customer.take(received(200, '2', 0));
    customer.take(received(201, '2'));
    customer.take(received(202, '1'));
    customer.pause('another');
    customer.take(received(203, '3'));
    expect(told(customer).slice(2)).toEqual([
      'not_entered stale_event',
      'not_entered paused',
      'not_entered paused',
      'resumed',
      'sent',
      'exited true',
      'entered',
      'waiting',
    ]);
  });

  it('its timers are held, also when an event comes after them, and fall due when it goes on', () => {
    const customer = new KeptCustomer(repairs());
    customer.take(received(0));
    customer.pause('repairs');
    expect(customer.nextWake).toBeUndefined();
    customer.take({ type: 'visit', at: 500 });
    expect(told(customer)).toEqual(['entered', 'waiting']);
    customer.pause();
    customer.take({ type: 'visit', at: 600 });
    expect(told(customer)).toEqual(['entered', 'waiting', 'resumed', 'sent', 'exited true']);
  });

  it('exits and waits for events go on', () => {
    const resumed = new KeptCustomer(repairs());
    const cancelled = new KeptCustomer(repairs());
    for (const customer of [resumed, cancelled]) {
      customer.take(received(0));
      customer.pause('repairs');
    }
    resumed.take(about('repair.ready', 10));
    cancelled.take(about('repair.cancelled', 10));
    expect(told(resumed).slice(2)).toEqual(['resumed', 'sent', 'exited completed']);
    expect(told(cancelled).slice(2)).toEqual(['exited exit_rule']);
  });

  it('a start that would begin anew for someone inside leaves the old one alone; one that updates them does', () => {
    const restarting = new KeptCustomer(repairs('entry: { while_inside: restart }\n'));
    const updating = new KeptCustomer(repairs('entry: { while_inside: update }\n'));
    for (const customer of [restarting, updating]) {
      customer.take(received(0));
      customer.pause('repairs');
      customer.take(received(10));
      expect(told(customer)).toEqual(['entered', 'waiting', 'not_entered paused']);
    }
    expect(restarting.live).toMatchObject([{ state: { trigger: { device: 'd0' } } }]);
    expect(updating.live).toMatchObject([{ state: { trigger: { device: 'd10' } } }]);
  });
});
