import { jest } from '@jest/globals';
import { until } from '../integration/kafka/until.js';
import type { Customer } from '../torture/business.js';
import { ask, count } from './ask.js';
import { get, metric, post, readiness } from './shop.js';
import { exact, mailTally, people, postUntilTaken, shopFiles, smsTally } from './story.js';
import { World } from './world.js';

jest.setTimeout(120_000);

const EVERYBODY = people(30);
const [poisoned, ...others] = EVERYBODY as [Customer, ...Customer[]];

const world = new World();
afterEach(() => world.end());

const longerWait = { 'journeys/order-story.yaml': (text: string) => text.replace('wait: 1 second', 'wait: 4 seconds') };

async function shop(change: Parameters<typeof shopFiles>[1] = {}) {
  const [{ fake, env }, smtp] = [await world.kavenegar(), await world.smtp()];
  const all = { ...env, PEYK_SMTP_URL: smtp.url, ...shopFiles(world, change) };
  const serving = await world.serve(all);
  const operator = { ...all, PEYK_DATABASE_URL: serving.database };
  const texts = (customers: readonly Customer[], which: number): Promise<void> =>
    until(
      'the texts',
      () => {
        const missing = customers.filter((one) => !fake.countsByReceiverAndText().has(one.messages()[which] ?? ''));
        return missing.length === 0 || missing.map(({ id }) => id).join();
      },
      30_000,
    );
  return { ...serving, fake, smtp, operator, texts };
}

describe('a row that no longer parses', () => {
  it('of an enrolment: its event is a dead letter, all others go on, and a replay finishes once it is mended', async () => {
    const { fake, url, peyk, database, operator, texts } = await shop();
    await postUntilTaken(() => url, begin(EVERYBODY));
    await texts(EVERYBODY, 1);
    const [kept] = await spoil(database);
    const answer = await post(
      url,
      EVERYBODY.map((one) => one.end()),
    );
    expect(answer.text).toContain('could not be decided and lies in the dead letters');
    await texts(others, 2);
    expect(await metric(url, 'peyk_dead_letters_total{source="http"}')).toBe(1);
    expect(peyk.out).toContain('could not be decided and was put aside');
    expect((await readiness(url)).code).toBe(200);

    await mend(database, kept?.state);
    const listed = await world.run(['dead-letters', 'list', '--json'], operator);
    const { no, reason } = JSON.parse(listed.out) as { no: number; reason: string };
    expect(reason).toContain(`the state of enrolment ${poisoned.id}/order-story/`);
    expect(await world.run(['dead-letters', 'replay', String(no)], operator)).toMatchObject({ code: 0, err: '' });
    await texts([poisoned], 2);
    expect(smsTally(EVERYBODY, fake.countsByReceiverAndText())).toEqual(exact);
  });

  it('of an enrolment that waits: its timer is parked with the error, all others go on, and it goes on once it is mended', async () => {
    const { fake, url, peyk, database, texts } = await shop(longerWait);
    await postUntilTaken(() => url, begin(EVERYBODY));
    await texts([poisoned], 0);
    const [kept] = await spoil(database);
    await texts(others, 1);
    const parked = `select count(*) from enrolment where failures > 0 and error like 'the state of enrolment%' and customer_id = $1`;
    await until('a parked timer', async () => (await count(database, parked, [poisoned.id])) === 1);
    expect(peyk.out).toContain('could not be decided and was put aside');
    await mend(database, kept?.state);
    await texts([poisoned], 1);
    await postUntilTaken(
      () => url,
      EVERYBODY.map((one) => one.end()),
    );
    await texts(EVERYBODY, 2);
    expect(smsTally(EVERYBODY, fake.countsByReceiverAndText())).toEqual(exact);
  });

  it('of a message: it has failed and says why, and all others leave', async () => {
    const { fake, url, peyk, database, operator, texts } = await shop();
    expect(await world.run(['pause', '--all'], operator)).toMatchObject({ code: 0 });
    await postUntilTaken(() => url, begin(EVERYBODY));
    await ask(database, `update message set content = '[]' where customer_id = $1 and template = 'order-first'`, [
      poisoned.id,
    ]);
    expect(await world.run(['resume', '--all'], operator)).toMatchObject({ code: 0 });
    await texts(others, 0);
    await texts(EVERYBODY, 1);
    const { text } = await get(`${url}/v1/messages?state=failed`);
    expect(text).toContain('render_error: the content of an sms has to be {text, parts}');
    expect(JSON.parse(text)).toMatchObject({ messages: [{ template: 'order-first', state: 'failed' }] });
    expect(peyk.out).toContain('message failed');
    await postUntilTaken(
      () => url,
      EVERYBODY.map((one) => one.end()),
    );
    await texts(EVERYBODY, 2);
    expect(smsTally(EVERYBODY, fake.countsByReceiverAndText())).toEqual({
      ...exact,
      missing: [poisoned.messages()[0]],
    });
  });
});

