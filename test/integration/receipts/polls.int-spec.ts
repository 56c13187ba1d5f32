import { KavenegarClient } from '../../../src/channels/kavenegar/way-back.js';
import type { EventDecider } from '../../../src/intake/intake.js';
import { createLog } from '../../../src/ops/log.js';
import { heard } from '../../../src/receipts/heard-metrics.js';
import { blockedPoll } from '../../../src/receipts/polls/blocked-poll.js';
import { forgetting } from '../../../src/receipts/polls/forgetting.js';
import type { Poll } from '../../../src/receipts/polls/poll.js';
import { Polls } from '../../../src/receipts/polls/polls.js';
import { replyPoll } from '../../../src/receipts/polls/reply-poll.js';
import { statusPoll } from '../../../src/receipts/polls/status-poll.js';
import { WayBack } from '../../../src/receipts/way-back.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';
import { event } from '../engine/engine-bench.js';
import { gate } from '../outbox/outbox-fixture.js';
import { hookedApp, typesOf, written, type HookedApp } from './hooked-app.js';

const apiKey = 'test-key-of-the-polls';
const line = '10004346';
const DAY = 86_400_000;

let app: HookedApp;
let kavenegar: FakeKavenegar;
let client: KavenegarClient;
const lines: string[] = [];
const log = createLog({ level: 'warn', secrets: [apiKey] }, { write: (text) => void lines.push(text) });
beforeAll(async () => {
  app = await hookedApp();
  kavenegar = await new FakeKavenegar({ apiKeys: [apiKey] }).listen();
  client = new KavenegarClient({ apiKey, baseUrl: kavenegar.url, timeoutMs: 2_000 });
}, 120_000);
afterAll(async () => {
  await client.close();
  await kavenegar.close();
  await app.close();
});
beforeEach(async () => {
  kavenegar.clear();
  lines.splice(0);
  await app.sql('truncate provider_poll, blocked_number, heard_reply, message, enrolment, customer, event');
});

/** A process that dies when it is about to decide. */
let dead = false;
afterEach(() => {
  dead = false;
});
const decider: EventDecider = {
  decide: (batch) => (dead ? Promise.reject(new Error('killed')) : app.decider.decide(batch)),
};
const wayBack = (): WayBack =>
  new WayBack(app.database, (events) => decider.decide({ source: 'engine', events }), heard(app.metrics));

/** One turn of a poll, from its beat to its end. */
async function turn(poll: Poll): Promise<void> {
  const polls = new Polls(app.database, [poll], log);
  polls.beat();
  await polls.stop(10_000);
}

const statuses = (): Poll => statusPoll(app.database, client, wayBack(), 0);
const replies = (everyMs = 0): Poll => replyPoll(line, client, wayBack(), everyMs);
const blocked = (): Poll =>
  blockedPoll({ database: app.database, kavenegar: client, decider, lines: [line], purposes: ['news', 'service'] }, 0);

function accepted(receptor: string): number {
  return kavenegar.ledger.accept({ receptor, text: 'x', localid: undefined, sender: line }).messageid;
}

async function texts(customer: string): Promise<readonly unknown[]> {
  const rows = await app.sql<{ text: string }>(
    `select data ->> 'text' as text from event where customer_id = $1 and type = 'message.received' order by seq`,
    [customer],
  );
  return rows.map(({ text }) => text);
}

