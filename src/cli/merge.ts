import { openDatabase } from '../assembly/open-database.js';
import { openWorkspace } from '../assembly/open-workspace.js';
import { secretsOf } from '../config/config.js';
import { readEnvironment } from '../config/read-environment.js';
import { whyNoId, type Merge } from '../domain/merging/merge-faults.js';
import { Engine } from '../engine/engine.js';
import { LiveJourneys } from '../engine/live-journeys.js';
import { mergeByHand, type Merged } from '../engine/merging/merge-by-hand.js';
import type { Language } from '../language/language.js';
import { translate } from '../language/translate.js';
import { engineMetrics } from '../ops/engine-metrics.js';
import { createLog } from '../ops/log.js';
import { Metrics } from '../ops/metrics.js';
import { mergeWords } from './merge-words.js';
import { UsageError } from './usage-error.js';

export interface MergeOptions {
  readonly json?: boolean;
  readonly lang: Language;
}

/** `peyk merge FROM INTO`: two customers are one. 1 where one is not known, or it was done the other way round. */
export async function merge(from: string, into: string, options: MergeOptions): Promise<number> {
  refuseIds({ from, into }, options.lang);
  const merged = await mergeIn({ from, into });
  const { said, isWell } = tellMerge(merged, { from, into }, options.lang);
  if (options.json === true) console.log(JSON.stringify({ from, ...asJson(merged) }));
  else if (isWell) console.log(said);
  if (!isWell) console.error(said);
  return isWell ? 0 : 1;
}

function refuseIds({ from, into }: Merge, lang: Language): void {
  for (const [name, id] of Object.entries({ FROM: from, INTO: into })) {
    const why = whyNoId(id);
    if (why !== undefined) throw new UsageError(`${name} ${translate(why, lang)}`);
  }
  if (from === into) throw new UsageError(mergeWords[lang].same);
}

async function mergeIn(wanted: Merge): Promise<Merged> {
  const config = readEnvironment({ PEYK_LOG_LEVEL: 'warn' });
  // What a program reads stands alone on standard output.
  const log = createLog({ level: config.logLevel, secrets: secretsOf(config) }, process.stderr);
  const workspace = await openWorkspace(config, log);
  const opened = await openDatabase(config, log);
  const { database: db } = opened;
  try {
    const live = await LiveJourneys.load(db, workspace);
    const observer = engineMetrics(new Metrics({ process: false }), log);
    // Senders look once a second whether something is queued.
    const engine = new Engine({ db, live, observer, queued: () => undefined, outcomes: config.kafka !== undefined });
    return await mergeByHand(db, engine, wanted);
  } finally {
    await opened.close();
  }
}

export function tellMerge(
  merged: Merged,
  { from, into }: Merge,
  lang: Language,
): { readonly said: string; readonly isWell: boolean } {
  const words = mergeWords[lang];
  switch (merged.kind) {
    case 'merged':
      return { said: words.merged(from, merged.into), isWell: true };
    case 'one_already':
      return { said: words.oneAlready(from, merged.into), isWell: true };
    case 'circle':
      return { said: words.circle(from, into), isWell: false };
    case 'unknown':
      return { said: translate(`there is no customer "${merged.id}"${merged.near}`, lang), isWell: false };
    case 'dead':
      return { said: merged.reason, isWell: false };
  }
}

/** `merged`: whether this has made them one. */
function asJson(merged: Merged): object {
  switch (merged.kind) {
    case 'merged':
    case 'one_already':
      return { into: merged.into, merged: merged.kind === 'merged' };
    case 'circle':
      return { into: merged.into, merged: false, error: 'circle' };
    case 'unknown':
      return { merged: false, error: 'unknown', id: merged.id };
    case 'dead':
      return { merged: false, error: merged.reason };
  }
}
