import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPeyk, type RunningPeyk } from '../../../src/assembly/start-peyk.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { statement } from '../../../src/store/connection.js';
import { freshDatabase } from '../../servers/postgres/test-postgres.js';
import { FakeSmtp } from '../../servers/smtp/server.js';

export const publicUrl = 'https://links.shop.example';

/** A shop whose offers go by mail. */
const shared = {
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  marketing: { consent: required }
channel_order: [email]
channels:
  email: { provider: smtp, sender: "فروشگاه <news@shop.example>" }
`,
};

/** Peyk as it is served, in front of a mail server that keeps what it is given; for the tests of one file. */
export class MailShop {
  private visits = 0;

  private readonly undo: (() => unknown)[] = [];
  private started: RunningPeyk | undefined;
  readonly smtp = new FakeSmtp();

  get peyk(): RunningPeyk {
    if (this.started === undefined) throw new Error('expected an open shop');
    return this.started;
  }

  async open(files: Readonly<Record<string, string>>): Promise<void> {
    const server = await freshDatabase();
    this.undo.push(() => server.drop());
    await this.smtp.listen();
    this.undo.push(() => this.smtp.close());
    const folder = writtenOut({ ...shared, ...files });
    this.undo.push(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const config = loadConfig({
      PEYK_PORT: '0',
      PEYK_DATABASE_URL: server.url,
      PEYK_PUBLIC_URL: publicUrl,
      PEYK_SMTP_URL: this.smtp.url,
      PEYK_JOURNEYS_DIR: path.join(folder, 'journeys'),
      PEYK_TEMPLATES_DIR: path.join(folder, 'templates'),
      PEYK_LOG_LEVEL: 'error',
    });
    this.started = await startPeyk(config);
    this.undo.push(() => this.started?.stop());
  }

  async close(): Promise<void> {
    for (const step of this.undo.reverse()) await step();
  }

  send(method: string, place: string, body: object, type = 'application/json'): Promise<Response> {
    const headers = { 'content-type': type };
    return fetch(`${this.peyk.url}/v1/${place}`, { method, headers, body: JSON.stringify(body) });
  }

  /** Sara, who wants offers. */
  async knowSara(): Promise<void> {
    await this.send('PUT', 'customers/sara', { email: 'sara@example.com', consent: { marketing: true } });
  }

  /** Sara opens the shop; the visits are v1, v2 and so on. */
  async visit(data: object): Promise<void> {
    this.visits += 1;
    const id = `v${String(this.visits)}`;
    const event = { specversion: '1.0', id, source: '/shop', type: 'shop.opened', subject: 'sara', data };
    const answer = await this.send('POST', 'events', event, 'application/cloudevents+json');
    expect(answer.status).toBe(202);
  }

  sql<Row>(text: string): Promise<Row[]> {
    return this.peyk.database.run(statement<Row>('', text));
  }
}

function writtenOut(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'peyk-mails-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}