describe('what became of messages is asked', () => {
  it('of those without a receipt, and told as if it had been brought', async () => {
    const [good, bad] = [accepted('09121112233'), accepted('09121112244')];
    await written(app, 'good', '+989121112233', String(good));
    await written(app, 'bad', '+989121112244', String(bad));
    await turn(statuses());
    expect(await app.sql(`select from event where type like 'message.%'`)).toEqual([]);
    kavenegar.ledger.outcome(good, 10);
    kavenegar.ledger.outcome(bad, 11);
    await app.sql('update message set ask_at = now()');
    await turn(statuses());
    expect(await app.sql('select customer_id, receipt from message order by 1')).toEqual([
      { customer_id: 'bad', receipt: 'failed' },
      { customer_id: 'good', receipt: 'delivered' },
    ]);
    expect((await typesOf(app, 'good')).at(-1)).toBe('message.delivered');
    const calls = kavenegar.calls.get('sms/status');
    await app.sql('update message set ask_at = now()');
    await turn(statuses());
    expect(kavenegar.calls.get('sms/status')).toBe(calls);
  });

  it('not at all where there are none', async () => {
    await turn(statuses());
    expect(kavenegar.calls.get('sms/status')).toBeUndefined();
  });

  it('again after pauses that grow, and not after two days', async () => {
    await written(app, 'slow', '+989121112255', String(accepted('09121112255')));
    const ask = () => turn(statuses());
    const pause = async () => {
      const [row] = await app.sql<{ minutes: number | null }>(
        `select case when ask_at < 'infinity' then extract(epoch from ask_at - now()) / 60 end::float8 as minutes from message`,
      );
      return row?.minutes ?? Infinity;
    };
    await app.sql(`update message set settled_at = now() - interval '10 minutes'`);
    await ask();
    expect(await pause()).toBeCloseTo(10, 0);
    await ask();
    expect(kavenegar.calls.get('sms/status')).toBe(1);
    await app.sql(`update message set settled_at = now() - interval '30 hours', ask_at = now()`);
    await ask();
    expect(await pause()).toBe(Infinity);
    await app.sql(`update message set settled_at = now() - interval '3 days', ask_at = null`);
    await ask();
    expect(kavenegar.calls.get('sms/status')).toBe(2);
  });

  it('of 1,200 in three calls, those first for which another channel waits', async () => {
    await app.sql(
      `insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content, bundle, state,
         created_at, settled_at, provider, provider_id, fallbacks)
       select n, 'c' || n, 'j', 1, 's', 't', 'service', 1, 'sms', '+98', '{}', 1, 'sent', now(), now() - interval '1 hour', 'kavenegar', n,
         case when n > 1100 then '[{"channel": "email"}]'::jsonb else '[]' end
       from generate_series(1, 1200) n`,
    );
    const asked: string[][] = [];
    const poll = statusPoll(
      app.database,
      {
        ...unaskable,
        statusOf: (ids) => {
          asked.push([...ids]);
          return Promise.resolve(new Map());
        },
      },
      wayBack(),
      0,
    );
    await turn(poll);
    expect(asked.map(({ length }) => length)).toEqual([500, 500, 200]);
    expect(asked[0]?.filter((id) => Number(id) > 1_100)).toHaveLength(100);
  });

  it('again when the provider could not be asked, which the log says without the key', async () => {
    await written(app, 'later', '+989121112266', String(accepted('09121112266')));
    kavenegar.faults.next({ kind: 'status', status: 409 }, 'sms/status');
    await turn(statuses());
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('409');
    expect(lines[0]).not.toContain(apiKey);
    await app.sql('update message set ask_at = now()');
    await turn(statuses());
    expect(kavenegar.calls.get('sms/status')).toBe(2);
  });
});

const unaskable = {
  receive: () => Promise.reject(new Error('not asked')),
  inbox: () => Promise.reject(new Error('not asked')),
  statusOf: () => Promise.reject(new Error('not asked')),
  blocked: () => Promise.reject(new Error('not asked')),
};

describe('replies to a line are asked for', () => {
  it('and each is kept once, however often it is seen', async () => {
    await app.decide(event('customer.updated', 'sara', { phone: '09121234567' }));
    kavenegar.inbox.receive(line, '09121234567', 'one');
    await turn(replies());
    kavenegar.inbox.receive(line, '09121234567', 'two');
    await turn(replies());
    await turn(replies());
    expect(await texts('sara')).toEqual(['one', 'two']);
  });

  it('and one that was read but not kept, because the process was killed, is kept by the next', async () => {
    await app.decide(event('customer.updated', 'sara', { phone: '09121234567' }));
    await turn(replies());
    kavenegar.inbox.receive(line, '09121234567', '11');
    dead = true;
    await turn(replies());
    expect(await texts('sara')).toEqual([]);
    dead = false;
    await turn(replies());
    expect(await texts('sara')).toEqual(['11']);
  });

  it('and one that comes into the inbox late, under an earlier time, is kept as well', async () => {
    await turn(replies());
    kavenegar.inbox.receive(line, '09121234567', 'late', Math.floor((Date.now() - 5 * 60_000) / 1_000));
    await turn(replies());
    expect(await texts('tel:+989121234567')).toEqual(['late']);
  });

  it('from where they were asked for last, also after some hours', async () => {
    await turn(replies());
    await app.sql(`update provider_poll set until = now() - interval '20 hours'`);
    kavenegar.inbox.receive(line, '09121234567', 'at night', Math.floor((Date.now() - DAY / 2) / 1_000));
    await turn(replies());
    expect(await texts('tel:+989121234567')).toEqual(['at night']);
  });

  it('after more than two days also those that the inbox does not tell of any more', async () => {
    await turn(replies());
    await app.sql(`update provider_poll set until = now() - interval '5 days'`);
    kavenegar.inbox.receive(line, '09121234567', 'long ago', Math.floor((Date.now() - 4 * DAY) / 1_000));
    await turn(replies());
    expect(await texts('tel:+989121234567')).toEqual(['long ago']);
  });

  it('by one process at a time', async () => {
    const asking = gate<readonly never[]>();
    let asked = 0;
    const slow = { ...unaskable, inbox: () => ((asked += 1), asking.promise) };
    const polls = [1, 2, 3].map(() => new Polls(app.database, [replyPoll(line, slow, wayBack(), 0)], log));
    for (const one of polls) one.beat();
    await Promise.all(polls.map((one) => one.stop(300)));
    expect(asked).toBe(1);
    asking.open([]);
    await Promise.all(polls.map((one) => one.stop(10_000)));
  });

  it('not sooner than it is time again', async () => {
    await turn(replies(60_000));
    await turn(replies(60_000));
    expect(kavenegar.calls.get('sms/inboxpaged')).toBe(2);
  });
});

