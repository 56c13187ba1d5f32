import { KavenegarChannel } from '../../../src/channels/kavenegar/kavenegar.channel.js';
import { Sender } from '../../../src/outbox/sender.js';
import { BundleComposer } from '../../../src/outbox/bundle-composer.js';
import { PostgresDatabase } from '../../../src/store/database.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';
import { until } from '../kafka/until.js';
import { Bench, event, shopWith, type Running } from './engine-bench.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const PEOPLE = 10_000;
const A_SECOND = 5;
const apiKey = 'test-key';

/** A full minute that is at least so far ahead. */
function nextMinute(ahead: number): number {
  return Math.ceil((Date.now() + ahead) / MINUTE) * MINUTE;
}

function clockOf(at: number): string {
  const format = { timeZone: 'Asia/Tehran', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(at);
}

function shop(quietFrom: number) {
  return shopWith({
    'journeys/policy.yaml': `timezone: Asia/Tehran
purposes:
  news: { consent: required, quiet_hours: "${clockOf(quietFrom)}-${clockOf(quietFrom + 180 * MINUTE)}" }
opt_out: { words: ["11"], purposes: [news] }
channel_order: [sms]
`,
    'journeys/news.yaml': `journey: news
purpose: news
trigger: { event: visit }
steps: [ send: hello ]
`,
    'templates/hello/sms.hbs': 'سلام {{customer.id}}\n',
  });
}

describe('10,000 messages queued at 5 a second, by three senders', () => {
  let bench: Bench;
  let fake: FakeKavenegar;
  const ends: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    bench = await Bench.open();
    fake = await new FakeKavenegar({ apiKeys: [apiKey] }).listen();
  });
  afterAll(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await fake.close();
    await bench.close();
  });

  /** On connections of its own, as a process has them. */
  async function sender(): Promise<Sender> {
    const database = await PostgresDatabase.connect({ url: bench.server.url, poolSize: 3 });
    const channel = new KavenegarChannel({ apiKey, baseUrl: fake.url, timeoutMs: 900, concurrency: 20 });
    const one = new Sender({
      database,
      channels: [channel],
      composer: new BundleComposer(database),
      inDoubtRule: () => 'never',
      ratesOf: () => ({ channel: { messages: A_SECOND, per: SECOND } }),
    });
    const ticking = setInterval(() => {
      one.wake();
    }, 200);
    ends.push(async () => {
      clearInterval(ticking);
      await one.stop();
      await channel.close();
      await database.close();
    });
    one.start();
    return one;
  }

  async function queueAll({ engine }: Running): Promise<void> {
    await bench.sql(
      `insert into customer (id, decided_at, created_at, attributes, consent)
       select 'c' || n, now(), now(), jsonb_build_object('phone', '+98912' || (1000000 + n)), '{"news": true}'
       from generate_series(1, $1::integer) n`,
      [PEOPLE],
    );
    for (let from = 1; from <= PEOPLE; from += 500) {
      const ids = Array.from({ length: 500 }, (_, place) => `c${String(from + place)}`);
      await engine.decide({ source: 'http', events: ids.map((id) => event('visit', id)) });
    }
  }

  const left = (): readonly { readonly text: string; readonly at: number }[] => fake.sent();

  it('stop when the quiet hours begin, and one person’s when they send 11', async () => {
    const quiet = nextMinute(25 * SECOND);
    const running = await bench.engine(shop(quiet));
    await queueAll(running);
    expect(await bench.number(`select count(*) from message where state = 'queued'`)).toBe(PEOPLE);
    await Promise.all([sender(), sender(), sender()]);
    await until('the first', () => left().length >= A_SECOND || left().length, 30_000);

    // The next to leave says no before her turn.
    const [next] = await bench.sql<{ customer_id: string }>(
      `select customer_id from message where state = 'queued' order by id offset 10 limit 1`,
    );
    const gone = next?.customer_id ?? '';
    await running.engine.decide({
      source: 'http',
      events: [event('message.received', gone, { channel: 'sms', from: 'x', text: '۱۱' })],
    });
    const others = left().length + 3 * A_SECOND;
    await until('those behind her', () => left().length >= others || left().length, 30_000);

    await until('the quiet hours', () => Date.now() > quiet + 3 * SECOND || 'not yet', 120_000);
    expect(left().filter(({ at }) => at >= quiet)).toEqual([]);
    expect(left().map(({ text }) => text)).not.toContain(`سلام ${gone}`);
    while ((await running.engine.recheckMessages()) > 0);
    const states = await bench.sql<{ state: string; reason: string | null; n: number }>(
      `select state, reason, count(*)::int as n from message group by 1, 2 order by 1, 2`,
    );
    expect(states).toEqual([
      { state: 'deferred', reason: 'quiet_hours', n: PEOPLE - 1 - left().length },
      { state: 'sent', reason: null, n: left().length },
      { state: 'withdrawn', reason: 'opted_out', n: 1 },
    ]);
    expect(running.watcher.traces.filter(({ kind }) => kind === 'deferred')).toHaveLength(PEOPLE - 1 - left().length);
  }, 240_000);
});
