import type { Outgoing } from '../../../src/channels/channel.js';
import { SmtpChannel } from '../../../src/channels/smtp/smtp.channel.js';
import type { Fault } from '../../servers/smtp/faults.js';
import { FakeSmtp } from '../../servers/smtp/server.js';
import { describeChannel, type Expectation, type Rig } from './contract.js';

const auth = { user: 'shop@example.com', pass: 'p@ss/w:ord%1' };
const sender = 'تعمیرگاه <info@example.com>';
const timeoutMs = 2_000;

interface SmtpRig extends Rig {
  readonly server: FakeSmtp;
}

async function open(timeoutMs: number): Promise<SmtpRig> {
  const server = await new FakeSmtp({ auth }).listen();
  const channel = new SmtpChannel({ url: server.url, sender, timeoutMs, concurrency: 5 });
  return {
    server,
    channel,
    timeoutMs,
    secrets: [auth.pass, encodeURIComponent(auth.pass), 'zahra@example.org'],
    outgoing: email,
    arrivals: () => server.mails().map(({ text }) => text.replaceAll('\r\n', '\n')),
    untilNoConnections: () => server.untilNoConnections(),
    close: async () => {
      await server.close();
      await channel.close();
    },
  };
}

function email(id: number, text: string): Outgoing {
  const content = { channel: 'email', subject: 'گوشی شما آماده است', text, html: `<p dir="rtl">${text}</p>` } as const;
  return { id, to: 'zahra@example.org', content };
}

function on(fault: Fault, expected: Omit<Expectation, 'provoke'>): Expectation<SmtpRig> {
  return {
    ...expected,
    provoke: ({ server }) => {
      server.faults.next(fault);
    },
  };
}

function reply(
  at: 'connect' | 'mail' | 'rcpt' | 'body',
  code: number,
  kind: Expectation['kind'],
): Expectation<SmtpRig> {
  return on({ kind: 'reply', at, code, text: 'to zahra@example.org: no' }, { kind, arrives: false });
}

describeChannel<SmtpRig>({
  provider: 'smtp',
  idempotent: false,
  open,
  faults: {
    'silence after acceptance': on({ kind: 'silence', at: 'body', accept: true }, { kind: 'unknown', arrives: true }),
    'silence before acceptance': on({ kind: 'silence', at: 'rcpt' }, { kind: 'retry', arrives: false }),
    'reset after acceptance, before the answer': on(
      { kind: 'drop', at: 'body', accept: true },
      { kind: 'unknown', arrives: true },
    ),
    'reset after acceptance, in mid-answer': 'cannot happen',
    'reset before acceptance': on({ kind: 'drop', at: 'rcpt' }, { kind: 'retry', arrives: false }),
    'too many calls': reply('connect', 421, 'retry'),
    'address limited for now': reply('rcpt', 451, 'retry'),
    'server error after acceptance': 'cannot happen',
    'server error in the usual form': reply('body', 451, 'retry'),
    'foreign answer after acceptance': 'cannot happen',
    'cut answer after acceptance': 'cannot happen',
    'empty answer after acceptance': 'cannot happen',
    'slow answer': on({ kind: 'slow', at: 'body', ms: 200 }, { kind: 'accepted', arrives: true }),
    'account or key refused': reply('mail', 530, 'channel_down'),
    'no credit': reply('body', 452, 'retry'),
    'address blocked': reply('rcpt', 550, 'rejected'),
    'address refused': reply('rcpt', 553, 'rejected'),
    'server away': { kind: 'retry', arrives: false, lasting: true, provoke: ({ server }) => server.close() },
  },
});

