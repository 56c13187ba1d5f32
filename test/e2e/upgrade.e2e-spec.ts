import { jest } from '@jest/globals';
import { until } from '../integration/kafka/until.js';
import type { Customer } from '../torture/business.js';
import { count } from './ask.js';
import { buildEarlier, findEarlier } from './earlier.js';
import type { PeykProcess } from './peyk-process.js';
import { exact, people, postUntilTaken, shopFiles, smsTally } from './story.js';
import { World } from './world.js';

jest.setTimeout(240_000);

const earlier = findEarlier();
const [describeIt, from] =
  'unavailable' in earlier
    ? [describe.skip, `an earlier commit (skipped: ${earlier.unavailable})`]
    : [describe, earlier.name];

const world = new World();
afterEach(() => world.end());

describeIt(`an upgrade from ${from}`, () => {
  it('runs the old engine and sender on the new schema under load, then the new ones beside them, and loses or repeats nothing', async () => {
    if ('unavailable' in earlier) throw new Error(earlier.unavailable);
    const build = world.folder();
    buildEarlier(earlier, build);
    const { fake, env } = await world.kavenegar({ latencyMs: 10 });
    const all = { ...env, ...shopFiles(world), PEYK_DATABASE_URL: await world.database() };
    const pair = async (of?: string) => {
      const start = (PEYK_ROLES: string) => world.serve({ ...all, PEYK_ROLES }, of);
      const [engine, sender] = await Promise.all([start('api,engine'), start('sender')]);
      return { url: engine.url, peyks: [engine.peyk, sender.peyk] };
    };
    const left = (customers: readonly Customer[], which: number): Promise<void> =>
      until(
        'the messages',
        () =>
          customers.every((one) => fake.countsByReceiverAndText().has(one.messages()[which] ?? '')) ||
          fake.sent().length,
        60_000,
      );
    const [first, second, third] = [people(60), people(60, 60), people(60, 120)];

    const old = await pair(build);
    await telling(old.peyks, async () => {
      await postUntilTaken(() => old.url, begin(first));
      await left(first, 1);
    });

    const young = await pair();
    let turn = 0;
    const either = (): string => ((turn += 1) % 2 === 0 ? old.url : young.url);
    await telling([...old.peyks, ...young.peyks], async () => {
      // What one began the other finishes.
      await Promise.all([postUntilTaken(() => young.url, end(first)), postUntilTaken(either, begin(second), 5)]);
      await postUntilTaken(either, end(second), 5);
      await left([...first, ...second], 0);
    });

    const posting = postUntilTaken(() => young.url, [...begin(third), ...end(third)], 5);
    for (const peyk of old.peyks) expect(await peyk.stop()).toMatchObject({ code: 0 });
    await posting;
    const everybody = [...first, ...second, ...third];
    await left(everybody, 2);
    // No SMTP server is configured: e-mails wait.
    const open = `select count(*) from message where state <> 'sent' and channel = 'sms'`;
    await until('the end', async () => (await count(all.PEYK_DATABASE_URL, open)) === 0);
    expect(smsTally(everybody, fake.countsByReceiverAndText())).toEqual(exact);
    expect(await count(all.PEYK_DATABASE_URL, 'select count(*) from dead_letter')).toBe(0);
    for (const peyk of young.peyks) expect(await peyk.stop()).toMatchObject({ code: 0 });
  });
});

/** A failure comes with what the processes said last. */
async function telling(peyks: readonly PeykProcess[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const words = peyks.map(({ out, err }) => `${out}${err}`.trimEnd().split('\n').slice(-6).join('\n'));
    throw new Error(`${String(error)}\n${words.join('\n---\n')}`, { cause: error });
  }
}

function begin(customers: readonly Customer[]) {
  return customers.flatMap((one) => one.beginning());
}

function end(customers: readonly Customer[]) {
  return customers.map((one) => one.end());
}
