import { linkCodes } from '../../../src/engine/link-codes.js';
import { verify } from '../../../src/explain/verify.js';
import { BundleComposer } from '../../../src/outbox/bundle-composer.js';
import type { Claimed } from '../../../src/outbox/claimed.js';
import { putCustomer } from '../../../src/store/customers/put-customer.js';
import { Bench, event, shopWith, type Running } from './engine-bench.js';

const workspace = shopWith({
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  service: { consent: not_needed }
  news: { consent: not_needed }
  marketing: { consent: required }
opt_out: { words: [لغو], purposes: [news] }
channel_order: [sms, email]
`,
  'templates/tracked/sms.hbs':
    'سلام {{link "https://shop.example/سفارش?a=1&b=2"}} {{link "https://shop.example/x"}}\n{{link "https://shop.example/x"}}\n',
  'templates/mail/email.hbs': `---
subject: سفارش {{trigger.repair_id}}
---
<a href="{{link "https://shop.example/x?a=1&b=2"}}">سفارش</a> <a href="{{unsubscribe}}">لغو</a>
`,
  'templates/plain/email.hbs': '---\nsubject: Hi\n---\nHello\n',
  'templates/both/sms.hbs': '{{link "https://shop.example/x"}}\n',
  'templates/both/email.hbs': '---\nsubject: Hi\n---\n{{link "https://shop.example/x"}}\n',
  'journeys/tracked.yaml': journey('tracked', 'service', 'repair.received', '{ send: tracked }'),
  'journeys/mailed.yaml': journey('mailed', 'service', 'repair.estimated', '{ send: mail, via: email }'),
  'journeys/urged.yaml': journey('urged', 'marketing', 'repair.ready', '{ send: plain, via: email }'),
  'journeys/told.yaml': journey('told', 'news', 'repair.delivered', '{ send: plain, via: email }'),
  'journeys/both.yaml': journey('both', 'service', 'repair.cancelled', '{ send: both }'),
});

function journey(name: string, purpose: string, type: string, step: string): string {
  return `journey: ${name}\npurpose: ${purpose}\ntrigger: { event: ${type} }\nsteps:\n  - ${step}\n`;
}

interface Row {
  readonly id: number;
  readonly content: { readonly text?: string; readonly parts?: number; readonly unsubscribe?: string };
  readonly fallbacks: readonly { readonly content: object }[];
}

interface LinkRow {
  readonly code: string;
  readonly target: string | null;
  readonly message_id: number;
  readonly channel: string;
  readonly purpose: string;
}

describe('short links', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    await bench.sql('truncate link');
    await putCustomer(bench.db, 'ann', {
      phone: '+989121234567',
      email: 'ann@example.com',
      consent: { marketing: true },
    });
  });
  afterAll(() => bench.close());

  const running = (): Promise<Running> => bench.engine({ ...workspace, links: linkCodes('https://p.example') });
  const unserved = (): Promise<Running> => bench.engine({ ...workspace, links: linkCodes(undefined) });
  const rows = (): Promise<Row[]> => bench.sql<Row>('select * from message order by id');
  const links = (): Promise<LinkRow[]> => bench.sql<LinkRow>('select * from link order by target nulls last, channel');
  const happens = async ({ engine }: Running, type: string, data: object = {}): Promise<Row> => {
    await engine.decide({ source: 'http', events: [event(type, 'ann', { repair_id: 'r1', ...data })] });
    const row = (await rows()).at(-1);
    if (row === undefined) throw new Error('nothing was queued');
    return row;
  };
  const verified = async (): Promise<void> => {
    const { differences, unverified, messages } = await verify(bench.db, { sample: 100, seed: 1 });
    expect({ differences, unverified }).toEqual({ differences: [], unverified: [] });
    expect(messages).toBeGreaterThan(0);
  };

  it('stand in an SMS, which is counted with them, and lead where the template says', async () => {
    const { id, content } = await happens(await running(), 'repair.received');
    const kept = await links();
    expect(kept.map(({ target }) => target)).toEqual([
      'https://shop.example/%D8%B3%D9%81%D8%A7%D8%B1%D8%B4?a=1&b=2',
      'https://shop.example/x',
    ]);
    const [first, second] = kept.map(({ code }) => `https://p.example/l/${code}`);
    expect(content).toEqual({ text: `سلام ${first ?? ''} ${second ?? ''}\n${second ?? ''}`, parts: 2 });
    expect(kept).toMatchObject([
      { message_id: id, channel: 'sms', purpose: 'service' },
      { message_id: id, channel: 'sms', purpose: 'service' },
    ]);
    await verified();
  });

  it('are others for each message, though all else is the same', async () => {
    const one = await running();
    await happens(one, 'repair.received');
    await happens(one, 'repair.received');
    await happens(await running(), 'repair.received');
    expect(new Set((await links()).map(({ code }) => code)).size).toBe(6);
    await verified();
  });

  it('are the same whenever an e-mail is rendered, by whatever process', async () => {
    const row = await happens(await running(), 'repair.estimated', { cost: 1 });
    const compose = () => new BundleComposer(bench.db).compose(row as unknown as Claimed);
    const mail = await compose();
    expect(await compose()).toEqual(mail);
    const [link, unsubscribe] = await links();
    expect(mail).toMatchObject({ channel: 'email', subject: 'سفارش r1' });
    expect('html' in mail && mail.html).toContain(
      `<a href="https://p.example/l/${link?.code ?? ''}">سفارش</a> <a href="https://p.example/u/${unsubscribe?.code ?? ''}">لغو</a>`,
    );
    expect(mail.text).toContain(`https://p.example/l/${link?.code ?? ''}`);
    expect(link?.target).toBe('https://shop.example/x?a=1&b=2');
    // Nobody is asked to end what they need not have agreed to.
    expect(mail).not.toHaveProperty('unsubscribe');
    await verified();
  });

  it.each([
    ['needs consent', 'repair.ready'],
    ['ends by an opt-out word', 'repair.delivered'],
  ])('offer a way out beside every e-mail of a purpose that %s', async (_, type) => {
    const row = await happens(await running(), type);
    const [only] = await links();
    const mail = await new BundleComposer(bench.db).compose(row as unknown as Claimed);
    expect(mail).toMatchObject({ unsubscribe: `https://p.example/u/${only?.code ?? ''}` });
    expect(only).toMatchObject({ target: null, channel: 'email' });
    await verified();
  });

  it('tell the channels apart that a message may come by', async () => {
    const { fallbacks } = await happens(await running(), 'repair.cancelled');
    const [email, sms] = await links();
    expect([email?.channel, sms?.channel]).toEqual(['email', 'sms']);
    expect(email?.code).not.toBe(sms?.code);
    expect(JSON.stringify(fallbacks)).toContain(`https://p.example/l/${email?.code ?? ''}`);
    await verified();
  });

  it('print their targets where there is no public address, and nothing is kept', async () => {
    const { content } = await happens(await unserved(), 'repair.received');
    expect(content.text).toContain('https://shop.example/سفارش?a=1&b=2 https://shop.example/x');
    expect(await links()).toEqual([]);
    const mail = await happens(await unserved(), 'repair.ready');
    expect(mail.content).not.toHaveProperty('unsubscribe');
    await verified();
  });

  it('that are kept otherwise than they were decided are found out', async () => {
    await happens(await running(), 'repair.received');
    await bench.sql(`update link set target = 'https://evil.example/' where target = 'https://shop.example/x'`);
    const { differences } = await verify(bench.db, { customer: 'ann' });
    expect(differences.map(({ what }) => what)).toEqual([expect.stringContaining('message tracked/') as string]);
  });

  it('whose code is taken put nobody on the way of another: the event is put aside, and goes when it is tried again', async () => {
    const key = Buffer.alloc(32, 1);
    const codes = linkCodes('https://p.example', key);
    if (codes === undefined) throw new Error('no codes');
    let taken = true;
    const stubborn = {
      codeFor: (...[place, target]: Parameters<typeof codes.codeFor>) => {
        const link = codes.codeFor(place, target);
        return link && taken ? { ...link, code: 'AAAAAAAAAA' } : link;
      },
    };
    await bench.sql(
      `insert into link values ('AAAAAAAAAA', 'https://other.example/', 1, 'bob', 'j', 't', 'p', 'sms', now())`,
    );
    const { engine } = await bench.engine({ ...workspace, links: stubborn });
    const one = event('repair.received', 'ann', { repair_id: 'r1' });
    expect(await engine.decide({ source: 'http', events: [one] })).toMatchObject([{ kind: 'dead' }]);
    expect(await rows()).toEqual([]);
    taken = false;
    expect(await engine.decide({ source: 'http', events: [one] })).toMatchObject([{ kind: 'accepted' }]);
    expect(await bench.sql(`select target from link where code = 'AAAAAAAAAA'`)).toEqual([
      { target: 'https://other.example/' },
    ]);
  });

  it('lead to web addresses only, whoever writes the row', async () => {
    for (const target of ['javascript:alert(1)', '//evil.example', '']) {
      const insert = bench.sql(`insert into link values ('B', $1, 1, 'bob', 'j', 't', 'p', 'sms', now())`, [target]);
      await expect(insert).rejects.toThrow('link_target');
    }
  });
});

it('of a template that leads anywhere else are refused before anything is served', () => {
  const tell = (target: string): string => {
    try {
      shopWith({ 'templates/t/sms.hbs': `{{link "${target}"}}\n`, 'templates/t/sample.yaml': '{}\n' });
      return 'taken';
    } catch (error) {
      return String(error);
    }
  };
  for (const target of ['javascript:alert(1)', '//evil.example', 'data:text/html,x', 'ftp://a.example', '/path']) {
    expect(tell(target)).toContain('is no web address');
  }
});