describe('what is SMTP’s own', () => {
  let rig: SmtpRig;

  beforeEach(async () => {
    rig = await open(timeoutMs);
  });

  afterEach(() => rig.close());

  it('sends subject, both bodies, a stable Message-ID and its own header, in Persian throughout', async () => {
    expect(await rig.channel.send(email(4503599627370497, 'سلام'))).toEqual({
      kind: 'accepted',
      providerId: '<4503599627370497@example.com>',
      cost: undefined,
    });
    const [mail] = rig.server.mails();
    expect(mail).toMatchObject({
      from: 'info@example.com',
      to: ['zahra@example.org'],
      subject: 'گوشی شما آماده است',
      text: 'سلام',
      html: '<p dir="rtl">سلام</p>',
    });
    expect(mail?.headers.get('message-id')).toBe('<4503599627370497@example.com>');
    expect(mail?.headers.get('x-peyk-message')).toBe('4503599627370497');
    expect(mail?.headers.get('from')).toBe('تعمیرگاه <info@example.com>');
    expect(mail?.headers.get('to')).toBe('zahra@example.org');
  });

  it('lets no subject add a header', async () => {
    const content = { channel: 'email', subject: 'a\r\nBcc: x@evil.example\u2028b', text: 't', html: 'h' } as const;
    await rig.channel.send({ id: 1, to: 'zahra@example.org', content });
    const [mail] = rig.server.mails();
    expect(mail?.subject).toBe('a Bcc: x@evil.example b');
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.to).toEqual(['zahra@example.org']);
  });

  /** With time enough on a busy machine. */
  async function deliver(content: Outgoing['content'], by = sender): Promise<void> {
    const channel = new SmtpChannel({ url: rig.server.url, sender: by });
    expect(await channel.send({ id: 1, to: 'zahra@example.org', content })).toMatchObject({ kind: 'accepted' });
    await channel.close();
  }

  it.each([
    ['line breaks of every kind', 'a\r\nBcc: x@evil.example\n\nbody\u0085\u2028\u2029\u000b\u0000b'],
    ['what turns the text around it', 'سارا \u202egnp.exe\u202c \u2066x\u2069'],
    ['a name without end', 'سارای خیلی خیلی دراز '.repeat(5_000)],
    ['one word without end', 'a'.repeat(50_000)],
    ['emoji without end', '😀'.repeat(20_000)],
    ['half a character', 'a\ud83db'],
    ['what looks encoded', '=?utf-8?B?Qmxh?= =?utf-8?Q?=0D=0ABcc:_x@evil.example?='],
  ])('is whole with %s in its subject: no header more, no line too long', async (_, subject) => {
    const content = { channel: 'email', subject, text: 't', html: '<p>h</p>' } as const;
    await deliver(content);
    const [mail] = rig.server.mails();
    const head = (mail?.raw ?? '').split('\r\n\r\n', 1)[0] ?? '';
    const names = head.split(/\r\n(?![ \t])/).map((line) => line.split(':', 1)[0]?.toLowerCase());
    expect(names.sort()).toEqual(
      ['content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to', 'x-peyk-message'].sort(),
    );
    expect(Math.max(...head.split('\r\n').map((line) => line.length))).toBeLessThan(998);
    expect(head).toMatch(/^[\x20-\x7e\r\n\t]*$/);
    expect(mail?.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
    expect(mail).toMatchObject({ to: ['zahra@example.org'], text: 't', html: '<p>h</p>' });
  });

  it('carries the way out for mail programs, whole, however long', async () => {
    const unsubscribe = `https://links.example/${'long/'.repeat(30)}u/aB3dE6gH9jaB3dE6gH9jaB`;
    const content = { channel: 'email', subject: 's', text: 't', html: 'h', unsubscribe } as const;
    await deliver(content);
    const [mail] = rig.server.mails();
    expect(mail?.headers.get('list-unsubscribe')).toBe(`<${unsubscribe}>`);
    expect(mail?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  it('has no way out where none is given', async () => {
    await deliver(email(1, 'سلام').content);
    expect([...(rig.server.mails()[0]?.headers.keys() ?? [])].filter((name) => name.startsWith('list-'))).toEqual([]);
  });

  it.each([
    ['تعمیرگاه\u202e\r\nBcc: x@evil.example <info@example.com>', 'تعمیرگاه Bcc: x@evil.example'],
    [`${'نام '.repeat(500)}<info@example.com>`, /^(نام ){62}ن…$/],
  ])('says in one line who sends: %j', async (sender, expected) => {
    await deliver(email(1, 'سلام').content, sender);
    const [mail] = rig.server.mails();
    expect(mail?.headers.has('bcc')).toBe(false);
    const name = (mail?.headers.get('from') ?? '').replace(/ <info@example\.com>$/, '').replaceAll('"', '');
    if (typeof expected === 'string') expect(name).toBe(expected);
    else expect(name).toMatch(expected);
  });

  it.each(['a@b.example, c@d.example', 'a@b.example\r\nRCPT TO:<c@d.example>', '<a@b.example>', 'a', ''])(
    'rejects the address %j without a word to the server',
    async (to) => {
      expect(await rig.channel.send({ ...email(1, 'x'), to })).toMatchObject({ kind: 'rejected' });
      expect(rig.server.mails()).toEqual([]);
    },
  );

  it.each<[string, Expectation<SmtpRig>]>([
    ['554 in place of a greeting', reply('connect', 554, 'channel_down')],
    ['550 to the sender', reply('mail', 550, 'channel_down')],
    ['552 to the size', reply('mail', 552, 'rejected')],
    ['451 to the sender', reply('mail', 451, 'retry')],
    ['421 to the receiver', reply('rcpt', 421, 'retry')],
    ['552 to the receiver', reply('rcpt', 552, 'rejected')],
    ['554 to the text', reply('body', 554, 'rejected')],
    ['421 to the text', reply('body', 421, 'retry')],
    ['503 to the receiver', reply('rcpt', 503, 'retry')],
    ['a connection dropped at the sender', on({ kind: 'drop', at: 'mail' }, { kind: 'retry', arrives: false })],
    ['a greeting that never comes', on({ kind: 'silence', at: 'connect' }, { kind: 'retry', arrives: false })],
    [
      'a text that was not taken, and then a reset',
      on({ kind: 'drop', at: 'body' }, { kind: 'unknown', arrives: false }),
    ],
  ])('maps %s', async (_, { kind, ...expected }) => {
    await expected.provoke(rig);
    const result = await rig.channel.send(email(1, 'سلام'));
    expect(result).toMatchObject({ kind });
    expect(JSON.stringify(result)).not.toContain('zahra@');
    expect(rig.server.mails()).toEqual([]);
  });

  it('goes on after one connection is dropped before the greeting, without asking anybody', async () => {
    rig.server.faults.next({ kind: 'hang_up', at: 'connect' });
    expect(await rig.channel.send(email(1, 'سلام'))).toMatchObject({ kind: 'accepted' });
    expect(rig.server.mails()).toHaveLength(1);
  });

  it.each(['drop', 'hang_up'] as const)('gives up on a server that does this to every connection: %s', async (kind) => {
    for (let drop = 0; drop < 5; drop += 1) rig.server.faults.next({ kind, at: 'connect' });
    expect(await rig.channel.send(email(1, 'سلام'))).toMatchObject({ kind: 'retry' });
    expect(rig.server.mails()).toEqual([]);
  });

  it('says that the channel is down when the login is wrong', async () => {
    const url = rig.server.url.replace('shop', 'other');
    const channel = new SmtpChannel({ url, sender, timeoutMs });
    const result = await channel.send(email(1, 'سلام'));
    expect(result).toMatchObject({ kind: 'channel_down', reason: expect.stringMatching(/535/) as string });
    expect(JSON.stringify(result)).not.toContain(auth.pass);
    await channel.close();
  });

  it('waits for a free connection no longer than its time-out', async () => {
    const narrow = new SmtpChannel({ url: rig.server.url, sender, timeoutMs, concurrency: 1 });
    rig.server.faults.next({ kind: 'silence', at: 'body' });
    const results = await Promise.all([narrow.send(email(1, 'اول')), narrow.send(email(2, 'دوم'))]);
    expect(results.map(({ kind }) => kind)).toEqual(['unknown', 'retry']);
    await narrow.close();
    expect(rig.server.mails()).toEqual([]);
  });

  it('counts what arrived by receiver and subject, and forgets it when told', async () => {
    await rig.channel.send(email(1, 'سلام'));
    await rig.channel.send(email(2, 'سلام'));
    expect([...rig.server.countsByReceiverAndSubject()]).toEqual([['zahra@example.org\nگوشی شما آماده است', 2]]);
    rig.server.clear();
    expect(rig.server.mails()).toEqual([]);
  });
});
