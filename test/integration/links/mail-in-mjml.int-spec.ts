import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPeyk, type RunningPeyk } from '../../../src/assembly/start-peyk.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { statement } from '../../../src/store/connection.js';
import { freshDatabase } from '../../servers/postgres/test-postgres.js';
import type { Mail } from '../../servers/smtp/mail.js';
import { FakeSmtp } from '../../servers/smtp/server.js';
import { until } from '../kafka/until.js';

const files = {
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  marketing: { consent: required }
channel_order: [email]
channels:
  email: { provider: smtp, sender: "فروشگاه <news@shop.example>" }
`,
  'journeys/events.yaml': `shop.opened:
  name: text
  items: [{ title: text, cost: money }]
  gift?: text
`,
  'journeys/offers.yaml': `journey: offers
purpose: marketing
trigger: { event: shop.opened }
entry: { again: always, while_inside: restart }
steps:
  - send: offer
`,
  'templates/offer/email.mjml': `---
subject: سلام {{trigger.name}}
---
<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text>سلام {{trigger.name}}</mj-text>
        {{#each trigger.items}}
        <mj-text>{{this.title}}: {{toman this.cost}}</mj-text>
        {{/each}}
        <mj-button href="{{link "https://shop.example/offer"}}">دیدن</mj-button>
      </mj-column>
    </mj-section>
    {{#if trigger.gift}}
    <mj-section><mj-column><mj-text>هدیه: {{trigger.gift}}</mj-text></mj-column></mj-section>
    {{/if}}
    <mj-section><mj-column><mj-text><a href="{{unsubscribe}}">لغو</a></mj-text></mj-column></mj-section>
  </mj-body>
</mjml>
`,
};

const publicUrl = 'https://links.shop.example';

describe('an e-mail in MJML, from the event to the mailbox', () => {
  const undo: (() => unknown)[] = [];
  let smtp: FakeSmtp;
  let peyk: RunningPeyk;

  beforeAll(async () => {
    const server = await freshDatabase();
    undo.push(() => server.drop());
    smtp = await new FakeSmtp().listen();
    undo.push(() => smtp.close());
    const folder = mkdtempSync(path.join(tmpdir(), 'peyk-mjml-'));
    undo.push(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const config = loadConfig({
      PEYK_PORT: '0',
      PEYK_DATABASE_URL: server.url,
      PEYK_PUBLIC_URL: publicUrl,
      PEYK_SMTP_URL: smtp.url,
      PEYK_JOURNEYS_DIR: path.join(folder, 'journeys'),
      PEYK_TEMPLATES_DIR: path.join(folder, 'templates'),
      PEYK_LOG_LEVEL: 'error',
    });
    peyk = await startPeyk(config);
    undo.push(() => peyk.stop());
  }, 120_000);
  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  });

  const send = (method: string, place: string, body: object, type = 'application/json'): Promise<Response> =>
    fetch(`${peyk.url}/v1/${place}`, { method, headers: { 'content-type': type }, body: JSON.stringify(body) });
  let visits = 0;
  async function mailFor(data: object): Promise<Mail> {
    visits += 1;
    await send('PUT', 'customers/sara', { email: 'sara@example.com', consent: { marketing: true } });
    const event = {
      specversion: '1.0',
      id: `v${String(visits)}`,
      source: '/shop',
      type: 'shop.opened',
      subject: 'sara',
    };
    const answer = await send('POST', 'events', { ...event, data }, 'application/cloudevents+json');
    expect(answer.status).toBe(202);
    await until('the mail', () => smtp.mails().length === visits);
    const mail = smtp.mails()[visits - 1];
    if (mail === undefined) throw new Error('expected a mail');
    return mail;
  }

  it('arrives as HTML and as text, with its links tracked and its way out in the headers', async () => {
    const items = [
      { title: 'کتاب', cost: 1_200_000 },
      { title: 'دفتر', cost: 300_000 },
    ];
    const mail = await mailFor({ name: 'سارا', items, gift: 'قلم' });
    const [link] = /https:\/\/links\.shop\.example\/l\/[0-9A-Za-z]{10}/.exec(mail.html) ?? [];
    const [way] = /https:\/\/links\.shop\.example\/u\/[0-9A-Za-z]{22}/.exec(mail.html) ?? [];
    expect(mail.subject).toBe('سلام سارا');
    expect(mail.headers.get('content-type')).toMatch(/^multipart\/alternative/);
    expect(mail.text.replaceAll('\r\n', '\n').trim()).toBe(
      `سلام سارا\n\nکتاب: ۱۲۰٬۰۰۰ تومان\n\nدفتر: ۳۰٬۰۰۰ تومان\n\nدیدن (${String(link)})\n\nهدیه: قلم\n\nلغو (${String(way)})`,
    );
    expect(mail.html).toMatch(/<html lang="fa" dir="rtl"[^]*<title>سلام سارا<\/title>[^]*<body lang="fa" dir="rtl"/);
    expect(mail.html).not.toMatch(/<mj|direction:ltr|peykmark|\{\{/);
    expect(mail.html).toContain(`href="${String(link)}"`);
    expect(mail.headers.get('list-unsubscribe')).toBe(`<${String(way)}>`);
    expect(mail.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(mail.raw.split('\r\n').every((line) => Buffer.byteLength(line) <= 998)).toBe(true);
  }, 60_000);

  it('keeps a hostile name a name, in its headers and in its HTML', async () => {
    const name =
      '</mj-text><script>x</script>\r\nBcc: all@example.com\r\n\r\n{{constructor}}<mj-include path="/etc/passwd" />';
    const mail = await mailFor({ name, items: [] });
    expect(mail.headers.has('bcc')).toBe(false);
    expect(mail.to).toEqual(['sara@example.com']);
    expect(mail.html).not.toMatch(/<script|<mj-|هدیه/);
    expect(mail.html).toContain('{{constructor}}&lt;mj-include');
    expect(mail.text).toContain('{{constructor}}<mj-include');
  }, 60_000);

  it('starts its journey: nothing that it needs is missing', async () => {
    const rows = await peyk.database.run(statement<{ state: string }>('', 'select state from message'));
    expect(rows.length).toBe(2);
    const ready = await fetch(`${peyk.url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.text()).not.toContain('mjml');
  });

  it('that is broken in the files it goes out with fails by itself, and the next one leaves', async () => {
    const sql = <Row>(text: string): Promise<Row[]> => peyk.database.run(statement<Row>('', text));
    await sql(`with broken as (
        insert into bundle (hash, files)
        select 'broken', replace(files::text, '<mj-button', '<mj-include')::jsonb from bundle limit 1
        returning no)
      insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content,
        bundle, created_at)
      select id + 1, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content, no, created_at
      from (select * from message order by id limit 1) as first, broken`);
    const failed = (): Promise<{ reason: string }[]> => sql(`select reason from message where state = 'failed'`);
    await until('the failure', async () => (await failed()).length === 1);
    expect((await failed())[0]?.reason).toMatch(
      /^render_error: template "offer" \(email\): \S*email\.mjml:12:9: an e-mail includes no other file;/,
    );
    expect((await mailFor({ name: 'سارا', items: [] })).subject).toBe('سلام سارا');
  }, 60_000);
});
