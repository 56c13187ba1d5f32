import { parseArgs } from 'node:util';
import { nuisances } from './nuisances/all.js';
import { Random } from './random.js';
import { runRound } from './round.js';
import { startServers, type Servers } from './servers.js';
import { endAll } from './supervised.js';
import { printLine, printTable } from './table.js';
import type { Verdict } from './verdict.js';

const usage = 'npm run torture -- [--rounds N] [--only NAME,NAME…] [--seed S] [--customers N]';

interface Options {
  readonly rounds: number;
  readonly only: string | undefined;
  readonly seed: number;
  readonly customers: number;
}

function options(): Options {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '7' },
      only: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      customers: { type: 'string', default: '300' },
    },
  });
  return {
    rounds: whole('rounds', values.rounds),
    only: values.only,
    seed: whole('seed', values.seed),
    customers: whole('customers', values.customers),
  };
}

function whole(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`--${name} is ${text}; expected a whole number\n${usage}`);
}

/** The seed of a round follows from that of the run: a round can be played again alone. */
async function run({ rounds, only, seed, customers }: Options): Promise<number> {
  const turns = nuisances(only);
  console.log(`seed ${String(seed)}`);
  const servers = await startServers();
  const verdicts: Verdict[] = [];
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void leave(servers));
  try {
    for (let round = 0; round < rounds; round += 1) {
      const nuisance = turns[round % turns.length];
      if (nuisance === undefined) break;
      const verdict = await runRound(servers, nuisance, { customers, perSecond: 60 }, new Random(seed + round));
      verdicts.push(verdict);
      console.log(printLine(round + 1, seed + round, verdict));
    }
  } finally {
    await servers.stop();
  }
  console.log(printTable(verdicts));
  return verdicts.every(({ report }) => report === undefined) ? 0 : 1;
}

/** A signal in mid-round: nothing is left behind. */
async function leave(servers: Servers): Promise<never> {
  await endAll();
  await servers.stop();
  process.exit(130);
}

process.exitCode = await run(options());
