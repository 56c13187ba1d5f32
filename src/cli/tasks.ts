import { openDatabase } from '../assembly/open-database.js';
import { openWorkspace } from '../assembly/open-workspace.js';
import { secretsOf } from '../config/config.js';
import { readEnvironment } from '../config/read-environment.js';
import { Engine } from '../engine/engine.js';
import { LiveJourneys } from '../engine/live-journeys.js';
import type { IncomingEvent } from '../intake/intake.js';
import { TaskDesk, whyNoName, type ListedState, type TaskAnswer } from '../intake/http/task-desk.js';
import { taskItem } from '../intake/http/task-item.js';
import type { Language } from '../language/language.js';
import { engineMetrics } from '../ops/engine-metrics.js';
import { createLog, type Logger } from '../ops/log.js';
import { Metrics } from '../ops/metrics.js';
import type { Config } from '../config/config.js';
import type { Database } from '../store/connection.js';
import { saidOf, taskLine, taskWords } from './task-words.js';
import { UsageError } from './usage-error.js';

interface Said {
  readonly lang: Language;
  readonly json?: boolean;
}

export interface TaskListOptions extends Said {
  readonly assignTo?: string;
  readonly state?: Exclude<ListedState, undefined>;
  readonly limit: string;
}

export interface TakeOptions extends Said {
  readonly by: string;
}

export interface DoneOptions extends Said {
  readonly result: string;
  readonly by?: string;
}

/** `peyk tasks`: what people are to do, the most urgent first. */
export function listTasks({ assignTo, state, limit, lang, json }: TaskListOptions): Promise<number> {
  const most = limitOf(limit);
  refuseName('--assign-to', assignTo);
  return withDesk(async (desk) => {
    const tasks = (await desk.list(assignTo, state, most)).map(taskItem);
    for (const task of tasks) console.log(json === true ? JSON.stringify(task) : taskLine(task, lang));
    if (tasks.length === 0 && json !== true) console.log(taskWords[lang].none);
    return 0;
  });
}

/** `peyk tasks take`: 1 where there is no such task, or somebody else has it. */
export function takeTask(id: string, { by, ...said }: TakeOptions): Promise<number> {
  refuseName('--by', by);
  return withDesk(async (desk) => tell(id, await desk.take(id, by), said));
}

/** `peyk tasks done`: decided as any event is. 1 where there is no such task or it is closed, 2 where the result is none of its own. */
export function finishTask(id: string, { result, by, ...said }: DoneOptions): Promise<number> {
  refuseName('--result', result);
  refuseName('--by', by);
  return withDesk(async (desk) => tell(id, await desk.done(id, result, by), said));
}

function tell(id: string, answer: TaskAnswer, { lang, json }: Said): number {
  if (answer.kind === 'well') {
    const task = taskItem(answer.task);
    console.log(json === true ? JSON.stringify(task) : taskLine(task, lang));
    return 0;
  }
  console.error(saidOf(id, answer, lang));
  return answer.kind === 'wrong_result' ? 2 : 1;
}

function limitOf(limit: string): number {
  const most = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (most >= 1 && most <= 500) return most;
  throw new UsageError(`--limit is "${limit}"; expected a whole number from 1 to 500`);
}

/** As the API takes them. */
function refuseName(option: string, name: string | undefined): void {
  const why = whyNoName(name);
  if (why !== undefined) throw new UsageError(`${option} ${why}`);
}

/** The journeys' files are read only once something is to be decided. */
async function withDesk(work: (desk: TaskDesk) => Promise<number>): Promise<number> {
  const config = readEnvironment({ PEYK_LOG_LEVEL: 'warn' });
  // What a program reads stands alone on standard output.
  const log = createLog({ level: config.logLevel, secrets: secretsOf(config) }, process.stderr);
  const opened = await openDatabase(config, log);
  const { database } = opened;
  try {
    const decide = async (events: readonly IncomingEvent[]) =>
      (await engineOf(config, database, log)).decide({ source: 'http', events });
    return await work(new TaskDesk(database, { decide }));
  } finally {
    await opened.close();
  }
}

async function engineOf(config: Config, db: Database, log: Logger): Promise<Engine> {
  const live = await LiveJourneys.load(db, await openWorkspace(config, log));
  const observer = engineMetrics(new Metrics({ process: false }), log);
  // Senders look once a second whether something is queued.
  return new Engine({ db, live, observer, queued: () => undefined, outcomes: config.kafka !== undefined });
}
