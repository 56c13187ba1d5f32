import { Command, CommanderError, Option } from 'commander';
import { languages, type Language } from '../language/language.js';
import type { ExplainOptions } from './explain.js';
import type { MergeOptions } from './merge.js';
import type { CancelOptions, Scope } from './sending.js';
import type { SchemaOptions } from './schema.js';
import type { ShowOptions } from './show.js';
import type { SimulateOptions } from './simulate.js';
import { taskCommands } from './task-commands.js';
import type { TestOptions } from './test.js';
import { UsageError } from './usage-error.js';

/** Each command loads its own code when it runs, so that `peyk check` starts no server's worth of modules. */
export function program(run: (work: () => Promise<number>) => void): Command {
  const peyk = new Command('peyk')
    .description('Customer communication: events in, journeys in YAML, the right message out, once.')
    .exitOverride()
    .showHelpAfterError('(peyk --help lists the commands)');
  forAuthors(peyk, run);
  toWriteJourneys(peyk, run);
  forOperators(peyk, run);
  toStopSending(peyk, run);
  return peyk;
}

type Run = (work: () => Promise<number>) => void;

const journeys = (): Option =>
  new Option('--journeys <dir>', 'the journey files').env('PEYK_JOURNEYS_DIR').default('journeys');
const templates = (): Option =>
  new Option('--templates <dir>', 'the templates').env('PEYK_TEMPLATES_DIR').default('templates');

const lang = (): Option =>
  new Option('--lang <language>', 'of messages').env('PEYK_LANG').choices(languages).default('en');

function forAuthors(peyk: Command, run: Run): void {
  peyk
    .command('check')
    .description('everything wrong in the files, as file:line:column: message')
    .addOption(journeys())
    .addOption(templates())
    .addOption(lang())
    .option('--watch', 'check again whenever a file changes')
    .option('--json', 'print an array of problems')
    .action((options: { journeys: string; templates: string; lang: Language; watch?: boolean; json?: boolean }) => {
      run(async () =>
        (await import('./check.js')).check(
          options.watch === true ? { ...options, signal: untilInterrupted() } : options,
        ),
      );
    });
  peyk
    .command('simulate')
    .description('run the journeys over a file of events on a virtual clock; no database, no network')
    .requiredOption('--events <file>', 'CloudEvents, one JSON object a line')
    .option('--customers <file>', 'customers, one JSON object a line')
    .addOption(journeys())
    .addOption(templates())
    .option('--from <instant>', 'events before it start nothing (default: the first arrival)')
    .requiredOption('--until <instant>', 'the last instant')
    .option('--channel-results <channel=result>', 'failed or silent, for a channel; may be repeated', gather, [])
    .option(
      '--webhook-results <step=status>',
      'what the web hook of a step answers (default: 200); may be repeated',
      gather,
      [],
    )
    .addOption(lang())
    .option('--json', 'one JSON object a line')
    .action((options: SimulateOptions) => {
      run(async () => (await import('./simulate.js')).simulate(options));
    });
}

function toWriteJourneys(peyk: Command, run: Run): void {
  const withFiles = (command: Command): Command => command.addOption(journeys()).addOption(templates());
  withFiles(peyk.command('test [name]'))
    .description('run the cases of a journey, or of all')
    .addOption(lang())
    .option('--update', 'write what happened into the cases that fail')
    .option('--junit <file>', "write JUnit's XML there")
    .option('--json', 'print the results as one JSON object')
    .action((name: string | undefined, options: TestOptions) => {
      run(async () => (await import('./test.js')).test(name, options));
    });
  withFiles(peyk.command('show <name>'))
    .description('a journey read aloud, and a picture of it (Mermaid)')
    .addOption(lang())
    .option('--json', 'print both as one JSON object')
    .action((name: string, options: ShowOptions) => {
      run(async () => (await import('./show.js')).show(name, options));
    });
  withFiles(peyk.command('schema'))
    .description('write JSON Schemas for editors, with the names that the files declare')
    .option('--out <dir>', 'where to', 'schema')
    .action((options: SchemaOptions) => {
      run(async () => (await import('./schema.js')).schema(options));
    });
  withFiles(peyk.command('new').description('something to start from').command('journey <name>'))
    .description('a journey, its template and its cases')
    .action((name: string, options: { journeys: string; templates: string }) => {
      run(async () => (await import('./new-journey.js')).newJourney(name, options));
    });
}

function forOperators(peyk: Command, run: Run): void {
  peyk
    .command('serve')
    .description('start the roles of PEYK_ROLES: api, engine, sender')
    .action(() => {
      run(async () => (await import('./serve.js')).serve({ demo: false }));
    });
  peyk
    .command('start')
    .description('serve, and on a fresh checkout show a sample day of a repair shop first (npm start)')
    .action(() => {
      run(async () => (await import('./serve.js')).serve({ demo: true }));
    });
  peyk
    .command('migrate')
    .description('bring the database of PEYK_DATABASE_URL to this version')
    .action(() => {
      run(async () => (await import('./migrate.js')).migrateDatabase());
    });
  peyk
    .command('send-event <file>')
    .description(
      'send CloudEvents from a file (a JSON object, an array or JSON Lines; - for standard input) to a running Peyk',
    )
    .option('--url <url>', 'where it serves (default: from PEYK_PUBLIC_URL, PEYK_HOST and PEYK_PORT)')
    .option('--json', 'print the answer as JSON')
    .action((file: string, options: { url?: string; json?: boolean }) => {
      run(async () => (await import('./send-event.js')).sendEvent(file, options));
    });
  peyk
    .command('channels')
    .description('which channels the policy uses, and whether each could send now; sends nothing')
    .option('--set-hooks', 'tell messengers where to bring replies (PEYK_PUBLIC_URL, PEYK_HOOK_SECRET)')
    .option('--json', 'one JSON object a line')
    .action((options: { json?: boolean; setHooks?: boolean }) => {
      run(async () => (await import('./channels.js')).channels(options));
    });
  explaining(peyk.command('explain'), run);
  merging(peyk, run);
  taskCommands(peyk.command('tasks').description('what people are to do for journeys: list, take, done'), lang, run);
  deadLetters(peyk.command('dead-letters').description('what could not be taken: list, show, replay'), run);
}

