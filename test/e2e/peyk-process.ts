import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { until } from '../integration/kafka/until.js';

export const checkout = path.resolve(import.meta.dirname, '../..');

export type Env = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** `peyk …` as a process of its own, and all that it says. Variables of ours are only those that are given. */
export class PeykProcess {
  out = '';
  err = '';
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcessWithoutNullStreams;

  /** `build`: a checkout of another commit, built. */
  constructor(args: readonly string[], env: Env, cwd = checkout, build = checkout) {
    const strange = Object.entries(process.env).filter(([name]) => !name.startsWith('PEYK_'));
    this.child = spawn(process.execPath, [path.join(build, 'bin/peyk.js'), ...args], {
      cwd,
      env: { ...Object.fromEntries(strange), ...env },
    });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => (this.out += text));
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.err += text));
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code) => {
        resolve({ code, out: this.out, err: this.err });
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? NaN;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  type(input: string): void {
    this.child.stdin.end(input);
  }

  /** Where it serves, as soon as it says so; a process that ends instead fails with what it said. */
  async url(withinMs = 60_000): Promise<string> {
    const said = (): string | undefined =>
      /"url":"(http[^"]+)"/.exec(this.out)?.[1] ?? /Peyk serves on (http:[\w./:[\]]+\d)/.exec(this.out)?.[1];
    await until('an address', () => said() !== undefined || !this.running, withinMs);
    const url = said();
    if (url === undefined) throw new Error(`it ended instead of serving:\n${this.out}\n${this.err}`);
    return url;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Asks it to end; the answer tells how long that took, in milliseconds. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended & { readonly took: number }> {
    const from = performance.now();
    this.signal(signal);
    const ended = await this.ended;
    return { ...ended, took: performance.now() - from };
  }
}
