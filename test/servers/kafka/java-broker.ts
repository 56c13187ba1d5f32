import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KafkaBroker, KafkaOptions } from './broker.js';
import { checkout } from './checkout.js';
import { ensureKafkaJars, runToEnd } from './jars.js';
import { freePort, listens } from './ports.js';
import { serverProperties } from './server-properties.js';
import { watchOver } from './watchdog.js';

/** The broker from the Apache Kafka jars, as a child process. Throws with a reason where Java or the jars are missing. */
export async function startJavaBroker({ port }: KafkaOptions): Promise<KafkaBroker> {
  await requireJava();
  const jars = await ensureKafkaJars();
  if (port !== undefined && (await listens(port))) throw new Error(`port ${String(port)} is in use`);
  const broker = new JavaBroker(jars, await mkdtemp(join(tmpdir(), 'peyk-kafka-')), port ?? (await freePort()));
  try {
    await broker.format();
    await broker.launch();
    return broker;
  } catch (error) {
    await broker.stop();
    throw error;
  }
}

async function requireJava(): Promise<void> {
  const { code, output } = await runToEnd('java', ['-version']);
  if (code !== 0) throw new Error(`no Java: ${output.trim()}`);
  const major = Number(/version "(\d+)/.exec(output)?.[1] ?? 0);
  if (major < 17) throw new Error(`Java 17 or newer is needed, here is ${String(major)}`);
}

class JavaBroker implements KafkaBroker {
  readonly brokers: string;
  #child: ChildProcess | undefined;
  #unwatch: () => void = () => undefined;

  constructor(
    private readonly jars: string,
    private readonly folder: string,
    private readonly port: number,
  ) {
    this.brokers = `127.0.0.1:${String(port)}`;
  }

  async format(): Promise<void> {
    const place = { port: this.port, controllerPort: await freePort(), logDir: join(this.folder, 'data') };
    await writeFile(this.#properties, serverProperties(place));
    const cluster = clusterId();
    const arguments_ = [
      ...this.#java('64m'),
      'kafka.tools.StorageTool',
      'format',
      '-t',
      cluster,
      '-c',
      this.#properties,
    ];
    const { code, output } = await runToEnd('java', arguments_);
    if (code !== 0) throw new Error(`the broker's storage could not be formatted: ${output.trim().slice(-600)}`);
  }

  async launch(): Promise<void> {
    const log = openSync(this.#log, 'a');
    const child = spawn('java', [...this.#java('512m'), 'kafka.Kafka', this.#properties], {
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    child.on('error', () => undefined);
    child.unref();
    this.#child = child;
    if (child.pid !== undefined) this.#unwatch = watchOver(child.pid, this.folder);
    await this.#untilItAnswers(child);
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    this.#unwatch();
    const child = this.#child;
    if (child === undefined || hasEnded(child)) return;
    const ended = new Promise<void>((resolve) =>
      child.once('exit', () => {
        resolve();
      }),
    );
    child.ref();
    child.kill(signal);
    await ended;
  }

  async restart(): Promise<void> {
    await this.kill('SIGKILL');
    await this.launch();
  }

  async stop(): Promise<void> {
    await this.kill('SIGKILL');
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  get #properties(): string {
    return join(this.folder, 'server.properties');
  }

  get #log(): string {
    return join(this.folder, 'broker.log');
  }

  #java(heap: string): string[] {
    const logging = `-Dlog4j2.configurationFile=${join(checkout(), 'test/servers/kafka/log4j2.properties')}`;
    return [`-Xmx${heap}`, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', logging, '-cp', join(this.jars, '*')];
  }

  async #untilItAnswers(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!(await listens(this.port))) {
      if (hasEnded(child)) throw new Error(`the broker ended while it started: ${await this.#lastWords()}`);
      if (Date.now() > deadline) throw new Error(`the broker did not listen within 60 s: ${await this.#lastWords()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #lastWords(): Promise<string> {
    return (await readFile(this.#log, 'utf8').catch(() => '')).trim().slice(-600);
  }
}

/** Never begins with a hyphen: the tool would take it for an option. */
function clusterId(): string {
  const bytes = randomBytes(16);
  bytes[0] = 0;
  return bytes.toString('base64url');
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
