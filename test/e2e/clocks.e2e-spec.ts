import { jest } from '@jest/globals';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { until } from '../integration/kafka/until.js';
import { ask, count } from './ask.js';
import { checkout, type PeykProcess } from './peyk-process.js';
import { event, post } from './shop.js';
import { exact, people, postUntilTaken, shopFiles, smsTally } from './story.js';
import { World } from './world.js';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const wrongClock = pathToFileURL(path.join(checkout, 'test/servers/shifted-clock.mjs')).href;

/** So that the clock is set before the wait is over. */
const longerWait = { 'journeys/order-story.yaml': (text: string) => text.replace('wait: 1 second', 'wait: 4 seconds') };

const world = new World();
afterEach(() => world.end());

/** A process whose clock is so far ahead; SIGUSR2 sets it by `stepMs`. */
function clockAhead(shiftMs: number, stepMs = 0) {
  return { NODE_OPTIONS: `--import ${wrongClock}`, CLOCK_SHIFT_MS: String(shiftMs), CLOCK_STEP_MS: String(stepMs) };
}

async function setClock(peyk: PeykProcess): Promise<void> {
  const before = peyk.out.split('the clock was set').length;
  peyk.signal('SIGUSR2');
  await until('the other clock', () => peyk.out.split('the clock was set').length > before);
}

describe('two processes whose clocks are 14 minutes apart', () => {
  it('decide as one: the same age is too old for both, waits take their time, and the order stays', async () => {
    const { fake, env } = await world.kavenegar();
    const aged = (text: string): string => text.replace('toman(100000) }', 'toman(100000), max_age: 2 minutes }');
    const files = shopFiles(world, { 'journeys/order-story.yaml': aged });
    const fast = await world.serve({ ...env, ...files, ...clockAhead(7 * MINUTE) });
    const database = fast.database;
    const slow = await world.serve({ ...env, ...files, ...clockAhead(-7 * MINUTE), PEYK_DATABASE_URL: database });
    const everybody = people(40);
    const began = await now(database);
    for (const [at, one] of everybody.entries()) {
      const [first, second] = at % 2 === 0 ? [fast.url, slow.url] : [slow.url, fast.url];
      // What happened a minute ago is in time, what happened three minutes ago is not.
      const inTime = one.beginning().map((each) => ({ ...each, time: new Date(began - MINUTE).toISOString() }));
      const late = event('order.placed', one.id, 'late', { order_id: 'late', amount: 2_000_000 });
      expect(
        await post(first, [...inTime, { ...late, time: new Date(began - 3 * MINUTE).toISOString() }]),
      ).toMatchObject({ status: 202 });
      expect(await post(second, [one.end()])).toMatchObject({ status: 202 });
    }
    await until(
      'every message',
      () => smsTally(everybody, fake.countsByReceiverAndText()).missing.length === 0 || fake.sent().length,
      30_000,
    );
    expect(smsTally(everybody, fake.countsByReceiverAndText())).toEqual(exact);
    for (const one of everybody) {
      const [first, second, third] = one.messages();
      const order = fake
        .sent()
        .map(({ receptor, text }) => `${receptor}\n${text}`)
        .filter((each) => one.messages().includes(each));
      expect(order).toEqual([first, second, third]);
    }
    // The journey waits a second; by one of these clocks that would have been minutes, or nothing.
    const [waited] = await ask<{ least: number; most: number }>(
      database,
      `select min(extract(epoch from second.created_at - first.created_at))::float8 as least,
              max(extract(epoch from second.created_at - first.created_at))::float8 as most
       from message first join message second using (customer_id, enrolment)
       where first.template = 'order-first' and second.template = 'order-second'`,
    );
    expect(waited?.least).toBeGreaterThanOrEqual(1);
    expect(waited?.most).toBeLessThan(30);
    const ended = await now(database);
    const strange = `select count(*) from (select arrival as at from event union all select created_at from message
      union all select decided_at from customer union all select attempted_at from message union all select settled_at from message) as instants
      where at not between to_timestamp($1 / 1000.0) and to_timestamp($2 / 1000.0)`;
    expect(await count(database, strange, [began, ended])).toBe(0);
    const verified = await world.run(['explain', '--verify', '--json'], { PEYK_DATABASE_URL: database });
    expect(verified).toMatchObject({ code: 0, err: '' });
    for (const { peyk } of [fast, slow]) expect(await peyk.stop()).toMatchObject({ code: 0 });
  });
});

