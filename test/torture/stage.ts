import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FakeKavenegar } from '../servers/kavenegar/server.js';
import { FakeSmtp } from '../servers/smtp/server.js';
import { WebhookReceiver } from '../servers/webhook/server.js';
import { files } from './business.js';
import { outcomeFiles } from './outcome-business.js';
import type { Nuisance, Victims } from './nuisance.js';
import { PostgresProxy } from './proxy.js';
import { HOOK_SECRET, Reactions } from './reactions.js';
import type { Random } from './random.js';
import type { Servers } from './servers.js';
import { State } from './state.js';
import { Supervised } from './supervised.js';
import { until } from './until.js';

/** What a round plays on: a database, a topic, providers and processes of its own. */
export interface Stage {
  readonly victims: Victims;
  readonly state: State;
  readonly topic: string;
  close(): Promise<void>;
}

/** So long a provider takes over a message: calls are under way whenever something dies. */
const LATENCY_MS = 10;
const PARTITIONS = 3;
/** A message more has to come within this, or nothing goes on. */
const STUCK_MS = 60_000;

export async function openStage(
  servers: Servers,
  { processes, orders = [] }: Nuisance,
  random: Random,
): Promise<Stage> {
  const { postgres, broker, topics } = servers;
  const database = await postgres.freshDatabase();
  const topic = await topics.fresh(PARTITIONS);
  const sms = await new FakeKavenegar({ latencyMs: LATENCY_MS }).listen();
  const mail = await new FakeSmtp().listen();
  const hook = await new WebhookReceiver().listen();
  const proxy = await new PostgresProxy().open(postgres.port);
  const folder = await writeFiles({ ...files, ...outcomeFiles(hook.url) });
  const url = new URL(postgres.url(database));
  url.port = String(proxy.port);
  const env = { ...environment(folder, sms, mail), PEYK_DATABASE_URL: url.href, ...kafka(broker.brokers, topic) };
  const peyks = Array.from({ length: processes }, (_, at) => new Supervised(`peyk ${String(at + 1)}`, env));
  peyks[0]?.orders.push(...orders);
  const reactions = new Reactions(sms, peyks);
  const close = async (): Promise<void> => {
    await Promise.all(peyks.map((peyk) => peyk.stop()));
    reactions.close();
    await Promise.all([proxy.close(), sms.close(), mail.close(), hook.close()]);
    await postgres.drop(database);
    await rm(folder, { recursive: true, force: true });
  };
  const untilMore = (messages: number): Promise<void> => {
    const wanted = sms.sent().length + messages;
    return until('messages that leave', () => sms.sent().length >= wanted || sms.sent().length, STUCK_MS);
  };
  const victims: Victims = { processes: peyks, postgres, proxy, broker, sms, mail, hook, random, untilMore };
  return { victims, state: new State(postgres, database, topics, topic), topic, close };
}

function environment(folder: string, sms: FakeKavenegar, mail: FakeSmtp): Record<string, string> {
  return {
    PEYK_PORT: '0',
    PEYK_DATA_DIR: join(folder, 'data'),
    PEYK_JOURNEYS_DIR: join(folder, 'journeys'),
    PEYK_TEMPLATES_DIR: join(folder, 'templates'),
    PEYK_KAVENEGAR_API_KEY: 'torture',
    PEYK_KAVENEGAR_BASE_URL: sms.url,
    PEYK_SMTP_URL: mail.url,
    PEYK_HOOK_SECRET: HOOK_SECRET,
    PEYK_WEBHOOK_ALLOW: '127.0.0.1',
  };
}

function kafka(brokers: string, topic: string): Record<string, string> {
  return { PEYK_KAFKA_BROKERS: brokers, PEYK_KAFKA_TOPICS: topic, PEYK_KAFKA_GROUP: topic };
}

async function writeFiles(all: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'peyk-torture-files-'));
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}