describe('a row that is gone', () => {
  it('of the files that an e-mail waits to be rendered from: it is tried again and says why, SMS leave, and it leaves once they are back', async () => {
    const { fake, smtp, url, peyk, database, operator, texts } = await shop();
    expect(await world.run(['pause', '--channel', 'email'], operator)).toMatchObject({ code: 0 });
    await postUntilTaken(() => url, begin(EVERYBODY));
    const queued = `select count(*) from message where channel = 'email' and state = 'queued'`;
    const mails = EVERYBODY.flatMap((one) => one.mails()).length;
    await until('e-mails that wait', async () => (await count(database, queued)) === mails);
    await ask(database, 'create table put_away as table bundle; delete from bundle');
    expect(await world.run(['resume', '--channel', 'email'], operator)).toMatchObject({ code: 0 });
    await until('word of it', async () =>
      (await get(`${url}/v1/messages?state=retrying`)).text.includes('are gone: its row has to be put back'),
    );
    expect(peyk.out).toContain('will be tried again');
    await postUntilTaken(
      () => url,
      EVERYBODY.map((one) => one.end()),
    );
    await texts(EVERYBODY, 2);
    expect(smtp.mails()).toEqual([]);

    await ask(database, 'insert into bundle overriding system value table put_away');
    await until('every e-mail', () => mailTally(EVERYBODY, smtp).missing.length === 0 || smtp.mails().length, 60_000);
    expect(mailTally(EVERYBODY, smtp)).toEqual(exact);
    expect(smsTally(EVERYBODY, fake.countsByReceiverAndText())).toEqual(exact);
    expect((await get(`${url}/v1/messages?state=failed`)).text).toContain('{"messages":[]');
  });

  it('of the version that people are inside: their events are dead letters, others go on by the new one, and a replay finishes once it is back', async () => {
    const { fake, peyk, url, database, operator, texts } = await shop();
    const [before, after] = [EVERYBODY.slice(0, 10), EVERYBODY.slice(10)];
    await postUntilTaken(() => url, begin(before));
    await texts(before, 1);
    expect(await peyk.stop()).toMatchObject({ code: 0 });
    await ask(database, 'create table put_away as table journey_version; delete from journey_version');
    const newer = shopFiles(world, {
      'journeys/order-story.yaml': (text) => text.replace('wait: 1 second', 'wait: 2 seconds'),
    });
    const next = await world.serve({ ...operator, ...newer });
    await post(
      next.url,
      before.map((one) => one.end()),
    );
    await postUntilTaken(() => next.url, [...begin(after), ...after.map((one) => one.end())]);
    await texts(after, 2);
    expect(await metric(next.url, 'peyk_dead_letters_total{source="http"}')).toBe(before.length);

    await ask(database, 'insert into journey_version table put_away');
    const listed = await world.run(['dead-letters', 'list', '--json'], { ...operator, ...newer });
    const letters = listed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { no: number; reason: string });
    expect(letters[0]?.reason).toContain('its file is not kept any more');
    const numbers = letters.map(({ no }) => String(no));
    expect(await world.run(['dead-letters', 'replay', ...numbers], { ...operator, ...newer })).toMatchObject({
      code: 0,
      err: '',
    });
    await texts(before, 2);
    expect(smsTally(EVERYBODY, fake.countsByReceiverAndText())).toEqual(exact);
  });
});

async function spoil(database: string): Promise<{ state: unknown }[]> {
  const kept = await ask<{ state: unknown }>(database, 'select state from enrolment where customer_id = $1', [
    poisoned.id,
  ]);
  await ask(database, `update enrolment set state = '[]' where customer_id = $1`, [poisoned.id]);
  return kept;
}

async function mend(database: string, state: unknown): Promise<void> {
  await ask(database, 'update enrolment set state = $2 where customer_id = $1', [poisoned.id, JSON.stringify(state)]);
}

function begin(customers: readonly Customer[]) {
  return customers.flatMap((one) => one.beginning());
}
