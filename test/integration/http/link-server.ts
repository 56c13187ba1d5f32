import { request } from 'node:http';
import { statement } from '../../../src/store/connection.js';
import { putCustomer } from '../../../src/store/customers/put-customer.js';
import { runningApp, type RunningApp } from './running-app.js';

export const target = 'https://shop.example/%D8%B3?a=1&b=2';
export const code = 'aB3dE6gH9j';
export const token = 'aB3dE6gH9jaB3dE6gH9jaB';

export interface KeptEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly customer_id: string;
  readonly data: object;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const chrome =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36';

/** A server with one short link and one address where a customer wants no more. */
export class LinkServer {
  private constructor(readonly app: RunningApp) {}

  static async open(): Promise<LinkServer> {
    const app = await runningApp({ PEYK_API_KEYS: 'key-that-is-long-enough' });
    await putCustomer(app.database, 'c1', {});
    return new LinkServer(app);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  sql<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.app.database.run(statement<Row>('', text), values);
  }

  async reset(): Promise<void> {
    await this.sql('truncate link, pending_event, event');
    await this.addLink(code);
    await this.sql(`insert into link values ($1, null, 43, 'c1', 'news', 'letter', 'marketing', 'email', now())`, [
      token,
    ]);
  }

  async addLink(to: string): Promise<void> {
    await this.sql(`insert into link values ($1, $2, 42, 'c1', 'repair', 'ready', 'service', 'sms', now())`, [
      to,
      target,
    ]);
  }

  clicks(): Promise<KeptEvent[]> {
    return this.sql('select id, source, type, customer_id, data from pending_event order by no');
  }

  withdrawals(): Promise<KeptEvent[]> {
    return this.sql(`select id, source, type, customer_id, data from event where type = 'consent.withdrawn'`);
  }

  /** Byte for byte as it is written, which `fetch` would put right first; from a person's telephone. */
  ask(path: string, { method = 'GET', headers = {}, body = '' } = {}): Promise<Answer> {
    const { hostname, port } = new URL(this.app.url);
    const how = { hostname, port, path, method, headers: { 'user-agent': chrome, ...headers } };
    return new Promise((resolve, reject) => {
      const asking = request(how, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => {
          const text = Buffer.concat(pieces).toString('utf8');
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        });
      });
      asking.on('error', reject);
      asking.end(body);
    });
  }
}
