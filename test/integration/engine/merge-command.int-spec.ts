import { jest } from '@jest/globals';
import { merge } from '../../../src/cli/merge.js';
import { Bench, event, shopWith } from './engine-bench.js';

const workspace = shopWith({});

describe('peyk merge', () => {
  let bench: Bench;
  const before = process.env;
  beforeAll(async () => {
    bench = await Bench.open();
    process.env = { ...before, PEYK_DATABASE_URL: bench.server.url };
    const { engine } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [event('visit', 'customer-1'), event('visit', 'customer-2')] });
  });
  afterAll(async () => {
    process.env = before;
    await bench.close();
  });

  async function run(
    from: string,
    into: string,
    options: Parameters<typeof merge>[2] = { lang: 'en' },
  ): Promise<readonly [number, ...string[]]> {
    const said: string[] = [];
    const hear = (text: unknown): void => void said.push(String(text));
    const spies = [
      jest.spyOn(console, 'log').mockImplementation(hear),
      jest.spyOn(console, 'error').mockImplementation(hear),
    ];
    try {
      return [await merge(from, into, options), ...said];
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  }

  it('makes one of two who are known, once, and says so', async () => {
    expect(await run('customer-1', 'customer-9')).toEqual([
      ...[1, 'there is no customer "customer-9"; did you mean "customer-2"?'],
    ]);
    expect(await run('customer-1', 'customer-2')).toEqual([
      0,
      '"customer-1" is a second name of "customer-2" now: what is known and what comes of either is of "customer-2"',
    ]);
    expect(await bench.sql('select id, merged_into from customer order by id')).toEqual([
      { id: 'customer-1', merged_into: 'customer-2' },
      { id: 'customer-2', merged_into: null },
    ]);
    expect(await run('customer-1', 'customer-2', { lang: 'fa' })).toEqual([
      ...[0, '«customer-1» از پیش نام دوم «customer-2» است'],
    ]);
    expect(await run('customer-1', 'customer-2', { lang: 'en', json: true })).toEqual([
      ...[0, '{"from":"customer-1","into":"customer-2","merged":false}'],
    ]);
    const [code, json, said] = await run('customer-2', 'customer-1', { lang: 'en', json: true });
    expect([code, json]).toEqual([1, '{"from":"customer-2","into":"customer-2","merged":false,"error":"circle"}']);
    expect(said).toMatch(/^"customer-1" was merged into "customer-2" before/);
  });
});
