import { randomInt } from 'node:crypto';
import { openDatabase } from '../assembly/open-database.js';
import { secretsOf } from '../config/config.js';
import { readEnvironment } from '../config/read-environment.js';
import { NotKnownError } from '../explain/customer-record.js';
import { explainKept } from '../explain/explain-kept.js';
import { explainSimulation, type Wanted } from '../explain/explain-simulation.js';
import type { Explanation } from '../explain/explanation.js';
import { printExplanation } from '../explain/print-explanation.js';
import { masked, printVerification } from '../explain/print-verification.js';
import { tellExplanation } from '../explain/tell/tell-explanation.js';
import { UnknownNameError } from '../explain/unknown-name.error.js';
import { verify, type VerifyWhom } from '../explain/verify.js';
import type { Json } from '../domain/json.js';
import type { Language } from '../language/language.js';
import { createLog } from '../ops/log.js';
import { createMask } from '../ops/mask.js';
import type { Database } from '../store/connection.js';
import type { Print } from './check.js';
import { readSimulation, type SimulateOptions } from './simulate.js';
import { UsageError } from './usage-error.js';

export interface ExplainOptions extends Omit<SimulateOptions, 'events' | 'until'> {
  readonly verify?: boolean;
  readonly sample: string;
  readonly seed?: string;
  readonly simulate?: boolean;
  readonly customer?: string;
  readonly journey?: string;
  readonly events?: string;
  readonly until?: string;
  readonly lang: Language;
}

/** Why things happened to one customer, or did not; `--verify`: 1 where something is not as it would be decided. */
export async function explain(
  options: ExplainOptions,
  print: Print = console.log,
  warn: Print = console.error,
): Promise<number> {
  refuseMixed(options);
  try {
    if (options.verify === true) return await verifyAndPrint(options, print, warn);
    const wanted = wantedOf(options);
    return options.simulate === true
      ? await explainFiles(options, wanted, print)
      : await explainDatabase(options, wanted, print);
  } catch (error) {
    if (!(error instanceof UnknownNameError || error instanceof NotKnownError)) throw error;
    warn(error.message);
    return 1;
  }
}

async function explainFiles(options: ExplainOptions, wanted: Wanted, print: Print): Promise<number> {
  const { events, until, ...rest } = options;
  if (events === undefined || until === undefined) {
    throw new UsageError('peyk explain --simulate needs --events FILE and --until INSTANT');
  }
  const simulation = await readSimulation({ ...rest, events, until });
  if (simulation === undefined) return 1;
  for (const line of linesOf(explainSimulation(simulation, wanted), options)) print(line);
  return 0;
}

async function explainDatabase(options: ExplainOptions, wanted: Wanted, print: Print): Promise<number> {
  return withDatabase(async (database, mask) => {
    const explanation = await explainKept(database, wanted);
    for (const line of linesOf(explanation, options)) {
      print(options.json === true ? JSON.stringify(masked(JSON.parse(line) as Json, mask)) : mask(line));
    }
    return 0;
  });
}

function linesOf(explanation: Explanation, { json, lang }: ExplainOptions): readonly string[] {
  return json === true ? printExplanation(explanation) : tellExplanation(explanation, lang);
}

function verifyAndPrint(options: ExplainOptions, print: Print, warn: Print): Promise<number> {
  const whom = whomOf(options);
  return withDatabase(async (database, mask) => {
    const verification = await verify(database, whom);
    if ('customer' in whom && verification.customers === 0) {
      warn(`there is no customer ${mask(whom.customer)}`);
      return 1;
    }
    for (const line of printVerification(verification, whom, { json: options.json === true, mask })) print(line);
    return verification.differences.length === 0 ? 0 : 1;
  });
}

/** What a program reads stands alone on standard output. */
async function withDatabase(
  work: (database: Database, mask: (text: string) => string) => Promise<number>,
): Promise<number> {
  const config = readEnvironment({ PEYK_LOG_LEVEL: 'warn' });
  const secrets = secretsOf(config);
  const opened = await openDatabase(config, createLog({ level: config.logLevel, secrets }, process.stderr));
  try {
    return await work(opened.database, createMask(secrets));
  } finally {
    await opened.close();
  }
}

/** What belongs to another way of asking is not silently ignored. */
function refuseMixed({ verify: isVerify, simulate, journey, events, customers, from, until }: ExplainOptions): void {
  if (isVerify === true && simulate === true)
    throw new UsageError('either --verify or --simulate: one reads the database, one reads files');
  if (isVerify === true && journey !== undefined)
    throw new UsageError('--verify looks at all journeys; leave out --journey');
  if (simulate === true) return;
  const stray = Object.entries({ events, customers, from, until }).find(([, value]) => value !== undefined);
  if (stray !== undefined) throw new UsageError(`--${stray[0]} is of a simulation; add --simulate`);
}

function wantedOf({ customer, journey }: ExplainOptions): Wanted {
  if (customer !== undefined && customer !== '') return { customer, journey };
  throw new UsageError(
    'say whom: `peyk explain --customer ID [--journey NAME]`, with --simulate from files; --verify compares a sample',
  );
}

function whomOf({ customer, sample, seed }: ExplainOptions): VerifyWhom {
  if (customer !== undefined) return { customer };
  return { sample: wholeNumber(sample), seed: seed === undefined ? randomInt(1_000_000) : wholeNumber(seed) };
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`expected a whole number, got ${text}`);
}
