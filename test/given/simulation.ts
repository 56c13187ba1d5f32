import type { JsonObject } from '../../src/domain/json.js';
import { printProblem } from '../../src/domain/problem.js';
import { printTraceJson } from '../../src/simulate/print-trace.js';
import { readCustomers, readEvents } from '../../src/simulate/read-inputs.js';
import { simulate, type Simulation } from '../../src/simulate/simulator.js';
import type { Workspace } from '../../src/domain/workspace.js';
import { loadGiven } from './load.js';

/** The files of a repair shop whose journeys a test writes: `hello` and `bye` have an SMS, `letter` an e-mail, `both` both. */
const files: Readonly<Record<string, string>> = {
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
  service: { consent: not_needed }
channel_order: [sms, email]
`,
  'journeys/events.yaml': `repair.received: { repair_id: text, device?: text, due?: time, day?: date, cost?: money, note?: text }
repair.sent_to_workshop: { repair_id: text }
repair.estimated: { repair_id: text, cost: money, note?: text }
repair.ready: { repair_id: text }
repair.delivered: { repair_id: text, paid?: money }
repair.cancelled: { repair_id?: text }
ticket.opened: { number: integer }
ticket.closed: { number: text }
order.placed: { order: { id: integer }, total?: money }
visit: { shop?: text, n?: integer }
purchase: { amount: money, kind?: text }
old.news: { max_age: 2 hours, data: { repair_id: text } }
`,
  'templates/hello/sms.hbs': 'hello {{default customer.name "you"}}\n',
  'templates/bye/sms.hbs': 'bye\n',
  'templates/third/sms.hbs': 'third\n',
  'templates/letter/email.hbs': '---\nsubject: A letter\n---\n<p>Dear {{default customer.name "you"}}</p>\n',
  'templates/both/sms.hbs': 'both\n',
  'templates/both/email.hbs': '---\nsubject: Both\n---\n<p>both</p>\n',
};

export interface GivenEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface GivenSimulation {
  /** The text of one journey named `test`, or several by name; `journey` and `purpose` are added. */
  readonly journey?: string;
  readonly journeys?: Readonly<Record<string, string>>;
  /** Other files, or these changed. */
  readonly files?: Readonly<Record<string, string>>;
  /** Default: c1, with a phone. */
  readonly customers?: readonly object[];
  readonly events?: readonly (GivenEvent | string)[];
  /** Of `test`, unless another journey is named; the audience by its name. */
  readonly launches?: readonly { at: string; journey?: string; data?: JsonObject; audience?: string }[];
  readonly from?: string;
  /** Default: 2027-01-01. */
  readonly until?: string;
  readonly channelResults?: Simulation['channelResults'];
  readonly webhookResults?: Simulation['webhookResults'];
}

/** One line of NDJSON, parsed. */
export interface Line {
  readonly at: string;
  readonly kind: string;
  readonly customer: string;
  readonly journey: string;
  readonly [field: string]: unknown;
}

export const c1 = { id: 'c1', name: 'Sara', phone: '09121234567' };

/** An event of c1 at a wall-clock time in Tehran, such as `11-21 10:00`, about repair r1 unless the data say otherwise. */
export function on(time: string, type: string, data: object = {}, more: object = {}): GivenEvent {
  const about = /^(repair|old)\./.test(type) ? { repair_id: 'r1' } : {};
  return { type, subject: 'c1', time: tehran(time), data: { ...about, ...data }, ...more };
}

export function tehran(time: string): string {
  const [day = '', clock = ''] = time.split(' ');
  return `2026-${day}T${clock.length === 5 ? `${clock}:00` : clock}+03:30`;
}

/** From YAML and JSON Lines to NDJSON: what `peyk simulate --json` prints, and the lines refused. */
export function simulated(given: GivenSimulation): {
  readonly lines: readonly Line[];
  readonly refused: readonly string[];
  readonly warned: readonly string[];
} {
  const workspace = workspaceOf(given);
  const customers = readCustomers((given.customers ?? [c1]).map((one) => JSON.stringify(one)).join('\n'), workspace);
  const events = readEvents(
    (given.events ?? []).map((event) => (typeof event === 'string' ? event : JSON.stringify(event))).join('\n'),
    workspace,
  );
  const printed: string[] = [];
  const warned: string[] = [];
  simulate({
    workspace,
    customers: customers.accepted,
    events: events.accepted,
    from: given.from === undefined ? undefined : Date.parse(tehran(given.from)),
    until: Date.parse(given.until === undefined ? '2027-01-01T00:00:00Z' : tehran(given.until)),
    channelResults: given.channelResults ?? {},
    webhookResults: given.webhookResults,
    launches: (given.launches ?? []).map(({ at, journey = 'test', data = {}, audience }) => ({
      ...{ at: Date.parse(tehran(at)), journey, data },
      audience: audience === undefined ? undefined : workspace.audiences.get(audience),
    })),
    warn: (message) => warned.push(message),
    print: (line) => printed.push(printTraceJson(line)),
  });
  const refused = [...customers.refused, ...events.refused];
  return {
    lines: printed.map((line) => JSON.parse(line) as Line),
    refused: refused.map(({ line, place, message }) => `${String(line)}: ${place} ${message}`),
    warned,
  };
}

/** A workspace of the shop's files and the given ones; throws, with what is wrong, where it does not check. */
export function workspaceOf({ journey, journeys = {}, files: more = {} }: Omit<GivenSimulation, 'events'>): Workspace {
  const all = Object.entries({ ...(journey === undefined ? {} : { test: journey }), ...journeys });
  const texts = all.map(([name, text]) => [`journeys/${name}.yaml`, head(name, text)]);
  const { workspace, problems } = loadGiven(
    new Map(Object.entries({ ...files, ...more, ...(Object.fromEntries(texts) as Record<string, string>) })),
  );
  if (workspace === undefined) throw new Error(problems.map(printProblem).join('\n'));
  return workspace;
}

function head(name: string, text: string): string {
  return `journey: ${name}\n${/^purpose:/m.test(text) ? '' : 'purpose: transactional\n'}${text}`;
}

/** What happens, a sentence a line: `11-21 10:00 entered repair.received`; several journeys or customers are named. */
export function story(given: GivenSimulation, ...kinds: readonly string[]): readonly string[] {
  return tell(simulated(given).lines, given, kinds);
}

export function tell(lines: readonly Line[], given: GivenSimulation, kinds: readonly string[] = []): readonly string[] {
  const named = Object.keys(given.journeys ?? {}).length > 0;
  const several = new Set(lines.map(({ customer }) => customer)).size > 1;
  return lines
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map((line) =>
      [local(line.at), several ? line.customer : '', named ? line.journey : '', line.kind, detail(line)]
        .filter((part) => part !== '')
        .join(' '),
    );
}

function detail(line: Line): string {
  const { template, channel, reason, branch, value, until } = line;
  const by = [line['by'], line['event']];
  const parts = [line['started_by'], template, channel === 'sms' ? undefined : channel, reason, branch, value, ...by];
  const waits = [line['for'], until === undefined ? undefined : `until ${local(until as string)}`];
  return [...parts, ...waits]
    .filter((part) => part !== undefined)
    .map(String)
    .join(' ');
}

/** An instant on Tehran's clock, `11-21 10:00`, with seconds where there are any. */
export function local(instant: string): string {
  const shifted = new Date(Date.parse(instant) + 3.5 * 3_600_000).toISOString();
  const year = shifted.startsWith('2026') ? '' : `${shifted.slice(0, 4)}-`;
  return `${year}${shifted.slice(5, 10)} ${shifted.slice(11, shifted.slice(17, 19) === '00' ? 16 : 19)}`;
}
