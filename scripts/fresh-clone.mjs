/**
 * Follows the README on a copy of what is committed: clone, `npm ci`, `npm start`; waits for the sample day's last message
 * and runs the `curl` line that it prints. Ends all it started by process id.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const started = Date.now();
const folder = mkdtempSync(path.join(tmpdir(), 'peyk-clone-'));
const clone = path.join(folder, 'peyk');
const port = String(20_000 + (process.pid % 20_000));
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PEYK_')));

function run(command, args, cwd) {
  execFileSync(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Resolves with the output when it holds `wanted`; rejects when the process ends or the time is over. */
function until(child, output, wanted) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no ${wanted} within two minutes:\n${output.text}`)), 120_000);
    const look = () => {
      const found = wanted.exec(output.text);
      if (found === null) return;
      clearTimeout(late);
      resolve(found);
    };
    child.stdout.on('data', look);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${output.text}`)));
    look();
  });
}

async function follow() {
  run('git', ['clone', '--quiet', '--no-hardlinks', process.cwd(), clone], folder);
  run('npm', ['ci', '--no-audit', '--no-fund', '--silent'], clone);
  // What `npm start` runs, without npm between us and the process that has to be ended.
  const child = spawn(process.execPath, ['bin/peyk.js', 'start'], {
    cwd: clone,
    env: { ...env, PEYK_PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { text: '' };
  child.stdout.on('data', (chunk) => (output.text += chunk));
  child.stderr.on('data', (chunk) => (output.text += chunk));
  try {
    const [, url, event] = await until(
      child,
      output,
      /curl -s (\S+) -H 'content-type: application\/cloudevents\+json' -d '([^']+)'/,
    );
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: event,
    });
    if (answer.status !== 202) throw new Error(`the event was answered with ${answer.status}: ${await answer.text()}`);
    await until(child, output, /Pixel 9 شما/);
  } finally {
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    await ended;
  }
}

try {
  await follow();
  console.log(
    `a message on the screen, and one of one's own, ${Math.round((Date.now() - started) / 1000)} s after the clone began`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
