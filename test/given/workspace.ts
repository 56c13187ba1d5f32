import type { LoadedWorkspace } from '../../src/domain/workspace.js';
import { printProblem } from '../../src/domain/problem.js';
import type { Journey } from '../../src/domain/journey/journey.js';
import { loadGiven } from './load.js';

/** The files of a small repair shop, for tests that need a whole workspace; they change or add what they are about. */
export const shopFiles: Readonly<Record<string, string>> = {
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
  service: { consent: not_needed }
channel_order: [sms, email]
`,
  'journeys/events.yaml': `repair.received: { repair_id: text, device?: text, due_date?: date, back_at?: time }
repair.sent_to_workshop: { repair_id: text }
repair.estimated: { repair_id: text, cost: money, ready_at?: time }
repair.ready: { repair_id: text, place?: text }
repair.delivered: { repair_id: text, paid?: money }
repair.cancelled: { repair_id: text }
purchase.completed: { amount: money, kind: text, order: { id: integer }, lines?: [text] }
visit: { shop?: text }
order.placed:
  max_age: 2 hours
  schema: { type: object, properties: { repair_id: { type: string }, total: { type: number } } }
`,
  'journeys/customers.yaml': 'tier: text\n',
  'templates/hello/sms.hbs': 'سلام\n',
  'templates/bye/sms.hbs': 'خدانگهدار\n',
  'templates/repair-received/sms.hbs': 'دستگاه شما رسید: {{trigger.repair_id}}\n',
  'templates/repair-estimate/sms.hbs': 'هزینه: {{toman estimate.cost}}\n',
  'templates/priced/sms.hbs': '{{toman price}}\n',
};

/**
 * A workspace of the shop's files and the given ones; an undefined text takes a file away. The shop has more templates than
 * a test needs: that nobody uses them is left out.
 */
export function givenWorkspace(files: Readonly<Record<string, string | undefined>> = {}): LoadedWorkspace {
  const { workspace, problems } = loadFiles({ ...shopFiles, ...files });
  return { workspace, problems: problems.filter(({ message }) => !message.startsWith('no journey uses template')) };
}

/** The given files and no others. */
export function loadFiles(files: Readonly<Record<string, string | undefined>>): LoadedWorkspace {
  const entries = Object.entries(files);
  return loadGiven(new Map(entries.filter((entry): entry is [string, string] => entry[1] !== undefined)));
}

/** What is wrong with the shop's files and the given ones, as lines. */
export function toldOf(files: Readonly<Record<string, string | undefined>>): readonly string[] {
  return givenWorkspace(files).problems.map(printProblem);
}

const head = `journey: test
purpose: transactional
`;

/** A journey named `test`: what is given, and the shortest of what is not. */
export function journeyText(parts: { top?: string; trigger?: string; steps?: string }): string {
  const { top = '', trigger = 'trigger: { event: repair.received }', steps = '  - send: hello' } = parts;
  return `${head}${top === '' ? '' : `${top}\n`}${trigger}\nsteps:\n${steps}\n`;
}

/** The checked journey; throws, with what is wrong, where it is not well. */
export function givenJourney(
  parts: Parameters<typeof journeyText>[0],
  files: Readonly<Record<string, string>> = {},
): Journey {
  const { workspace, problems } = givenWorkspace({ ...files, 'journeys/test.yaml': journeyText(parts) });
  const [journey] = workspace?.journeys ?? [];
  if (journey === undefined) throw new Error(problems.map(printProblem).join('\n'));
  return journey;
}
