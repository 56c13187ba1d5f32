import { openDatabase } from '../assembly/open-database.js';
import { openWorkspace } from '../assembly/open-workspace.js';
import { secretsOf } from '../config/config.js';
import { readEnvironment } from '../config/read-environment.js';
import { printInstant } from '../domain/time/instant.js';
import { Engine } from '../engine/engine.js';
import { LiveJourneys } from '../engine/live-journeys.js';
import { DeadLetters, type DeadLetterSummary, type ReplayOutcome } from '../intake/dead-letters.js';
import { createEventValidator } from '../intake/validate-event.js';
import { engineMetrics } from '../ops/engine-metrics.js';
import { createLog } from '../ops/log.js';
import { Metrics } from '../ops/metrics.js';
import { UsageError } from './usage-error.js';

/** `peyk dead-letters list`: newest first. */
export function listDeadLetters(options: {
  readonly all?: boolean;
  readonly limit: string;
  readonly json?: boolean;
}): Promise<number> {
  return withDeadLetters(async (letters) => {
    const rows = await letters.list({ replayed: options.all === true, limit: wholeNumber(options.limit) });
    for (const row of rows) console.log(options.json === true ? JSON.stringify(asJson(row)) : asLine(row));
    if (rows.length === 0 && options.json !== true) console.log('no dead letters');
    return 0;
  });
}

/** `peyk dead-letters show N`: all of it. */
export function showDeadLetter(no: string): Promise<number> {
  return withDeadLetters(async (letters) => {
    const letter = await letters.show(wholeNumber(no));
    if (letter === undefined) return missing(no);
    console.log(asLine(letter));
    for (const [name, value] of Object.entries(letter.headers)) console.log(`${name}: ${value}`);
    console.log(`\n${letter.payload.toString('utf8')}`);
    return 0;
  });
}

/** `peyk dead-letters replay N …`: each on the path of every event. 1 where one could still not be taken. */
export function replayDeadLetters(numbers: readonly string[], options: { readonly json?: boolean }): Promise<number> {
  return withDeadLetters(async (letters) => {
    let code = 0;
    for (const no of numbers) {
      const outcome = await letters.replay(wholeNumber(no));
      const slips = 'warnings' in outcome ? `; warning: ${outcome.warnings.join('; ')}` : '';
      const line = `${no}: ${told(outcome)}${slips}`;
      console.log(options.json === true ? JSON.stringify({ no: Number(no), ...outcome }) : line);
      if (outcome.kind !== 'accepted' && outcome.kind !== 'duplicate') code = 1;
    }
    return code;
  });
}

async function withDeadLetters(work: (letters: DeadLetters) => Promise<number>): Promise<number> {
  const config = readEnvironment({ PEYK_LOG_LEVEL: 'warn' });
  // What a program reads stands alone on standard output.
  const log = createLog({ level: config.logLevel, secrets: secretsOf(config) }, process.stderr);
  const workspace = await openWorkspace(config, log);
  const opened = await openDatabase(config, log);
  const { database } = opened;
  try {
    const live = await LiveJourneys.load(database, workspace);
    const observer = engineMetrics(new Metrics({ process: false }), log);
    // Senders look once a second whether something is queued.
    const engine = new Engine({ db: database, live, observer, queued: () => undefined });
    const purposes = [...workspace.policy.purposes.keys()];
    return await work(new DeadLetters(database, createEventValidator(workspace.catalogue, { purposes }), engine));
  } finally {
    await opened.close();
  }
}

function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(`expected a whole number, got ${text}`);
}

function missing(no: string): number {
  console.error(`there is no dead letter ${no}; \`peyk dead-letters\` lists them`);
  return 1;
}

function asLine({ no, at, source, origin, place, reason, replayedAt }: DeadLetterSummary): string {
  const replayed = replayedAt === undefined ? '' : `  (replayed ${printInstant(replayedAt)})`;
  return `${String(no)}  ${printInstant(at)}  ${origin ?? source}  ${place}: ${reason}${replayed}`;
}

function asJson({ at, publishedAt, replayedAt, ...rest }: DeadLetterSummary): object {
  const instant = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : printInstant(value);
  return { ...rest, at: printInstant(at), publishedAt: instant(publishedAt), replayedAt: instant(replayedAt) };
}

function told(outcome: ReplayOutcome): string {
  switch (outcome.kind) {
    case 'accepted':
      return 'taken';
    case 'duplicate':
      return 'had been taken meanwhile';
    case 'not_found':
      return 'there is no such dead letter';
    case 'replayed_before':
      return `was replayed before, ${printInstant(outcome.at)}`;
    case 'refused':
      return `still refused: ${outcome.refusals.map(({ place, message }) => `${place} ${message}`).join('; ')}`;
    case 'dead':
      return `failed again: ${outcome.reason}`;
  }
}
