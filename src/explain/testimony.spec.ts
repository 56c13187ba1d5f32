import { c1, on, tehran, workspaceOf } from '../../test/given/simulation.js';
import type { Trace } from '../domain/journey/decision.js';
import { printTraceJson } from '../simulate/print-trace.js';
import { readCustomers, readEvents } from '../simulate/read-inputs.js';
import { simulate } from '../simulate/simulator.js';
import { Testimony } from './testimony.js';

const journeys = {
  repair: `about: repair_id
trigger: { event: repair.received, when: 'count("repair.received", "30 days") < 5' }
entry: { again: after 1 hour, while_inside: restart }
exit: { event: repair.cancelled }
goal: { event: repair.delivered, value: event.paid }
holdout: 10%
steps:
  - send: both
    fallback_after: 10 minutes
  - wait_for:
      - event: repair.sent_to_workshop
        then: [ send: hello ]
        stay: true
      - after: 1 day
        when: customer.name == "Sara"
        then: [ send: third ]
      - event: repair.estimated
        when: event.cost > toman(100)
        save_as: estimate
    at_most: 5 days
  - choose:
      - when: known(estimate)
        then: [ { grant: 5000 toman, expires: 1 day } ]
  - id: deal
    split:
      - name: a
        weight: 50%
        then: [ send: bye ]
`,
  visits: 'trigger: { event: visit }\nentry: { while_inside: update }\nsteps: [ { wait: 1 day }, { send: hello } ]\n',
};
const files = {
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed, quiet_hours: "22:00-08:00", caps: [3 per 1 day] }
channel_order: [sms, email]
`,
};
const events = ['r1', 'r2', 'r3'].flatMap((repair_id, day) => [
  on(`11-2${String(day)} 10:00`, 'repair.received', { repair_id }),
  on(`11-2${String(day)} 12:00`, 'repair.received', { repair_id }),
  on(`11-2${String(day)} 23:00`, 'repair.sent_to_workshop', { repair_id }),
  on(`11-2${String(day)} 23:10`, 'visit'),
  on(`11-2${String(day + 3)} 09:00`, 'repair.estimated', { repair_id, cost: 5_000 }),
  on(`11-2${String(day + 3)} 10:00`, day === 1 ? 'repair.cancelled' : 'repair.delivered', { repair_id }),
]);

/** The lines of c1, with somebody who listens or with nobody. */
function run(testimony: Testimony | undefined): readonly Trace[] {
  const workspace = workspaceOf({ journeys, files });
  const customer = { ...c1, email: 'sara@example.com' };
  const lines: Trace[] = [];
  simulate({
    workspace,
    customers: readCustomers(JSON.stringify(customer), workspace).accepted,
    events: readEvents(events.map((one) => JSON.stringify(one)).join('\n'), workspace).accepted,
    from: undefined,
    until: Date.parse(tehran('12-31 00:00')),
    channelResults: { sms: 'silent' },
    witness: () => testimony,
    print: (line) => {
      lines.push(line);
      testimony?.print(line);
    },
  });
  return lines;
}

describe('a testimony', () => {
  const testimony = new Testimony({ zone: 'Asia/Tehran', calendar: 'jalali' });
  const [lines, unheard] = [run(testimony), run(undefined)];

  it('changes nothing of what is decided', () => {
    expect(lines.map(printTraceJson)).toEqual(unheard.map(printTraceJson));
    expect(new Set(lines.map(({ kind }) => kind)).size).toBeGreaterThan(8);
  });

  it('has every line once, in the order in which they were printed within an enrolment', () => {
    const heard = testimony.heard.flatMap((one) => (one.kind === 'line' ? [one.line] : []));
    expect(heard).toHaveLength(lines.length);
    expect(new Set(heard)).toEqual(new Set(lines));
    const of = (all: readonly Trace[], key: string) => all.filter((line) => line.key === key);
    for (const key of ['r1', 'r2', 'r3']) expect(of(heard, key)).toEqual(of(lines, key));
  });

  it('knows of each enrolment how it stands at the end', () => {
    expect(testimony.standing.length).toBeGreaterThan(2);
    expect(testimony.standing.every(({ status }) => status === 'ended')).toBe(true);
  });
});
