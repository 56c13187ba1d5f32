import { openDatabase } from '../assembly/open-database.js';
import { secretsOf } from '../config/config.js';
import { readEnvironment } from '../config/read-environment.js';
import { pauseText, type Pause } from '../domain/pause.js';
import { printInstant } from '../domain/time/instant.js';
import { createLog } from '../ops/log.js';
import { pausesOf, SendingControl, type Changed, type UnknownNames } from '../ops/sending-control.js';
import { loadDirectories } from '../workspace/load-directories.js';
import { UsageError } from './usage-error.js';

export interface Scope {
  readonly all?: boolean;
  readonly journey?: string;
  readonly channel?: string;
  readonly purpose?: string;
  readonly json?: boolean;
}

export interface CancelOptions extends Omit<Scope, 'all'> {
  readonly message?: string;
  readonly customer?: string;
  readonly template?: string;
}

/** `peyk pause`: in force in every process within a second. */
export function pause(scope: Scope): Promise<number> {
  const wanted = wantedOf(scope);
  return withControl(async (control) =>
    tell(await control.pause(wanted, 'by the command line'), wanted, scope, 'paused'),
  );
}

/** `peyk resume`: what is named goes on; other pauses stay. */
export function resume(scope: Scope): Promise<number> {
  const wanted = wantedOf(scope);
  return withControl(async (control) => tell(await control.resume(wanted), wanted, scope, 'going on'));
}

/** `peyk cancel`: withdraws what is queued of all that is named. 1 where the one message asked for cannot be withdrawn, or there is no such customer. */
export function cancel(options: CancelOptions): Promise<number> {
  const { message, json, ...rest } = options;
  if (Object.keys({ ...rest, ...(message && { message }) }).length === 0)
    throw new UsageError('say what: --message, --journey, --customer, --channel, --purpose or --template');
  const selection = message === undefined ? rest : { ...rest, message: idOf(message) };
  return withControl(async (control) => {
    const outcome = await control.cancel(selection);
    switch (outcome.kind) {
      case 'unknown':
        return refuse(outcome);
      case 'not_found':
        return fail(`there is no message ${message ?? ''}; \`peyk explain --customer ID\` lists a customer's`);
      case 'nobody':
        return fail(outcome.message);
      case 'other':
        return fail(`message ${message ?? ''} is none of those that the other options name; nothing is withdrawn`);
      case 'closed':
        return fail(`message ${message ?? ''} is ${outcome.state}, and not queued any more`);
      case 'done':
        console.log(json === true ? asJson(outcome) : asLine(outcome));
        return 0;
    }
  });
}

function wantedOf({ all, ...names }: Scope): readonly Pause[] {
  const wanted: Pause[] = [...(all === true ? [{ kind: 'all', name: '' } as const] : []), ...pausesOf(names)];
  if (wanted.length === 0) throw new UsageError('say what: --journey, --channel, --purpose or --all');
  return wanted;
}

function idOf(text: string): number {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(id)) return id;
  throw new UsageError(`expected the id of a message, got ${text}`);
}

/** Also where the files are broken just now: then what they would know is taken as it is given. */
async function withControl(work: (control: SendingControl) => Promise<number>): Promise<number> {
  const config = readEnvironment({ PEYK_LOG_LEVEL: 'warn' });
  const log = createLog({ level: config.logLevel, secrets: secretsOf(config) }, process.stderr);
  const { workspace } = await loadDirectories({ journeys: config.journeysDir, templates: config.templatesDir });
  const opened = await openDatabase(config, log);
  try {
    return await work(new SendingControl(opened.database, workspace));
  } finally {
    await opened.close();
  }
}

function tell(outcome: Changed | UnknownNames, wanted: readonly Pause[], { json }: Scope, now: string): number {
  if (outcome.kind === 'unknown') return refuse(outcome);
  const { changed, paused } = outcome;
  if (json === true) {
    const items = paused.map(({ since, ...rest }) => ({ ...rest, since: printInstant(since) }));
    console.log(JSON.stringify({ changed, paused: items }));
    return 0;
  }
  for (const one of wanted) {
    const isNew = changed.some(({ kind, name }) => kind === one.kind && name === one.name);
    console.log(`${pauseText(one)}: ${isNew ? now : `was ${now} already`}`);
  }
  const names = paused.map(pauseText).join(', ');
  console.log(paused.length === 0 ? 'nothing is paused' : `paused now: ${names}`);
  return 0;
}

function asJson({ withdrawn, underWay }: { readonly withdrawn: number; readonly underWay: number }): string {
  return JSON.stringify({ withdrawn, under_way: underWay });
}

function asLine({ withdrawn, underWay }: { readonly withdrawn: number; readonly underWay: number }): string {
  const beside = `; ${String(underWay)} being sent just now may arrive, and will not be tried again`;
  return `${String(withdrawn)} withdrawn${underWay === 0 ? '' : beside}`;
}

function refuse({ problems }: UnknownNames): number {
  for (const { message } of problems) console.error(message);
  return 2;
}

function fail(message: string): number {
  console.error(message);
  return 1;
}
