import type { Bench, OpenBench } from '../bench.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { Child } from '../rig/child.js';
import { openDatabases, type Databases } from '../rig/databases.js';
import { startPeyk } from '../rig/peyk.js';
import { openBench } from '../rig/open-bench.js';
import { startMailServer } from './mail-server.js';
import { files, queueMails } from './mails.js';

const MAILS = 15_000;
const LATENCY_MS = 5;
/** As many connections as ours has. */
const CONNECTIONS = 5;

export const smtp: Bench = {
  name: 'smtp',
  unit: 'mails',
  work: '15,000 queued e-mails, rendered when they leave, to a mail server that takes 5 ms; beside it a Nodemailer pool of as many connections with texts that are ready, alone',
  atLeast: 0.8,
  open,
};

async function open({ scale }: Options): Promise<OpenBench> {
  const databases = await openDatabases();
  const count = Math.max(200, Math.round(MAILS * scale));
  return openBench({
    ours: (profileInto) => ours(databases, count, profileInto),
    bare: () => bare(count),
    close: () => databases.close(),
  });
}

async function ours(databases: Databases, count: number, profileInto?: string): Promise<Run> {
  const database = await databases.fresh();
  const stops = [() => database.drop()];
  try {
    await queueMails(database, count);
    const server = await startMailServer(LATENCY_MS);
    stops.push(() => server.stop());
    const env = { PEYK_SMTP_URL: server.url, PEYK_ROLES: 'sender' };
    const peyk = await startPeyk({ database: database.url, files, env, profileInto });
    stops.push(() => peyk.stop());
    const rate = await server.rateOf(count, () => {
      peyk.child.mustRun();
    });
    return { rate };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function bare(count: number): Promise<Run> {
  const server = await startMailServer(LATENCY_MS);
  const args = [server.url, String(count), String(CONNECTIONS)];
  const pool = new Child({ file: 'dist/bench/bare/smtp-pool.js', args });
  try {
    return { rate: await server.rateOf(count, () => undefined) };
  } finally {
    await pool.stop();
    await server.stop();
  }
}
