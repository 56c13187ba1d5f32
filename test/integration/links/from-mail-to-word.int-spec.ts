import type { Mail } from '../../servers/smtp/mail.js';
import { until } from '../kafka/until.js';
import { MailShop, publicUrl } from './mail-shop.js';

const files = {
  'journeys/events.yaml': 'shop.opened: { offer: text }\n',
  'journeys/offers.yaml': `journey: offers
purpose: marketing
trigger: { event: shop.opened }
entry: { again: always, while_inside: restart }
steps:
  - send: offer
  - wait_for: message.clicked
    at_most: 1 day
    save_as: clicked
  - send: thanks
`,
  'templates/offer/email.hbs': `---
subject: پیشنهاد {{trigger.offer}}
---
<p>سلام</p><p><a href="{{link "https://shop.example/پیشنهاد?a=1&b=2"}}">دیدن</a></p><p><a href="{{unsubscribe}}">لغو</a></p>
`,
  'templates/thanks/email.hbs': '---\nsubject: ممنون\n---\n<p>ممنون</p>\n',
};

const person = { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36' };

function addressIn(mail: Mail | undefined, pattern: RegExp): string {
  const [found] = pattern.exec(mail?.html ?? '') ?? [];
  if (found === undefined) throw new Error(`no ${String(pattern)} in ${String(mail?.html)}`);
  return found;
}

describe('an e-mail with links, from its journey to the word of its reader', () => {
  const shop = new MailShop();
  const { smtp } = shop;
  beforeAll(() => shop.open(files), 120_000);
  afterAll(() => shop.close());

  const local = (url: string): string => url.replace(publicUrl, shop.peyk.url);
  const visit = (): Promise<void> => shop.visit({ offer: 'یلدا' });

  it('goes all the way', async () => {
    await shop.knowSara();
    await visit();
    await until('the offer', () => smtp.mails().length === 1);
    const [mail] = smtp.mails();
    const link = addressIn(mail, /https:\/\/links\.shop\.example\/l\/[0-9A-Za-z]{10}/);
    const way = addressIn(mail, /https:\/\/links\.shop\.example\/u\/[0-9A-Za-z]{22}/);
    expect(mail?.text).toContain(link);
    expect(mail?.headers.get('list-unsubscribe')).toBe(`<${way}>`);
    expect(mail?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');

    // The program that makes a preview goes first, and wakes nobody.
    await fetch(local(link), { redirect: 'manual', headers: { 'user-agent': 'TelegramBot (like TwitterBot)' } });
    const clicked = await fetch(local(link), { redirect: 'manual', headers: person });
    expect(clicked.status).toBe(302);
    expect(clicked.headers.get('location')).toBe(
      'https://shop.example/%D9%BE%DB%8C%D8%B4%D9%86%D9%87%D8%A7%D8%AF?a=1&b=2',
    );
    await until('the thanks', () => smtp.mails().length === 2);
    expect(smtp.mails()[1]?.subject).toBe('ممنون');
    expect(await shop.sql(`select data from event where type = 'message.clicked'`)).toEqual([
      { data: { message_id: expect.any(String) as string, journey: 'offers', template: 'offer', channel: 'email' } },
    ]);

    // What looks into mails opens the address, and ends nothing.
    expect((await fetch(local(way), { headers: person })).status).toBe(200);
    await visit();
    await until('the next offer', () => smtp.mails().length === 3);

    // One click in a mail program.
    const done = await fetch(local(way), {
      method: 'POST',
      headers: { ...person, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(done.status).toBe(200);
    expect(await shop.sql('select closed from customer')).toEqual([{ closed: { marketing: ['email'] } }]);
    await visit();
    await until('the last visit', async () => (await shop.sql(`select from event where id = 'v3'`)).length === 1);
    // The third is written down as sent; a fourth would be here by now.
    await until(
      'the last settlement',
      async () => (await shop.sql(`select from message where state = 'sent'`)).length === 3,
    );
    expect(await shop.sql(`select from message where state <> 'sent'`)).toEqual([]);
    expect(smtp.mails()).toHaveLength(3);
  });
});
