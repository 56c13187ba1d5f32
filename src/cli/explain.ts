import { randomInt } from 'node:crypto';
import { openDatabase } from '../assembly/open-database.js';
import { secretsOf, type Config } from '../config/config.js';
import { readEnvironment } from '../config/read-environment.js';
import { printVerification } from '../explain/print-verification.js';
import { verify, type VerifyWhom } from '../explain/verify.js';
import { createLog } from '../ops/log.js';
import { createMask } from '../ops/mask.js';
import { UsageError } from './usage-error.js';

export interface ExplainOptions {
  readonly verify?: boolean;
  readonly sample: string;
  readonly seed?: string;
  readonly customer?: string;
  readonly json?: boolean;
}

/** `peyk explain --verify`: 1 where something is not as it would be decided. */
export async function explain(options: ExplainOptions): Promise<number> {
  if (options.verify !== true) {
    throw new UsageError('peyk explain has --verify so far: `peyk explain --verify [--sample N] [--customer ID]`');
  }
  const whom = whomOf(options);
  const config = readEnvironment({ PEYK_LOG_LEVEL: 'warn' });
  return verifyAndPrint(config, whom, options.json === true);
}

async function verifyAndPrint(config: Config, whom: VerifyWhom, json: boolean): Promise<number> {
  const secrets = secretsOf(config);
  // What a program reads stands alone on standard output.
  const opened = await openDatabase(config, createLog({ level: config.logLevel, secrets }, process.stderr));
  try {
    const verification = await verify(opened.database, whom);
    if ('customer' in whom && verification.customers === 0) {
      console.error(`there is no customer ${createMask(secrets)(whom.customer)}`);
      return 1;
    }
    for (const line of printVerification(verification, whom, { json, mask: createMask(secrets) })) console.log(line);
    return verification.differences.length === 0 ? 0 : 1;
  } finally {
    await opened.close();
  }
}

function whomOf({ customer, sample, seed }: ExplainOptions): VerifyWhom {
  if (customer !== undefined) return { customer };
  return { sample: wholeNumber(sample), seed: seed === undefined ? randomInt(1_000_000) : wholeNumber(seed) };
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`expected a whole number, got ${text}`);
}
