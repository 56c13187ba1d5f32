import { readFile } from 'node:fs/promises';
import { channelNames, type ChannelName } from '../domain/message/message.js';
import { parseDateAsMidnight, parseTime } from '../domain/time/date.js';
import type { Clock, Instant } from '../domain/time/instant.js';
import { jalaliSlip } from '../domain/time/jalali-slip.js';
import type { Workspace } from '../domain/workspace.js';
import type { Trace } from '../domain/journey/decision.js';
import { tellHappened } from '../explain/tell/tell-happened.js';
import { Speech } from '../explain/tell/values.js';
import type { Language } from '../language/language.js';
import { translate } from '../language/translate.js';
import { printTraceJson } from '../simulate/print-trace.js';
import { readCustomers, readEvents, type Inputs } from '../simulate/read-inputs.js';
import { simulate as run, type Simulation } from '../simulate/simulator.js';
import { tellStory } from '../simulate/tell-story.js';
import { fileReason } from '../workspace/file-reason.js';
import { loadDirectories } from '../workspace/load-directories.js';
import { simulateWords, type Idle } from './simulate-words.js';
import { tellProblem } from './tell-problem.js';
import { UsageError } from './usage-error.js';

export interface SimulateOptions {
  readonly events: string;
  readonly customers?: string;
  readonly journeys: string;
  readonly templates: string;
  readonly from?: string;
  readonly until: string;
  readonly channelResults: readonly string[];
  readonly webhookResults?: readonly string[];
  readonly json?: boolean;
  /** Of the story and of what is told beside it. */
  readonly lang?: Language;
}

/** `peyk simulate`: no database, no network. Exit 0; 1 where the files are wrong, and nothing is simulated. */
export async function simulate(options: SimulateOptions): Promise<number> {
  const simulation = await readSimulation(options);
  if (simulation === undefined) return 1;
  const { timezone: zone, calendar } = simulation.workspace.policy;
  const { lang = 'en' } = options;
  const printer = options.json === true ? new JsonPrinter() : new StoryPrinter({ zone, calendar }, lang);
  run({
    ...simulation,
    print: (line) => {
      printer.print(line);
    },
  });
  const isEmpty = printer.end();
  if (options.json === true) return 0;
  if (simulation.leftOut > 0) console.error(simulateWords[lang].leftOut(simulation.leftOut, options.events));
  if (isEmpty) console.error(simulateWords[lang].nothing(idle(simulation)));
  return 0;
}

/** What is to be simulated, and how many lines of events had to be left out. */
export type ReadSimulation = Omit<Simulation, 'print'> & { readonly leftOut: number };

/** What is to be simulated; undefined where the files are wrong, which is told. */
export async function readSimulation(options: SimulateOptions): Promise<ReadSimulation | undefined> {
  const workspace = await load(options);
  if (workspace === undefined) return undefined;
  const { timezone: zone } = workspace.policy;
  const { lang = 'en' } = options;
  const customers = report(options.customers, await readCustomersFile(options, workspace), lang);
  const read = readEvents(await readInput(options.events), workspace);
  const events = report(options.events, read, lang);
  const from = options.from === undefined ? undefined : readInstant('--from', options.from, zone);
  const until = readInstant('--until', options.until, zone);
  return {
    ...{ workspace, customers, events, from, until },
    leftOut: new Set(read.refused.map(({ line }) => line)).size,
    channelResults: readResults(options.channelResults),
    webhookResults: readWebhookResults(options.webhookResults ?? []),
    warn: (message) => {
      console.error(`${simulateWords[lang].warning}: ${translate(message, lang)}`);
    },
  };
}

/** A line each, written as they come, so that a long simulation is not kept in memory. */
class JsonPrinter {
  private block = Buffer.allocUnsafe(blockLength);
  private used = 0;
  private isEmpty = true;

  constructor() {
    writeAtOnce();
  }

  print(line: Trace): void {
    this.isEmpty = false;
    const text = `${printTraceJson(line)}\n`;
    const most = text.length * mostBytes;
    if (this.used + most > blockLength) this.write();
    if (most > blockLength) process.stdout.write(text);
    else this.used += this.block.write(text, this.used);
  }

  /** Whether nothing happened. */
  end(): boolean {
    this.write();
    return this.isEmpty;
  }

