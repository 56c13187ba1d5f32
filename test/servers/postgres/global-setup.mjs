/** Gives this run a name and a folder; the first test file that needs a database starts the server there. */
import { chmodSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { removeServer } from './remove-server.mjs';

const PREFIX = 'peyk-test-';

export default async function setup() {
  await removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // As root the server runs as another user.
  chmodSync(folder, 0o755);
  process.env.PEYK_TEST_FOLDER = folder;
  process.env.PEYK_TEST_RUN = basename(folder).toLowerCase().replaceAll('-', '_');
}

/** Runs that were killed leave their server behind. */
async function removeLeftovers() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const pid = Number(name.split('-')[2]);
    if (pid > 0 && !isAlive(pid)) await removeServer(join(tmpdir(), name)).catch(() => undefined);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
