import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { request } from 'undici';
import type { Config } from '../config/config.js';
import { readEnvironment } from '../config/read-environment.js';
import { fileReason } from '../workspace/file-reason.js';
import { UsageError } from './usage-error.js';

const BATCH = 500;

interface Answer {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly Rejected[];
  /** Absent where there are none. */
  readonly warnings?: readonly Warned[];
}

/** Which event of a request, then of the file. */
interface Placed {
  readonly index: number;
  readonly id?: string;
  /** Where it stands in a file of JSON Lines. */
  readonly line?: number;
}

interface Rejected extends Placed {
  readonly errors: readonly { readonly place: string; readonly message: string }[];
}

interface Warned extends Placed {
  readonly messages: readonly string[];
}

/** `peyk send-event FILE`: events to a running Peyk, in batches, with its answers. 1 where some were refused. */
export async function sendEvent(
  file: string,
  options: { readonly url?: string; readonly json?: boolean },
): Promise<number> {
  const config = readEnvironment();
  const url = readUrl(options.url) ?? config.publicUrl ?? ownUrl(config);
  const { events, lines } = parse(await read(file), file);
  const total = { accepted: 0, duplicates: 0, rejected: [] as Rejected[], warnings: [] as Warned[] };
  for (let from = 0; from < events.length; from += BATCH) {
    const answer = await send(url, config, events.slice(from, from + BATCH));
    total.accepted += answer.accepted;
    total.duplicates += answer.duplicates;
    total.rejected.push(...answer.rejected.map((one) => placed(one, one.index + from, lines)));
    total.warnings.push(...(answer.warnings ?? []).map((one) => placed(one, one.index + from, lines)));
  }
  print(total, file, options.json === true);
  return total.rejected.length > 0 ? 1 : 0;
}

function placed<One extends Placed>(one: One, index: number, lines: Events['lines']): One {
  const line = lines?.[index];
  return { ...one, index, ...(line !== undefined && { line }) };
}

function readUrl(given: string | undefined): string | undefined {
  if (given === undefined || /^https?:$/.test(protocolOf(given))) return given?.replace(/\/+$/, '');
  throw new UsageError(`--url ${given}: expected where Peyk serves, such as http://127.0.0.1:3000`);
}

/** "" of what is no URL. */
function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

function ownUrl({ host, port }: Config): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

async function read(file: string): Promise<string> {
  try {
    return file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${fileReason(error)}`);
  }
}

interface Events {
  readonly events: readonly unknown[];
  /** The line of each, from 1, where the file has one a line. */
  readonly lines: readonly number[] | undefined;
}

/** One object, an array, or an object a line. Throws UsageError, also where there is none at all. */
function parse(source: string, file: string): Events {
  const read = parseWhole(source) ?? parseLines(source, file);
  if (read.events.length === 0) throw new UsageError(`${file} is empty: there is no event to send`);
  return read;
}

function parseWhole(source: string): Events | undefined {
  try {
    const whole: unknown = JSON.parse(source);
    return { events: Array.isArray(whole) ? whole : [whole], lines: undefined };
  } catch {
    return undefined;
  }
}

function parseLines(source: string, file: string): Events {
  const filled = source.split('\n').flatMap((text, at) => (text.trim() === '' ? [] : [{ text, line: at + 1 }]));
  return {
    events: filled.map(({ text, line }) => parseLine(text, `${file}:${String(line)}`)),
    lines: filled.map(({ line }) => line),
  };
}

function parseLine(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new UsageError(`${place}: is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function send(url: string, { apiKeys }: Config, events: readonly unknown[]): Promise<Answer> {
  const key = apiKeys[0];
  const headers = {
    'content-type': 'application/cloudevents-batch+json',
    ...(key && { authorization: `Bearer ${key}` }),
  };
  const response = await request(`${url}/v1/events`, { method: 'POST', headers, body: JSON.stringify(events) }).catch(
    (error: unknown) => {
      throw new Error(
        `nothing answers at ${url}: ${error instanceof Error ? error.message : String(error)}. Start it with \`npm start\`, or give --url.`,
      );
    },
  );
  const body = await response.body.text();
  const answer = readAnswer(body);
  if (answer !== undefined) return answer;
  throw new Error(
    `${url} answered ${String(response.statusCode)}: ${body.slice(0, 500)}. What was sent counts once: send all of it again once that is mended.`,
  );
}

function readAnswer(body: string): Answer | undefined {
  try {
    const answer = JSON.parse(body) as Partial<Answer> | null;
    return Array.isArray(answer?.rejected) ? (answer as Answer) : undefined;
  } catch {
    return undefined;
  }
}

function print({ accepted, duplicates, rejected, warnings = [] }: Answer, file: string, json: boolean): void {
  if (json) {
    console.log(JSON.stringify({ accepted, duplicates, rejected, ...(warnings.length > 0 && { warnings }) }));
    return;
  }
  for (const one of warnings) {
    for (const message of one.messages) console.error(`${nameOf(one, file)}: warning: ${message}`);
  }
  for (const one of rejected) {
    for (const { place, message } of one.errors) console.error(`${nameOf(one, file)}: ${place} ${message}`);
  }
  console.log(`${String(accepted)} accepted, ${String(duplicates)} seen before, ${String(rejected.length)} refused`);
}

/** `events.jsonl:3 (the-id)`, as `simulate` names lines; in an array `event 2 (the-id)`, counted from 0 as the answer does. */
function nameOf({ index, line, id }: Placed, file: string): string {
  const place = line === undefined ? `event ${String(index)}` : `${file}:${String(line)}`;
  return id === undefined ? place : `${place} (${id})`;
}
