import { isPerson } from './who-clicks.js';

const chrome =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36';

function agent(name: string): boolean {
  return isPerson({ method: 'GET', headers: { 'user-agent': name } });
}

describe('a person', () => {
  it.each([
    chrome,
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    // Browsers inside apps belong to people.
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram 350.0',
    'Mozilla/5.0 (Linux; Android 13; CUBOT X50) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Telegram-Android/11.2',
    'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/400.0]',
  ])('comes with %s', (name) => {
    expect(agent(name)).toBe(true);
  });
});

describe('a program', () => {
  it.each([
    'TelegramBot (like TwitterBot)',
    'WhatsApp/2.23.20.0',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/116.0 Safari/537.36',
    'SkypeUriPreview Preview/0.5',
    'curl/8.5.0',
    'python-requests/2.32.3',
    'Go-http-client/2.0',
    '',
    ' ',
  ])('is %j', (name) => {
    expect(agent(name)).toBe(false);
  });

  it('is whoever says nothing, only asks for the head, or fetches ahead', () => {
    const visit = (method: string, headers: Record<string, string>) =>
      isPerson({ method, headers: { 'user-agent': chrome, ...headers } });
    expect(visit('GET', {})).toBe(true);
    expect(isPerson({ method: 'GET', headers: {} })).toBe(false);
    expect(visit('HEAD', {})).toBe(false);
    expect(visit('GET', { 'sec-purpose': 'prefetch;prerender' })).toBe(false);
    expect(visit('GET', { purpose: 'prefetch' })).toBe(false);
    expect(visit('GET', { 'x-moz': 'prefetch' })).toBe(false);
  });

  it('is told quickly, whatever is written', () => {
    const started = process.cpuUsage();
    expect(agent('a'.repeat(100_000))).toBe(true);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(2_000);
  });
});
