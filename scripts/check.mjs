/** The one gate: types, lint, format, import rules and unit tests, two at a time; needs no cache; ends with what failed. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const bin = (name) => `node_modules/.bin/${name}`;
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
const node = ['--max-semi-space-size=64'];
const unit = (half) => [
  `unit tests, half ${String(half)} of 2`,
  process.execPath,
  [...node, ...jest, '--selectProjects', 'unit', '--silent', '--runInBand', `--shard=${String(half)}/2`],
];
/** Go's own collector would cost the types a quarter of their time; the limit keeps it from taking all the memory. */
const uncollected = { GOGC: 'off', GOMEMLIMIT: '3GiB' };
/** The longest first; the lint has a thread a core by itself. */
const steps = [
  unit(1),
  unit(2),
  ['lint and types', bin('oxlint'), ['--format', 'stylish'], uncollected],
  ['imports', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src']],
  ['format', bin('oxfmt'), ['--check']],
];

function run([name, command, args, settings = {}]) {
  const started = performance.now();
  return new Promise((resolve) => {
    // A spec file that leaves a handle open would keep the unit tests' process for ever.
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...settings },
      timeout: 30 * 60_000,
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ name, ok: false, output: String(error), seconds: 0 }));
    child.on('close', (code) =>
      resolve({ name, ok: code === 0, output, seconds: (performance.now() - started) / 1000 }),
    );
  });
}

const queue = [...steps];
const results = [];
async function worker() {
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const result = await run(step);
    results.push(result);
    console.log(`${result.ok ? 'ok  ' : 'FAIL'} ${result.name} (${result.seconds.toFixed(1)} s)`);
    if (!result.ok || result.name.startsWith('unit tests')) console.log(result.output.trimEnd());
  }
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
process.exit(results.every((result) => result.ok) ? 0 : 1);
