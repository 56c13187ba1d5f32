import { Client } from 'pg';
import type { SessionOptions } from './data-source.js';

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

/**
 * LISTEN on one connection of its own for all channels. When it breaks it comes back, and everybody is called once:
 * notifications of the time between are lost.
 */
export class Listener {
  private readonly listeners = new Map<string, Set<() => void>>();
  private client: Client | undefined;
  private connecting: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pause = FIRST_PAUSE;
  private closed = false;

  constructor(
    private readonly session: SessionOptions,
    private readonly log: ((line: string) => void) | undefined,
  ) {}

  /** Resolves when it listens; while the database is away it resolves too, and listens as soon as it is back. */
  async listen(channel: string, heard: () => void): Promise<() => Promise<void>> {
    if (this.closed) throw new Error('the database is closed');
    const call = (): void => {
      heard();
    };
    const first = !this.listeners.has(channel);
    this.listeners.set(channel, (this.listeners.get(channel) ?? new Set()).add(call));
    if (first) await this.subscribe(channel);
    else await this.connecting;
    return () => this.stop(channel, call);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.connecting;
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(ignore);
  }

  private async stop(channel: string, call: () => void): Promise<void> {
    const calls = this.listeners.get(channel);
    if (calls?.delete(call) !== true || calls.size > 0) return;
    this.listeners.delete(channel);
    await this.tell(`unlisten ${quoted(channel)}`);
  }

  private async subscribe(channel: string): Promise<void> {
    if (this.client !== undefined) return this.tell(`listen ${quoted(channel)}`);
    if (this.timer === undefined) await this.connect();
  }

  /** A connection that cannot is lost, and the next one listens to all channels. */
  private async tell(command: string): Promise<void> {
    const { client } = this;
    await client?.query(command).catch((error: unknown) => {
      this.lost(client, error);
    });
  }

  private async connect(): Promise<void> {
    this.connecting ??= this.open().finally(() => {
      this.connecting = undefined;
    });
    await this.connecting;
  }

  private async open(): Promise<void> {
    const client = new Client(this.session);
    client.on('error', (error) => {
      this.lost(client, error);
    });
    client.on('end', () => {
      this.lost(client, 'it ended');
    });
    client.on('notification', ({ channel }) => {
      this.call(channel);
    });
    this.client = client;
    try {
      await client.connect();
      // A channel that is asked for meanwhile is in the map already.
      for (const channel of this.listeners.keys()) await client.query(`listen ${quoted(channel)}`);
      this.pause = FIRST_PAUSE;
    } catch (error) {
      this.lost(client, error);
    }
  }

  private lost(client: Client, error: unknown): void {
    if (this.client !== client) return;
    this.client = undefined;
    client.end().catch(ignore);
    if (this.closed) return;
    this.log?.(`the connection that listens broke, again in ${String(this.pause)} ms: ${String(error)}`);
    this.timer = setTimeout(() => void this.reconnect(), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  private async reconnect(): Promise<void> {
    this.timer = undefined;
    await this.connecting;
    await this.connect();
    if (this.client === undefined) return;
    for (const channel of this.listeners.keys()) this.call(channel);
  }

  private call(channel: string): void {
    for (const heard of this.listeners.get(channel) ?? []) {
      try {
        heard();
      } catch (error) {
        this.log?.(`a listener of ${channel} failed: ${String(error)}`);
      }
    }
  }
}

const ignore = (): void => undefined;

function quoted(channel: string): string {
  return `"${channel.replaceAll('"', '""')}"`;
}