describe('the list of who has blocked a line', () => {
  const consent = async (customer: string) =>
    (await app.sql<{ closed: unknown }>('select consent, closed from customer where id = $1', [customer]))[0];
  const count = async () => (await app.sql(`select from event where type = 'consent.withdrawn'`)).length;

  it('withdraws the consent of everybody with that number, for SMS, once', async () => {
    await app.decide(event('customer.updated', 'one', { phone: '09121234567' }));
    await app.decide(event('customer.updated', 'two', { phone: '09121234567' }));
    await app.decide(event('customer.updated', 'else', { phone: '09121234568' }));
    kavenegar.inbox.block(line, '09121234567');
    kavenegar.inbox.block(line, '09121234568', 1);
    await turn(blocked());
    await turn(blocked());
    expect(await count()).toBe(4);
    expect(await consent('one')).toMatchObject({ closed: { news: ['sms'], service: ['sms'] } });
    expect(await consent('two')).toMatchObject({ closed: { news: ['sms'] } });
    expect(await consent('else')).toMatchObject({ closed: {} });
  });

  it('is told again when the process was killed before it was kept', async () => {
    await app.decide(event('customer.updated', 'one', { phone: '09121234567' }));
    kavenegar.inbox.block(line, '09121234567');
    dead = true;
    await turn(blocked());
    dead = false;
    await turn(blocked());
    expect(await count()).toBe(2);
  });

  it('waits for whoever has the number to become a customer', async () => {
    kavenegar.inbox.block(line, '09121234567');
    await turn(blocked());
    expect(await app.sql('select told from blocked_number')).toEqual([{ told: false }]);
    await app.decide(event('customer.updated', 'new', { phone: '09121234567' }));
    await turn(blocked());
    expect(await consent('new')).toMatchObject({ closed: { news: ['sms'] } });
  });

  it('does not undo a word that was given since, until the number comes upon it anew', async () => {
    await app.decide(event('customer.updated', 'one', { phone: '09121234567' }));
    kavenegar.inbox.block(line, '09121234567');
    await turn(blocked());
    await app.decide(event('consent.granted', 'one', { purpose: 'news', channel: 'sms' }));
    await turn(blocked());
    expect(await consent('one')).toMatchObject({ closed: { service: ['sms'] } });
    kavenegar.clear();
    await turn(blocked());
    kavenegar.inbox.block(line, '09121234567');
    await turn(blocked());
    expect(await count()).toBe(4);
  });
});

it('whose a reply was, and what was tried, is forgotten after a month', async () => {
  await app.sql(
    `insert into heard_reply (provider, id, customer_id, at) values ('p', 'old', 'c', now() - interval '40 days'), ('p', 'new', 'c', now())`,
  );
  await app.sql(
    `insert into past_attempt (provider, provider_id, message_id, customer_id, channel, at)
     select 'p', 'p' || days, days, 'c', 'sms', now() - days * interval '1 day' from unnest(array[29, 31]) days`,
  );
  await turn(forgetting(app.database));
  expect(await app.sql('select provider_id from past_attempt')).toEqual([{ provider_id: 'p29' }]);
  expect(await app.sql('select id from heard_reply')).toEqual([{ id: 'new' }]);
});
