import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A town's shops for a year: its customers, what happens to them, and the ten journeys that listen. */

const BEGAN = Date.UTC(2026, 2, 21);
const YEAR_MS = 365 * 86_400_000;
export const UNTIL = '2027-03-21';

export function customerLine(number: number): string {
  const phone = `0912${String(number).padStart(7, '0')}`;
  const consent = { marketing: number % 3 !== 0 };
  return JSON.stringify({ id: `c-${String(number)}`, name: 'سارا', phone, consent });
}

/** Spread evenly over the year, each customer again and again. */
export function eventLine(number: number, events: number, customers: number): string {
  const customer = (number * 7919) % customers;
  const time = new Date(BEGAN + Math.floor((number / events) * YEAR_MS)).toISOString();
  const kind = kinds[number % kinds.length] ?? kinds[0];
  return JSON.stringify({ type: kind.type, subject: `c-${String(customer)}`, time, data: kind.data(number) });
}

interface EventKind {
  readonly type: string;
  readonly data: (number: number) => object;
}

const purchase: EventKind = {
  type: 'purchase.completed',
  data: (number) => ({ order_id: `o-${String(number)}`, amount: 500_000 + (number % 90) * 100_000 }),
};
const repair = (type: string): EventKind => ({
  type,
  data: (number) => ({ repair_id: `r-${String(number % 5_000)}` }),
});
const kinds: readonly [EventKind, ...EventKind[]] = [
  purchase,
  repair('repair.received'),
  purchase,
  repair('repair.ready'),
  { type: 'complaint.opened', data: () => ({}) },
];

const policy = `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
  marketing:
    consent: required
    quiet_hours: "21:00-09:00"
    caps: [1 per 1 day, 3 per 7 days]
    not_after: 3 days
  survey: { consent: not_needed, quiet_hours: "21:00-09:00", caps: [1 per 30 days], when_capped: drop, sample: 33% }
channel_order: [sms]
`;

const events = `purchase.completed: { order_id: text, amount: money }
repair.received: { repair_id: text }
repair.ready: { repair_id: text }
complaint.opened: {}
`;

/** Ten, of the kinds that shops have. */
const journeys: Readonly<Record<string, string>> = {
  repair: `purpose: transactional
about: repair_id
trigger: { event: repair.received }
steps: [{ send: hello }, { wait_for: repair.ready, at_most: 14 days }, { send: ready }]`,
  thanks: `purpose: marketing
trigger: { event: purchase.completed, when: event.amount >= toman(100000) }
steps: [{ wait: 1 day }, { send: hello }]`,
  second: `purpose: marketing
trigger: { event: purchase.completed, when: 'count("purchase.completed", "90 days") == 2' }
steps: [{ send: hello }]`,
  big: `purpose: marketing
trigger: { event: purchase.completed, when: 'sum("purchase.completed", "amount", "1 year") > toman(2000000)' }
entry: { again: after 90 days }
steps: [{ send: hello }, { wait: 7 days }, { send: ready }]`,
  survey: `purpose: survey
trigger: { event: purchase.completed }
steps:
  - wait: 2 hours
  - ask: question
    answers: 1..5
    save_as: answer
    else: [{ stop: no answer }]
  - send: hello`,
  amends: `purpose: transactional
trigger: { event: complaint.opened }
steps: [{ task: call, due: 1 day }, { grant: 20000 toman, expires: 30 days, save_as: gift }, { send: hello }]`,
  credit: `purpose: transactional
trigger: { event: purchase.completed, when: event.amount >= toman(500000) }
steps: [{ grant: =trigger.amount * 0.05, expires: 60 days, round_to: 1000 toman, save_as: gift }, { send: ready }]`,
  lapsed: `purpose: marketing
trigger: { absence: [purchase.completed, repair.received], for: 90 days, at: "11:00" }
steps: [{ send: hello }]
goal: { event: purchase.completed }`,
  split: `purpose: marketing
trigger: { event: complaint.opened, when: 'count("purchase.completed") > 1' }
steps:
  - split: [{ name: a, weight: 50%, then: [{ send: hello }] }, { name: b, weight: 50%, then: [{ send: ready }] }]
    id: text`,
  monthly: `purpose: marketing
trigger: { every: month, at: "18:00", audience: regular }
steps: [{ send: hello }]`,
};

const audiences = 'regular: count("purchase.completed", "90 days") > 2\n';

export async function writeWorkspace(folder: string): Promise<void> {
  const write = async (name: string, text: string): Promise<void> => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  await write('journeys/policy.yaml', policy);
  await write('journeys/events.yaml', events);
  await write('journeys/audiences.yaml', audiences);
  for (const [name, text] of Object.entries(journeys)) {
    await write(`journeys/town-${name}.yaml`, `journey: town-${name}\n${text}\n`);
  }
  await write('templates/hello/sms.hbs', '{{default customer.name "مشتری"}} عزیز، از شما ممنونیم.\n');
  await write('templates/ready/sms.hbs', '{{default customer.name "مشتری"}} عزیز، منتظر شما هستیم.\n');
  await write('templates/question/sms.hbs', 'از ۱ تا ۵ چقدر راضی بودید؟\n');
}
