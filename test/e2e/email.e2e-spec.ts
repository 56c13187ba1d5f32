import { jest } from '@jest/globals';
import { until } from '../integration/kafka/until.js';
import { get, post, put, received } from './shop.js';
import { World } from './world.js';

jest.setTimeout(180_000);

const world = new World();
afterEach(() => world.end());

describe('an e-mail', () => {
  it('arrives right to left, with its Persian subject and both texts', async () => {
    const smtp = await world.smtp();
    const { url } = await world.serve({ PEYK_SMTP_URL: smtp.url, ...(await world.kavenegar()).env });
    await put(url, 'c1', { name: 'سارا', email: 'sara@example.com' });
    expect(await post(url, [received('c1', 'r-7')])).toMatchObject({ status: 202 });
    await until('the mail', () => smtp.mails().length === 1);
    const [mail] = smtp.mails();
    expect(mail?.to).toEqual(['sara@example.com']);
    expect(mail?.subject).toBe('iPhone 13 شما به دست ما رسید');
    expect(mail?.html).toMatch(/dir="rtl"/);
    expect(mail?.html).toContain('سارا عزیز، سلام!');
    expect(mail?.html).toContain('<bdi>r-7</bdi>');
    expect(mail?.text).toContain('iPhone 13 شما را تحویل گرفتیم');
    expect(mail?.text).not.toContain('<');
  });

  it('goes out where Kavenegar has blocked the number', async () => {
    const { fake, env } = await world.kavenegar({ blocked: ['09121234567'] });
    const smtp = await world.smtp();
    const { url } = await world.serve({ ...env, PEYK_SMTP_URL: smtp.url });
    await put(url, 'c1', { name: 'سارا', phone: '09121234567', email: 'sara@example.com' });
    await post(url, [received('c1')]);
    await until('the mail', () => smtp.mails().length === 1);
    expect(fake.sent()).toEqual([]);
    await until('its record', async () =>
      (await get(`${url}/v1/messages?customer=c1&state=sent`)).text.includes('"channel":"email"'),
    );
    expect(smtp.mails()).toHaveLength(1);
  });
});
