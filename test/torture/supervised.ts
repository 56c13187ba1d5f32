import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { CrashPoint } from '../../src/crash-points.js';
import { checkout } from '../servers/kafka/checkout.js';
import { pause, until } from './until.js';

/** Where the next life ends by itself: `call.made:2`. */
export type CrashOrder = `${CrashPoint}:${string}`;

const RESTART_AFTER_MS = 100;
const MOST_WORDS = 200;

const running = new Set<Supervised>();

/** Ends every process that is still there: for the way out of a failure. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((peyk) => peyk.stop()));
}

/** A peyk of the test build in a process of its own, started again whenever it ends, as a supervisor does. */
export class Supervised {
  /** Orders of the coming lives, one each; a life without one goes on until it is killed. */
  readonly orders: CrashOrder[] = [];
  /** The orders that were obeyed. */
  readonly obeyed: CrashOrder[] = [];
  lives = 0;
  url: string | undefined;
  /** Where the life under way is to end. */
  order: CrashOrder | undefined;
  private servesSince = 0;
  /** Whether somebody has killed the life under way from outside. */
  private fate = { struck: false };
  private child: ChildProcess | undefined;
  private running: Promise<void> | undefined;
  private stopping = false;
  private readonly said: string[] = [];

  constructor(
    readonly name: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  start(): void {
    running.add(this);
    this.running ??= this.live();
  }

  /** Gives the order of the life under way, as soon as it serves. */
  async untilItServes(): Promise<void> {
    await until(`${this.name} serves`, () => this.url !== undefined || this.lastWords(), 60_000);
  }

  /** How long the life under way has served; undefined while it does not. */
  get servedMs(): number | undefined {
    return this.url === undefined ? undefined : Date.now() - this.servesSince;
  }

  signal(signal: NodeJS.Signals): void {
    if (signal === 'SIGKILL') this.fate.struck = true;
    this.child?.kill(signal);
  }

  /** Ends it for good: asks, and after 20 s kills. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    const hurry = setTimeout(() => {
      this.signal('SIGKILL');
    }, 20_000);
    await this.running;
    clearTimeout(hurry);
    running.delete(this);
  }

  lastWords(): string {
    return this.said.slice(-8).join('\n');
  }

  private async live(): Promise<void> {
    while (!this.stopping) {
      await this.liveOnce(this.orders.shift());
      await pause(RESTART_AFTER_MS);
    }
  }

  private async liveOnce(order: CrashOrder | undefined): Promise<void> {
    this.lives += 1;
    this.order = order;
    const fate: { struck: boolean } = { struck: false };
    this.fate = fate;
    const env = {
      PATH: process.env['PATH'] ?? '',
      ...this.env,
      ...(order === undefined ? {} : { PEYK_CRASH_AT: order }),
    };
    const child = spawn(process.execPath, [join(checkout(), 'dist/test/torture/peyk.js')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.hear(text);
      });
    const signal = await new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('close', (_, by) => {
        resolve(by);
      }),
    );
    this.url = undefined;
    if (order === undefined || fate.struck) return;
    if (signal === 'SIGKILL') this.obeyed.push(order);
    else this.orders.unshift(order);
  }

  private hear(text: string): void {
    this.said.push(...text.trimEnd().split('\n'));
    this.said.splice(0, this.said.length - MOST_WORDS);
    if (this.url !== undefined) return;
    this.url = /"url":"(http[^"]+)"/.exec(text)?.[1];
    this.servesSince = Date.now();
  }
}
