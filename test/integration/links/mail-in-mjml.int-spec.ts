import type { Mail } from '../../servers/smtp/mail.js';
import { until } from '../kafka/until.js';
import { MailShop } from './mail-shop.js';

const files = {
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

describe('an e-mail in MJML, from the event to the mailbox', () => {
  const shop = new MailShop();
  beforeAll(() => shop.open(files), 120_000);
  afterAll(() => shop.close());

  async function mailFor(data: object): Promise<Mail> {
    const before = shop.smtp.mails().length;
    await shop.knowSara();
    await shop.visit(data);
    await until('the mail', () => shop.smtp.mails().length > before);
    const mail = shop.smtp.mails()[before];
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
  });

  it('keeps a hostile name a name, in its headers and in its HTML', async () => {
    const name =
      '</mj-text><script>x</script>\r\nBcc: all@example.com\r\n\r\n{{constructor}}<mj-include path="/etc/passwd" />';
    const mail = await mailFor({ name, items: [] });
    expect(mail.headers.has('bcc')).toBe(false);
    expect(mail.to).toEqual(['sara@example.com']);
    expect(mail.html).not.toMatch(/<script|<mj-|هدیه/);
    expect(mail.html).toContain('{{constructor}}&lt;mj-include');
    expect(mail.text).toContain('{{constructor}}<mj-include');
  });

  it('starts its journey: nothing that it needs is missing', async () => {
    const rows = await shop.sql('select state from message');
    expect(rows.length).toBe(2);
    const ready = await fetch(`${shop.peyk.url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.text()).not.toContain('mjml');
  });

  it('that is broken in the files it goes out with fails by itself, and the next one leaves', async () => {
    await shop.sql(`with broken as (
        insert into bundle (hash, files)
        select 'broken', replace(files::text, '<mj-button', '<mj-include')::jsonb from bundle limit 1
        returning no)
      insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content,
        bundle, created_at)
      select id + 1, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content, no, created_at
      from (select * from message order by id limit 1) as first, broken`);
    const failed = (): Promise<{ reason: string }[]> => shop.sql(`select reason from message where state = 'failed'`);
    await until('the failure', async () => (await failed()).length === 1);
    expect((await failed())[0]?.reason).toMatch(
      /^render_error: template "offer" \(email\): \S*email\.mjml:12:9: an e-mail includes no other file;/,
    );
    expect((await mailFor({ name: 'سارا', items: [] })).subject).toBe('سلام سارا');
  });
});
