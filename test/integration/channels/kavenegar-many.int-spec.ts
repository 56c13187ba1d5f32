import { KavenegarChannel } from '../../../src/channels/kavenegar/kavenegar.channel.js';
import type { Outgoing, SendResult } from '../../../src/channels/channel.js';
import type { Fault } from '../../servers/kavenegar/faults.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';

const apiKey = 'secret-key-7A';
let server: FakeKavenegar;
let channel: KavenegarChannel;

beforeEach(async () => {
  server = await new FakeKavenegar({ apiKeys: [apiKey] }).listen();
  channel = new KavenegarChannel({ apiKey, baseUrl: server.url, sender: '10004346', timeoutMs: 2_000 });
});

afterEach(async () => {
  await server.close();
  await channel.close();
});

function messages(count: number): Outgoing[] {
  return Array.from({ length: count }, (_, place) => to(place + 1, `+98912${String(1_000_000 + place)}`));
}

function to(id: number, phone: string): Outgoing {
  return { id, to: phone, content: { channel: 'sms', text: 'یلدا مبارک', parts: 1 } };
}

async function kinds(given: readonly Outgoing[]): Promise<Record<string, number> | undefined> {
  const results = await channel.many.send(given);
  if (results === undefined) return undefined;
  expect([...results.keys()]).toEqual(given.map(({ id }) => id));
  const counts: Record<string, number> = {};
  for (const { kind } of results.values()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe('one text for many receivers', () => {
  it('is one call, and each message has its own id there', async () => {
    const given = messages(200);
    const results = await channel.many.send(given);
    expect(server.calls.get('sms/send')).toBe(1);
    expect(server.sent().map(({ localid, receptor }) => [localid, receptor.slice(1)])).toEqual(
      given.map(({ id, to: phone }) => [String(id), phone.slice(3)]),
    );
    const ids = [...(results ?? new Map<number, SendResult>()).values()].map(
      (result) => result.kind === 'accepted' && result.providerId,
    );
    expect(new Set(ids).size).toBe(200);
    expect((await channel.lookup([200])).get(200)).toEqual({ kind: 'arrived', providerId: ids[199] });
  });

  it('tells apart who has blocked it', async () => {
    server.ledger.blocked.add('09121000001');
    const results = await channel.many.send(messages(3));
    expect([...(results ?? [])].map(([id, { kind }]) => [id, kind])).toEqual([
      [1, 'accepted'],
      [2, 'rejected'],
      [3, 'accepted'],
    ]);
  });

  it('keeps what is no phone number out of the call', async () => {
    expect(await kinds([...messages(2), to(3, 'x@example.com')])).toEqual({ accepted: 2, rejected: 1 });
    expect(await kinds([to(4, 'x')])).toEqual({ rejected: 1 });
    expect(server.calls.get('sms/send')).toBe(1);
  });

  it('is refused as a whole where one of them may be the cause, and nothing has left', async () => {
    // In the form of a number, and none.
    expect(await kinds([...messages(2), to(3, '+981234567')])).toBeUndefined();
    expect(server.sent()).toHaveLength(0);
  });

  it('is not sent as one where two numbers could not be told apart', async () => {
    expect(await kinds([to(1, '+989121234567'), to(2, '+449121234567')])).toBeUndefined();
    expect(server.calls.size).toBe(0);
  });

  it.each<[Fault, Record<string, number> | undefined]>([
    [{ kind: 'silence', accept: true }, { unknown: 3 }],
    [{ kind: 'reset', accept: true, when: 'mid_answer' }, { unknown: 3 }],
    [{ kind: 'html', http: 200, accept: true }, { unknown: 3 }],
    [{ kind: 'html', http: 502, accept: true }, { retry: 3 }],
    [{ kind: 'status', status: 429, retryAfter: '7' }, { retry: 3 }],
    [{ kind: 'status', status: 418 }, { channel_down: 3 }],
    [{ kind: 'status', status: 411 }, undefined],
    [{ kind: 'status', status: 402 }, undefined],
  ])('that meets %j is %j for each', async (fault, expected) => {
    server.faults.next(fault);
    expect(await kinds(messages(3))).toEqual(expected);
  });

  it('has no receiver and no key in its reasons', async () => {
    server.faults.next({ kind: 'silence', accept: false });
    const told = JSON.stringify([...((await channel.many.send(messages(2))) ?? [])]);
    expect(told).not.toMatch(/912100000|secret/);
  });
});
