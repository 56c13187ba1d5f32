import { jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { until } from '../integration/kafka/until.js';
import type { PeykProcess } from './peyk-process.js';
import { get } from './shop.js';
import { freePort, isAlive, postgresPid, World } from './world.js';

// Real processes and real servers, on machines that have other things to do.
jest.setTimeout(180_000);

const world = new World();
afterEach(() => world.end());

const bash = (line: string) => promisify(execFile)('bash', ['-c', line]);
const messagesIn = (text: string): number => text.match(/^ {2}(?:sms|email) to /gm)?.length ?? 0;
const curlIn = (peyk: PeykProcess): string | undefined => /^ {2}(curl .*)$/m.exec(peyk.out)?.[1];

async function untilItSaysWhatToTry(peyk: PeykProcess): Promise<void> {
  await until('what to try', () => curlIn(peyk) !== undefined || `${peyk.out}\n${peyk.err}`, 60_000);
}

describe('npm start on a bare machine', () => {
  it('prints the messages of a sample day, then one line that makes a message appear; Ctrl-C ends everything', async () => {
    const data = world.dataFolder();
    const peyk = world.start(['start'], { PEYK_DATA_DIR: data });
    await untilItSaysWhatToTry(peyk);
    expect(messagesIn(peyk.out)).toBe(7);
    expect(peyk.out).toContain('برآورد هزینه‌ی تعمیر iPhone 13 آماده شد: ۴٬۸۰۰٬۰۰۰ تومان');
    expect(peyk.out).toContain('email to mina@example.com');
    expect(peyk.err).toBe('');
    // For people: nothing of the log, and in words what is not done here.
    expect(peyk.out).not.toContain('{"level"');
    await until('what is not served', () => /^Of these .*yalda-credit.* are only simulated yet/m.test(peyk.out));

    const { stdout } = await bash(curlIn(peyk) ?? '');
    expect(JSON.parse(stdout)).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
    await until('the message', () => messagesIn(peyk.out) === 8);
    expect(peyk.out).toMatch(/sms to \+989121234567\n.*سارا عزیز، سلام!\n.*Pixel 9 شما را تحویل گرفتیم/);

    const postgres = postgresPid(data);
    const { code, took } = await peyk.stop('SIGINT');
    expect(code).toBe(0);
    expect(took).toBeLessThan(10_000);
    expect(isAlive(postgres)).toBe(false);
  });

  it('does not repeat the day in the same folder, keeps what was there, and offers a line that works again', async () => {
    const data = world.dataFolder();
    const first = world.start(['start'], { PEYK_DATA_DIR: data });
    await untilItSaysWhatToTry(first);
    await bash(curlIn(first) ?? '');
    await until('the message', () => messagesIn(first.out) === 8);
    await first.stop('SIGINT');

    const second = world.start(['start'], { PEYK_DATA_DIR: data });
    await untilItSaysWhatToTry(second);
    const url = await second.url();
    const { messages } = JSON.parse((await get(`${url}/v1/messages`)).text) as {
      readonly messages: readonly unknown[];
    };
    expect(messages).toHaveLength(8);
    expect(messagesIn(second.out)).toBe(0);
    await bash(curlIn(second) ?? '');
    await until('the message', () => messagesIn(second.out) === 1);
  });

  it('ends at once when it is interrupted in the middle of the day, and goes on with the day next time', async () => {
    const data = world.dataFolder();
    const first = world.start(['start'], { PEYK_DATA_DIR: data });
    await until('the first message', () => messagesIn(first.out) > 0, 60_000);
    const { code, took } = await first.stop('SIGINT');
    expect(code).toBe(0);
    expect(took).toBeLessThan(10_000);
    expect(curlIn(first)).toBeUndefined();

    const second = world.start(['start'], { PEYK_DATA_DIR: data });
    await untilItSaysWhatToTry(second);
    expect(second.out).not.toContain('has not left yet');
    expect(messagesIn(first.out) + messagesIn(second.out)).toBe(7);
  });

  it('plays the day where API keys are set, too', async () => {
    const peyk = world.start(['start'], { PEYK_DATA_DIR: world.dataFolder(), PEYK_API_KEYS: 'key-of-the-shop' });
    await untilItSaysWhatToTry(peyk);
    expect(messagesIn(peyk.out)).toBe(7);
    expect(peyk.out).not.toContain('key-of-the-shop');
  });

  it('plays no made-up day where something real is configured, and says where it serves', async () => {
    const { env } = await world.kavenegar();
    const peyk = world.start(['start'], { PEYK_DATA_DIR: world.dataFolder(), ...env });
    const url = await peyk.url();
    expect(peyk.out).toContain('there is no sample day');
    expect(JSON.parse((await get(`${url}/v1/messages`)).text)).toMatchObject({ messages: [] });
  });
});

describe('a second npm start beside the first', () => {
  it('says in one sentence what to do, and takes nothing from the first', async () => {
    const data = world.dataFolder();
    const port = String(await freePort());
    const env = { PEYK_DATA_DIR: data, PEYK_PORT: port };
    const first = world.start(['start'], env);
    await untilItSaysWhatToTry(first);
    const postgres = postgresPid(data);

    const second = await world.run(['start'], env);
    expect(second.code).toBe(1);
    expect(second.err).toBe(
      `port ${port} on 127.0.0.1 is in use: stop what listens there, or set PEYK_PORT to another port.\n`,
    );
    expect(isAlive(postgres)).toBe(true);
    await bash(curlIn(first) ?? '');
    await until('the message', () => messagesIn(first.out) === 8);
  });
});
