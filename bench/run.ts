import { writeFile } from 'node:fs/promises';
import { advance } from './advance/bench.js';
import { judge, type Bench, type Result } from './bench.js';
import { bulk } from './bulk/bench.js';
import { check } from './check/bench.js';
import { decisions } from './decisions/bench.js';
import { help } from './help/bench.js';
import { kafka } from './kafka/bench.js';
import { history } from './history/bench.js';
import { lag } from './lag/bench.js';
import { main } from './main/bench.js';
import { machine } from './machine.js';
import { measurePairs } from './measure.js';
import { peers } from './peers/bench.js';
import { policy } from './policy/bench.js';
import { rates } from './rates/bench.js';
import { release } from './release/bench.js';
import { sender } from './sender/bench.js';
import { simulate } from './simulate/bench.js';
import { smtp } from './smtp/bench.js';
import { soak } from './soak/bench.js';
import { timers } from './timers/bench.js';
import { readCommand, usage, type Command, type Options } from './options.js';
import { printMarkdown, printResult } from './report.js';
import { endAll } from './rig/child.js';
import { topOfProfiles } from './rig/profile.js';

const benches: readonly Bench[] = [
  ...[main, kafka, advance, timers, rates, sender, smtp, bulk, history],
  ...[policy, release],
  ...[decisions, check, simulate, help],
];

const PAIRS = 5;

/** While a table is printed for a file, what happens meanwhile goes elsewhere. */
function tell(line: string): void {
  console.error(line);
}

async function runOne(bench: Bench, options: Options): Promise<Result | undefined> {
  const opened = await bench.open(options);
  if ('skipped' in opened) return { name: bench.name, skipped: opened.skipped };
  try {
    if (!options.profile) return judge(bench, await measurePairs(opened, options.pairs ?? bench.pairs ?? PAIRS, tell));
    tell(await topOfProfiles(await opened.profile()));
    return undefined;
  } finally {
    await opened.close();
  }
}

function chosen(names: readonly string[]): readonly Bench[] {
  const named = [...benches, lag, soak, ...peers];
  const wanted = names.flatMap((name) => (name === 'peers' ? peers.map((peer) => peer.name) : [name]));
  const unknown = wanted.find((name) => !named.some((bench) => bench.name === name));
  if (unknown !== undefined) {
    throw new Error(`there is no bench ${unknown}; there are ${named.map(({ name }) => name).join(', ')}, peers`);
  }
  return names.length === 0 ? benches : named.filter(({ name }) => wanted.includes(name));
}

/** 0: all reached what they have to; 1: one did not. */
async function run(command: Command): Promise<number> {
  const results: Result[] = [];
  tell(await machine());
  for (const bench of chosen(command.names)) {
    tell(`${bench.name} …`);
    const result = await runOne(bench, command);
    if (result === undefined) continue;
    results.push(result);
    if (!command.markdown) console.log(printResult(result));
  }
  if (command.markdown) console.log(await printMarkdown(results, command));
  if (command.json !== undefined) await writeFile(command.json, `${JSON.stringify(results, null, 2)}\n`);
  return results.every((result) => 'skipped' in result || result.good) ? 0 : 1;
}

function understood(): Command {
  try {
    const command = readCommand(process.argv.slice(2));
    chosen(command.names);
    return command;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
}

// What is under way fails when its processes end, and cleans up behind itself; a second signal ends this one at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void endAll());
try {
  process.exitCode = await run(understood());
} catch (error) {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
} finally {
  await endAll();
}
