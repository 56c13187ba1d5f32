import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import path from 'node:path';

const HOUR = 3_600_000;
/** As long as Kavenegar knows a message; a doubt is asked about for less. */
const KEPT_FOR = 12 * HOUR;

/**
 * What a mailbox holds, in files of the data folder: a line for each message, written before it is shown. A message whose
 * line is there has arrived, whatever became of the process, and is shown by nobody a second time. One file an hour, each
 * only appended to, so that several processes may share a folder; those that are too old are removed.
 */
export class MailboxMemory {
  private readonly files = new Map<string, KeptFile>();

  /** The folder is made when the first message comes. */
  constructor(
    private readonly folder: string,
    private readonly now: () => number = Date.now,
  ) {}

  has(id: number): boolean {
    this.readOn();
    // The newest word on it counts.
    return [...this.files.keys()].sort().reduce((held, name) => this.files.get(name)?.held.get(id) ?? held, false);
  }

  /** Throws where it cannot be written; then nothing is remembered. */
  keep(id: number, text: string): void {
    this.append({ id, at: new Date(this.now()).toISOString(), text });
  }

  /** It could not be shown after all. */
  drop(id: number): void {
    this.append({ id, at: new Date(this.now()).toISOString(), dropped: true });
  }

  private append(line: Line): void {
    mkdirSync(this.folder, { recursive: true });
    const name = `${new Date(this.now()).toISOString().slice(0, 13)}.jsonl`;
    if (!this.files.has(name)) this.forget();
    // The break in front ends a line that a process died within.
    appendFileSync(path.join(this.folder, name), `\n${JSON.stringify(line)}\n`, { mode: 0o600 });
  }

  private readOn(): void {
    for (const name of this.names()) {
      const file = this.files.get(name) ?? { held: new Map<number, boolean>(), read: 0 };
      this.files.set(name, file);
      readRest(path.join(this.folder, name), file);
    }
  }

  private forget(): void {
    for (const name of this.names()) {
      const ended = Date.parse(`${name.slice(0, 13)}:00:00Z`) + HOUR;
      if (ended + KEPT_FOR >= this.now()) continue;
      rmSync(path.join(this.folder, name), { force: true });
      this.files.delete(name);
    }
  }

  private names(): readonly string[] {
    try {
      return readdirSync(this.folder).filter((name) => /^\d{4}-\d\d-\d\dT\d\d\.jsonl$/.test(name));
    } catch {
      return [];
    }
  }
}

interface Line {
  readonly id: number;
  readonly at: string;
  readonly text?: string;
  readonly dropped?: true;
}

interface KeptFile {
  /** By message: whether it is in the mailbox. */
  readonly held: Map<number, boolean>;
  /** How many bytes have been read: whole lines. */
  read: number;
}

/** Reads the lines that have been appended since. */
function readRest(name: string, file: KeptFile): void {
  const opened = openSync(name, 'r');
  try {
    const rest = Buffer.alloc(fstatSync(opened).size - file.read);
    const length = rest.length === 0 ? 0 : readSync(opened, rest, 0, rest.length, file.read);
    const whole = rest.subarray(0, length).lastIndexOf(0x0a) + 1;
    for (const text of rest.subarray(0, whole).toString('utf8').split('\n')) note(text, file.held);
    file.read += whole;
  } finally {
    closeSync(opened);
  }
}

function note(text: string, held: Map<number, boolean>): void {
  const line = read(text);
  if (line !== undefined) held.set(line.id, line.dropped !== true);
}

/** Undefined for the piece of a line that a process died within: its message was not shown. */
function read(text: string): Line | undefined {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
