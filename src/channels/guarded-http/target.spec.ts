import { targetOf } from './target.js';

const allowed = new Set(['crm.internal', '10.1.2.3', '[::1]', 'ops.internal:8443', 'app.internal:443']);

describe('the address of a call', () => {
  it.each(['https://example.com/hook?x=1', 'http://example.com', 'https://8.8.8.8/', 'https://[2606:4700::1111]/'])(
    'may be %s',
    (url) => {
      expect(targetOf(url, allowed)).toMatchObject({ kind: 'target', isAllowed: false });
    },
  );

  it.each([
    'http://crm.internal/x',
    'http://CRM.internal:9/x',
    'http://10.1.2.3/',
    // The same address in other forms.
    'http://167838211/',
    'http://[::1]:80/',
    'https://ops.internal:8443/',
    'https://app.internal/',
  ])('may be %s, which is allowed by name', (url) => {
    expect(targetOf(url, allowed)).toMatchObject({ kind: 'target', isAllowed: true });
  });

  it.each([
    ['', /no URL/],
    ['example.com/hook', /no URL/],
    ['//example.com', /no URL/],
    ['ftp://example.com', /begins with ftp:/],
    ['file:///etc/passwd', /begins with file:/],
    ['gopher://127.0.0.1:6379/_FLUSHALL', /begins with gopher:/],
    ['javascript:alert(1)', /begins with javascript:/],
    ['data:text/plain,x', /begins with data:/],
    ['https://user@example.com', /a user or a password/],
    ['https://:secret@example.com', /a user or a password/],
    ['https://example.com@127.0.0.1/', /a user or a password/],
    ['https://exam\nple.com', /control character/],
    ['https://example.com/\r\nHost: evil', /control character/],
    ['https://example.com/\tx', /control character/],
    [' https://example.com', /a space/],
    ['https://example.com/a b', /a space/],
    ['http://127.0.0.1/', /not on the internet/],
    ['http://127.1/', /not on the internet/],
    ['http://2130706433/', /not on the internet/],
    ['http://0x7f000001/', /not on the internet/],
    ['http://0x7f.0x0.0x0.0x1/', /not on the internet/],
    ['http://017700000001/', /not on the internet/],
    ['http://0177.0.0.1/', /not on the internet/],
    ['http://127.0.0.1./', /not on the internet/],
    ['http://①②⑦.⓪.⓪.①/', /not on the internet/],
    ['http://１２７.0.0.1/', /not on the internet/],
    ['http://127。0。0。1/', /not on the internet/],
    ['http:\\\\127.0.0.1\\x', /not on the internet/],
    ['http:127.0.0.1', /not on the internet/],
    ['http://0/', /not on the internet/],
    ['http://169.254.169.254/latest/meta-data/', /not on the internet/],
    ['http://10.1.2.4/', /not on the internet/],
    ['http://[::]/', /not on the internet/],
    ['http://[::ffff:127.0.0.1]/', /not on the internet/],
    ['http://[::ffff:7f00:1]/', /not on the internet/],
    ['http://[0:0:0:0:0:ffff:127.0.0.1]/', /not on the internet/],
    ['http://[64:ff9b::127.0.0.1]/', /not on the internet/],
    ['http://[2002:7f00:1::]/', /not on the internet/],
    ['http://[fd00::1]/', /not on the internet/],
    ['http://[fe80::1%25eth0]/', /no URL/],
    ['http://256.256.256.256/', /no URL/],
    ['http://example.com:99999/', /no URL/],
    ['http://ops.internal.10.0.0.1/', /no URL/],
  ])('is not %j', (url, why) => {
    expect(targetOf(url, allowed)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(why) as string });
  });

  it('that is allowed with a port is allowed with that port only', () => {
    // Its name is judged by what it resolves to.
    expect(targetOf('https://ops.internal/', allowed)).toMatchObject({ kind: 'target', isAllowed: false });
    expect(targetOf('https://ops.internal:8444/', allowed)).toMatchObject({ kind: 'target', isAllowed: false });
    // A part of an allowed name is another name.
    for (const host of ['evil-crm.internal', 'crm.internal.evil.com', 'crm.internal.']) {
      expect(targetOf(`http://${host}/`, allowed)).toMatchObject({ isAllowed: false });
    }
  });
});