function explaining(command: Command, run: Run): void {
  command
    .description('why something happened to a customer, or did not: every rule that was asked, with what it saw')
    .option('--customer <id>', 'whom')
    .option('--journey <name>', 'this journey only')
    .option('--simulate', "from a simulation's files, and not from the database")
    .option('--events <file>', 'with --simulate: CloudEvents, one JSON object a line')
    .option('--customers <file>', 'with --simulate: customers, one JSON object a line')
    .addOption(journeys())
    .addOption(templates())
    .option('--from <instant>', 'with --simulate: events before it start nothing (default: the first arrival)')
    .option('--until <instant>', 'with --simulate: the last instant')
    .option('--channel-results <channel=result>', 'with --simulate: failed or silent; may be repeated', gather, [])
    .option('--webhook-results <step=status>', 'with --simulate: what a web hook answers; may be repeated', gather, [])
    .option('--verify', 'decide the past of some customers once more and compare; changes nothing')
    .option('--sample <number>', 'with --verify: how many customers', '200')
    .option('--seed <number>', 'with --verify: which ones, the same number takes the same (default: any)')
    .addOption(lang())
    .option('--json', 'one JSON object a line; with --verify one in all')
    .action((options: ExplainOptions) => {
      run(async () => (await import('./explain.js')).explain(options));
    });
}

function toStopSending(peyk: Command, run: Run): void {
  scoped(peyk.command('pause'), 'everything')
    .description('stop what is sent, within a second and in every process')
    .action((scope: Scope) => {
      run(async () => (await import('./sending.js')).pause(scope));
    });
  scoped(peyk.command('resume'), 'end the pause of everything; what was paused by name stays so')
    .description('let it go on')
    .action((scope: Scope) => {
      run(async () => (await import('./sending.js')).resume(scope));
    });
  cancelling(peyk.command('cancel').description('withdraw queued messages: those that fit all that is given'), run);
}

function scoped(command: Command, all: string): Command {
  return command
    .option('--journey <name>', 'what this journey sends, and who enters it')
    .option('--channel <name>', 'what leaves by this channel')
    .option('--purpose <name>', 'what is sent for this purpose')
    .option('--all', all)
    .option('--json', 'print what changed and what is paused now as JSON');
}

function cancelling(command: Command, run: Run): void {
  command
    .option('--message <id>', 'this one')
    .option('--journey <name>', 'of this journey')
    .option('--customer <id>', 'to this customer')
    .option('--channel <name>', 'by this channel')
    .option('--purpose <name>', 'for this purpose')
    .option('--template <name>', 'made of this template')
    .option('--json', 'print how many as JSON')
    .action((options: CancelOptions) => {
      run(async () => (await import('./sending.js')).cancel(options));
    });
}

function merging(peyk: Command, run: Run): void {
  peyk
    .command('merge <from> <into>')
    .description('two customers are one: what is known and what comes of <from> is of <into>')
    .addOption(lang())
    .option('--json', 'print what came of it as JSON')
    .action((from: string, into: string, options: MergeOptions) => {
      run(async () => (await import('./merge.js')).merge(from, into, options));
    });
}

function deadLetters(command: Command, run: Run): void {
  command
    .command('list', { isDefault: true })
    .option('--all', 'also those that were replayed')
    .option('--limit <number>', 'how many', '50')
    .option('--json', 'one JSON object a line')
    .action((options: { all?: boolean; limit: string; json?: boolean }) => {
      run(async () => (await import('./dead-letters.js')).listDeadLetters(options));
    });
  command.command('show <number>').action((no: string) => {
    run(async () => (await import('./dead-letters.js')).showDeadLetter(no));
  });
  command
    .command('replay <numbers...>')
    .option('--json', 'print what became of each as JSON')
    .action((numbers: string[], options: { json?: boolean }) => {
      run(async () => (await import('./dead-letters.js')).replayDeadLetters(numbers, options));
    });
}

/** Aborted by Ctrl-C: a watch ends with what it found last. */
function untilInterrupted(): AbortSignal {
  const stop = new AbortController();
  process.once('SIGINT', () => {
    stop.abort();
  });
  return stop.signal;
}

function gather(value: string, gathered: readonly string[]): readonly string[] {
  return [...gathered, value];
}

/** Exit 0 well, 1 found problems, 2 wrong usage. */
export async function main(argv: readonly string[]): Promise<number> {
  let work: Promise<number> = Promise.resolve(0);
  try {
    await program((started) => {
      work = started();
    }).parseAsync(argv);
    return await work;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    console.error(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = await main(process.argv);