  /** Many lines at once; the stream may hold on to what it is given. */
  private write(): void {
    if (this.used === 0) return;
    process.stdout.write(this.block.subarray(0, this.used));
    this.block = Buffer.allocUnsafe(blockLength);
    this.used = 0;
  }
}

class StoryPrinter {
  private readonly lines: Trace[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly language: Language,
  ) {}

  print(line: Trace): void {
    this.lines.push(line);
  }

  end(): boolean {
    const { clock, language } = this;
    const speech = new Speech(language, clock);
    const telling = { clock, language, happened: (line: Trace) => tellHappened(line, speech) };
    if (this.lines.length > 0) process.stdout.write(`${tellStory(this.lines, telling)}\n`);
    return this.lines.length === 0;
  }
}

const blockLength = 65_536;
/** Of one UTF-16 unit in UTF-8. */
const mostBytes = 3;

/** Nothing else runs meanwhile, and what a pipe does not take at once would be kept in memory until the end. */
function writeAtOnce(): void {
  const { _handle: handle } = process.stdout as { _handle?: { setBlocking?(on: boolean): void } };
  handle?.setBlocking?.(true);
}

/** Why no line was printed, where one can tell. */
function idle({ events, from, until }: Pick<Simulation, 'events' | 'from' | 'until'>): Idle {
  return {
    events: events.length,
    late: events.filter(({ arrival }) => arrival > until).length,
    early: events.filter(({ arrival }) => from !== undefined && arrival < from).length,
  };
}

async function load(options: SimulateOptions): Promise<Workspace | undefined> {
  const { workspace, problems } = await loadDirectories(options);
  for (const problem of problems)
    if (problem.severity === 'error') console.error(tellProblem(problem, options.lang ?? 'en'));
  return workspace;
}

async function readCustomersFile(
  { customers }: SimulateOptions,
  workspace: Workspace,
): Promise<ReturnType<typeof readCustomers>> {
  return customers === undefined
    ? { accepted: [], refused: [], warnings: [] }
    : readCustomers(await readInput(customers), workspace);
}

async function readInput(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${fileReason(error)}`);
  }
}

function report<T>(file: string | undefined, { accepted, refused, warnings }: Inputs<T>, lang: Language): readonly T[] {
  const tell = (line: number, message: string): void => {
    console.error(`${file ?? ''}:${String(line)}: ${message}`);
  };
  for (const { line, place, message } of refused) tell(line, translate(`${place} ${message}`, lang));
  for (const { line, message } of warnings) tell(line, `${simulateWords[lang].warning}: ${translate(message, lang)}`);
  return accepted;
}

function readInstant(option: string, text: string, zone: string): Instant {
  const instant = parseTime(text) ?? parseDateAsMidnight(text, zone);
  if (instant !== undefined) return instant;
  const expected = 'expected an instant such as 2026-11-30T00:00:00+03:30, or a date';
  throw new UsageError(`${option} ${text}: ${expected}${jalaliSlip(text)}`);
}

/** `sms=failed`, `email=silent`. */
function readResults(texts: readonly string[]): Simulation['channelResults'] {
  const results: Partial<Record<ChannelName, 'failed' | 'silent'>> = {};
  for (const text of texts) {
    const [name, result] = text.split('=');
    const channel = channelNames.find((known) => known === name);
    if (channel === undefined || (result !== 'failed' && result !== 'silent')) {
      throw new UsageError(
        `--channel-results ${text}: expected CHANNEL=failed or CHANNEL=silent, the channel one of ${channelNames.join(', ')}`,
      );
    }
    results[channel] = result;
  }
  return results;
}

/** `call-crm=503`: what the web hook of that step answers. */
function readWebhookResults(texts: readonly string[]): NonNullable<Simulation['webhookResults']> {
  const results: Record<string, { readonly status: number }> = {};
  for (const text of texts) {
    const [, step, status] = /^([a-z0-9-]+)=([1-5]\d\d)$/.exec(text) ?? [];
    if (step === undefined) {
      throw new UsageError(`--webhook-results ${text}: expected STEP=STATUS, such as call-crm=503`);
    }
    results[step] = { status: Number(status) };
  }
  return results;
}
