import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { request } from 'undici';
import type { RunningPeyk } from '../assembly/start-peyk.js';
import type { Config } from '../config/config.js';
import { leftBehind } from '../store/outbox/left-behind.sql.js';
import type { PrintingMailbox } from './printing-mailbox.js';
import { sampleCustomers, sampleDay, type Scene } from './sample-day.js';

/** How long a message may take from the answer to its event until it leaves. */
const PATIENCE = 10_000;

/** A sample day of a repair shop through the real path, once a data folder; then what to try next. */
export async function playDemo(
  peyk: RunningPeyk,
  config: Config,
  mailbox: PrintingMailbox,
  stopped: AbortSignal,
): Promise<void> {
  const played = path.join(config.dataDir, 'demo-played');
  if (!existsSync(played)) {
    await playDay(new Shop(peyk.url, config.apiKeys[0]), peyk, mailbox, stopped);
    if (stopped.aborted) return;
    await mkdir(config.dataDir, { recursive: true });
    await writeFile(played, new Date().toISOString());
  } else {
    print(asked(await countLeftBehind(peyk)));
  }
  print(whatNext(peyk.url, config.apiKeys.length > 0, Date.now()));
  print(notYet([...peyk.notRun.keys()]));
  print('Ctrl-C stops everything.\n');
}

async function playDay(shop: Shop, peyk: RunningPeyk, mailbox: PrintingMailbox, stopped: AbortSignal): Promise<void> {
  print('\nA sample day of a repair shop. Each event goes in by HTTP, each message is printed as it leaves.\n');
  for (const { id, attributes } of sampleCustomers) await shop.tellOf(id, attributes);
  let expected = 0;
  for (const scene of sampleDay(new Date().toISOString().slice(0, 10))) {
    if (stopped.aborted) return;
    print(`\n${scene.at}  ${scene.told}  (${scene.type})\n`);
    // Of a day that was broken off, the first events have been taken and nothing comes of them again.
    const due = (await shop.send(scene)) ? scene.messages : 0;
    expected += due;
    if (due === 0 || (await mailbox.reached(expected, PATIENCE))) continue;
    print(asked(await countLeftBehind(peyk)) || '  … its message has not left yet; /health/ready says what is wrong\n');
  }
}

/** What a killed process had in hand: the rest of its customers' messages waits for it. */
async function countLeftBehind({ database }: RunningPeyk): Promise<number> {
  const [row] = await database.run(leftBehind, [performance.timeOrigin]);
  return row?.count ?? 0;
}

function asked(count: number): string {
  if (count === 0) return '';
  const subject = count === 1 ? '1 message' : `${String(count)} messages`;
  const [be, leave] = count === 1 ? ['is', 'leaves'] : ['are', 'leave'];
  return `  … ${subject} of a process that was killed ${be} being asked about and ${leave} within about a minute\n`;
}

/** What a shop's own software does: tells us of its customers, and of what happens. */
class Shop {
  constructor(
    private readonly url: string,
    private readonly key: string | undefined,
  ) {}

  async tellOf(id: string, attributes: object): Promise<void> {
    await this.call('PUT', `/v1/customers/${id}`, 'application/json', attributes);
  }

  /** Whether it is new. */
  async send({ type, customer, data }: Scene): Promise<boolean> {
    const id = `${type}/${JSON.stringify(data['repair_id'])}`;
    const event = { specversion: '1.0', id, source: '/demo', type, subject: customer, data };
    const answer = await this.call('POST', '/v1/events', 'application/cloudevents+json', event);
    return (JSON.parse(answer) as { readonly accepted: number }).accepted > 0;
  }

  private async call(method: 'PUT' | 'POST', path: string, contentType: string, body: object): Promise<string> {
    const headers = { 'content-type': contentType, ...(this.key && { authorization: `Bearer ${this.key}` }) };
    const answer = await request(`${this.url}${path}`, { method, headers, body: JSON.stringify(body) });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`the sample day was refused: ${String(answer.statusCode)} ${text}`);
    return text;
  }
}

/** The event's id is new at each start, so that the line makes a message appear every time. */
function whatNext(url: string, needsKey: boolean, now: number): string {
  const no = now.toString(36);
  const event = JSON.stringify({
    specversion: '1.0',
    id: `my-first-event-${no}`,
    source: '/me',
    type: 'repair.received',
    subject: 'sara',
    data: { repair_id: `my-${no}`, device: 'Pixel 9' },
  });
  const key = needsKey ? " -H 'authorization: Bearer <a key of PEYK_API_KEYS>'" : '';
  return `
Peyk serves on ${url}. Make a message appear here:

  curl -s ${url}/v1/events${key} -H 'content-type: application/cloudevents+json' -d '${event}'

Look around:  ${url}/v1/messages?customer=sara   ${url}/v1/customers/sara/timeline   ${url}/docs
Journeys are in journeys/, their texts in templates/; \`npx peyk check\` reads them, \`npx peyk simulate --help\` tries them.
`;
}

/** For people who look around: what the journeys that are here need is on /health/ready. */
function notYet(journeys: readonly string[]): string {
  if (journeys.length === 0) return '';
  const [are, them] = journeys.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `Of these ${journeys.join(', ')} ${are} only simulated yet: serving starts nobody in ${them} (/health/ready says why).\n`;
}

function print(text: string): void {
  process.stdout.write(text);
}
