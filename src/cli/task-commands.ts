import { Option, type Command } from 'commander';
import type { DoneOptions, TakeOptions, TaskListOptions } from './tasks.js';

type Run = (work: () => Promise<number>) => void;
type Lang = () => Option;

/** `peyk tasks`: list (the default), take, done. `lang` makes the option of that name. */
export function taskCommands(command: Command, lang: Lang, run: Run): void {
  listing(command.command('list', { isDefault: true }), lang, run);
  taking(command.command('take <id>'), lang, run);
  finishing(command.command('done <id>'), lang, run);
}

function listing(command: Command, lang: Lang, run: Run): void {
  command
    .description('the most urgent first; of what is done the last first')
    .option('--assign-to <name>', 'of this person or desk')
    .addOption(new Option('--state <state>', 'only these (default: open and taken)').choices(['open', 'taken', 'done']))
    .option('--limit <number>', 'how many, 500 at most', '50')
    .addOption(lang())
    .option('--json', 'one JSON object a line')
    .action((options: TaskListOptions) => {
      run(async () => (await import('./tasks.js')).listTasks(options));
    });
}

function taking(command: Command, lang: Lang, run: Run): void {
  command
    .description('take a task on, so that nobody else does')
    .requiredOption('--by <name>', 'who takes it')
    .addOption(lang())
    .option('--json', 'print the task as JSON')
    .action((id: string, options: TakeOptions) => {
      run(async () => (await import('./tasks.js')).takeTask(id, options));
    });
}

function finishing(command: Command, lang: Lang, run: Run): void {
  command
    .description('say what came of a task; the journey that waits for it goes on')
    .requiredOption('--result <result>', "one of the task's results")
    .option('--by <name>', 'who has done it')
    .addOption(lang())
    .option('--json', 'print the task as JSON')
    .action((id: string, options: DoneOptions) => {
      run(async () => (await import('./tasks.js')).finishTask(id, options));
    });
}
