import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Bench, OpenBench } from '../bench.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { openBench } from '../rig/open-bench.js';
import { peakMemory } from '../../test/servers/memory.js';
import { customerLine, eventLine, UNTIL, writeWorkspace } from './town.js';

const EVENTS = 100_000;
const CUSTOMERS = 20_000;
/** The most that a process ever had is asked so often. */
const WATCH_MS = 50;
const memory = 'resident memory of peyk simulate, MB:';

/** A year of a town in one run: its memory is what is limited; the rate is for the record. */
export const simulate: Bench = {
  name: 'simulate',
  unit: 'events',
  work: '`peyk simulate --json` of 100,000 events, 20,000 customers, ten journeys; beside it JSON.parse of the same lines',
  beside: 'JSON.parse',
  atLeast: 0,
  ceilings: [{ note: memory, atMost: 500 }],
  open,
};

async function open({ scale }: Options): Promise<OpenBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'peyk-bench-simulate-'));
  const [events, customers] = [Math.round(EVENTS * scale), Math.round(CUSTOMERS * scale)];
  await writeWorkspace(folder);
  await writeFile(
    path.join(folder, 'events.jsonl'),
    lines(events, (number) => eventLine(number, events, customers)),
  );
  await writeFile(path.join(folder, 'customers.jsonl'), lines(customers, customerLine));
  return openBench({
    ours: (profileInto) => ours(folder, events, profileInto),
    bare: () => parsed(path.join(folder, 'events.jsonl'), events),
    close: () => rm(folder, { recursive: true, force: true }),
  });
}

function lines(count: number, line: (number: number) => string): string {
  return `${Array.from({ length: count }, (_, number) => line(number)).join('\n')}\n`;
}

async function ours(folder: string, events: number, profileInto?: string): Promise<Run> {
  const at = (name: string): string => path.join(folder, name);
  const profiled = profileInto === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileInto}`];
  const files = ['--journeys', at('journeys'), '--templates', at('templates'), '--customers', at('customers.jsonl')];
  const command = ['simulate', '--json', '--until', UNTIL, '--events', at('events.jsonl'), ...files];
  const began = performance.now();
  const child = spawn(process.execPath, [...profiled, 'bin/peyk.js', ...command], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak = 0;
  const watching = setInterval(() => {
    if (child.pid !== undefined) void peakMemory(child.pid).then((mb) => (peak = Number.isNaN(mb) ? peak : mb));
  }, WATCH_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(watching);
  if (code !== 0) throw new Error(`peyk simulate ended with ${String(code)}`);
  return { rate: events / ((performance.now() - began) / 1000), notes: { [memory]: peak } };
}

async function parsed(file: string, events: number): Promise<Run> {
  const began = performance.now();
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(file) }))
    if (JSON.parse(line) !== null) count += 1;
  if (count !== events) throw new Error(`${String(count)} of ${String(events)} lines`);
  return { rate: events / ((performance.now() - began) / 1000) };
}