describe('a clock that is set while messages leave and timers wait', () => {
  it.each([
    ['an hour back', -60 * MINUTE],
    ['an hour ahead', 60 * MINUTE],
  ])('%s in a process: no timer is repeated, nothing is lost or sent twice', async (_, stepMs) => {
    const { fake, env } = await world.kavenegar({ latencyMs: 20 });
    const { peyk, url } = await world.serve({ ...env, ...shopFiles(world), ...clockAhead(0, stepMs) });
    const everybody = people(120);
    const posting = postUntilTaken(
      () => url,
      [...everybody.flatMap((one) => one.beginning()), ...everybody.map((one) => one.end())],
      10,
    );
    for (const moment of [30, 90, 150]) {
      await until('messages that leave', () => fake.sent().length >= moment || fake.sent().length);
      await setClock(peyk);
    }
    await posting;
    await until(
      'every message',
      () => smsTally(everybody, fake.countsByReceiverAndText()).missing.length === 0 || fake.sent().length,
      30_000,
    );
    expect(smsTally(everybody, fake.countsByReceiverAndText())).toEqual(exact);
    expect(fake.ledger.repeats).toBe(0);
    expect(await peyk.stop()).toMatchObject({ code: 0 });
  });

  it('an hour back in the database, and later right again: decisions never go back, nothing is repeated, lost or sent twice', async () => {
    const { fake, env } = await world.kavenegar({ latencyMs: 5 });
    const database = await world.database();
    const setDatabaseClock = await clockOf(database);
    const { peyk, url } = await world.serve({ ...env, ...shopFiles(world, longerWait), PEYK_DATABASE_URL: database });
    const [before, meanwhile] = [people(30), people(30, 30)];
    const seen = (text: string): number => fake.sent().filter((one) => one.text.includes(text)).length;

    await postUntilTaken(
      () => url,
      before.flatMap((one) => one.beginning()),
    );
    await until('the first messages', () => seen('ثبت شد') === 30 || seen('ثبت شد'));
    const first = await decided(database);
    await setDatabaseClock('-1 hour');
    const newest = await count(database, 'select max(id) from message');

    // Those who came before wait for the hour to come again; those who come now wait no longer than ever.
    await postUntilTaken(
      () => url,
      [...before.slice(0, 15), ...meanwhile].flatMap((one) => [...one.beginning(), one.end()]),
    );
    await until(
      'what is new',
      () => smsTally(meanwhile, fake.countsByReceiverAndText()).missing.length === 0 || fake.sent().length,
    );
    const second = await decided(database);
    for (const [id, instant] of first) expect(second.get(id)).toBeGreaterThanOrEqual(instant);
    const oldest = `select min(id) from message where customer_id = any ($1)`;
    expect(await count(database, oldest, [meanwhile.map(({ id }) => id)])).toBeGreaterThan(newest);

    await setDatabaseClock('0');
    await postUntilTaken(
      () => url,
      before.map((one) => one.end()),
    );
    const everybody = [...before, ...meanwhile];
    await until(
      'every message',
      () => smsTally(everybody, fake.countsByReceiverAndText()).missing.length === 0 || fake.sent().length,
    );
    expect(smsTally(everybody, fake.countsByReceiverAndText())).toEqual(exact);
    const third = await decided(database);
    for (const [id, instant] of second) expect(third.get(id)).toBeGreaterThanOrEqual(instant);
    expect(await peyk.stop()).toMatchObject({ code: 0 });
  });
});

async function now(database: string): Promise<number> {
  return count(database, 'select extract(epoch from clock_timestamp()) * 1000');
}

async function decided(database: string): Promise<ReadonlyMap<string, number>> {
  const rows = await ask<{ id: string; at: number }>(
    database,
    'select id, (extract(epoch from decided_at) * 1000)::float8 as at from customer',
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** Functions of ours that every session of this database finds before PostgreSQL's own; the result sets them. */
async function clockOf(database: string): Promise<(by: string) => Promise<void>> {
  const moved = ['clock_timestamp', 'statement_timestamp', 'transaction_timestamp', 'now'].map(
    (name) => `create function moved.${name}() returns timestamptz language sql volatile
      as 'select pg_catalog.${name}() + (select by from moved.clock)'`,
  );
  const name = new URL(database).pathname.slice(1);
  await ask(
    database,
    ['create schema moved', `create table moved.clock as select interval '0' as by`, ...moved].join(';\n'),
  );
  await ask(database, `alter database ${name} set search_path = public, moved, pg_catalog`);
  return async (by) => {
    await ask(database, 'update moved.clock set by = $1::interval', [by]);
  };
}
