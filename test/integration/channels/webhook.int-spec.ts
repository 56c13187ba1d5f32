import { createHmac } from 'node:crypto';
import type { Outgoing } from '../../../src/channels/channel.js';
import { ChannelSettingsError } from '../../../src/channels/channel-settings.error.js';
import { WebhookChannel } from '../../../src/channels/webhook/webhook.channel.js';
import { WebhookReceiver, type Fault } from '../../servers/webhook/server.js';
import { describeChannel, type Expectation, type Rig } from './contract.js';

const secret = 'a-shared-secret-of-ours';

interface WebhookRig extends Rig {
  readonly server: WebhookReceiver;
}

async function open(timeoutMs: number): Promise<WebhookRig> {
  const server = await new WebhookReceiver().listen();
  const url = `${server.url}/hooks/k3y`;
  const channel = new WebhookChannel({ url, secret, allow: ['127.0.0.1'], timeoutMs, concurrency: 20 });
  return {
    server,
    channel,
    timeoutMs,
    secrets: [secret, 'k3y', 'customer-7'],
    outgoing,
    arrivals: () => [...server.taken.values()].map(({ body }) => (JSON.parse(body) as { text: string }).text),
    untilNoConnections: () => server.untilNoConnections(),
    close: async () => {
      await server.close();
      await channel.close();
    },
  };
}

function outgoing(id: number, text: string): Outgoing {
  return { id, to: 'customer-7', content: { channel: 'webhook', text } };
}

function on(fault: Fault, expected: Omit<Expectation, 'provoke'>): Expectation<WebhookRig> {
  return {
    ...expected,
    provoke: ({ server }) => {
      server.next(fault);
    },
  };
}

const taken = { kind: 'unknown', arrives: true } as const;
const notTaken = { kind: 'unknown', arrives: false } as const;
const accepted = { kind: 'accepted', arrives: true } as const;
const html = '<html>a proxy says…';

describeChannel<WebhookRig>({
  provider: 'webhook',
  idempotent: true,
  open,
  faults: {
    'silence after acceptance': on({ kind: 'silence', accept: true }, taken),
    'silence before acceptance': on({ kind: 'silence', accept: false }, notTaken),
    'reset after acceptance, before the answer': on({ kind: 'reset', accept: true }, taken),
    'reset after acceptance, in mid-answer': on({ kind: 'reset', accept: true, when: 'mid_answer' }, taken),
    'reset before acceptance': on({ kind: 'reset', accept: false }, notTaken),
    'too many calls': on(
      { kind: 'answer', status: 429, headers: { 'retry-after': '7' } },
      { kind: 'retry', arrives: false, with: { afterMs: 7000 } },
    ),
    'address limited for now': on({ kind: 'answer', status: 425 }, { kind: 'retry', arrives: false }),
    'server error after acceptance': on(
      { kind: 'answer', status: 502, accept: true, body: html },
      { kind: 'retry', arrives: true },
    ),
    'server error in the usual form': on({ kind: 'answer', status: 503 }, { kind: 'retry', arrives: false }),
    'foreign answer after acceptance': on({ kind: 'answer', status: 200, accept: true, body: html }, accepted),
    'cut answer after acceptance': on({ kind: 'answer', status: 200, accept: true, body: '{"id":"4' }, accepted),
    'empty answer after acceptance': on({ kind: 'answer', status: 204, accept: true }, accepted),
    'slow answer': on({ kind: 'slow', ms: 100 }, accepted),
    'account or key refused': on({ kind: 'answer', status: 401 }, { kind: 'channel_down', arrives: false }),
    'no credit': on({ kind: 'answer', status: 402 }, { kind: 'channel_down', arrives: false }),
    'address blocked': on({ kind: 'answer', status: 410 }, { kind: 'rejected', arrives: false }),
    'address refused': on({ kind: 'answer', status: 422 }, { kind: 'rejected', arrives: false }),
    'server away': { kind: 'retry', arrives: false, lasting: true, provoke: ({ server }) => server.close() },
  },
});

describe('what is the web hook’s own', () => {
  let rig: WebhookRig;

  beforeEach(async () => {
    rig = await open(5000);
  });
  afterEach(() => rig.close());

  it('posts JSON that names the message and the customer, signed, under the message’s id', async () => {
    expect(await rig.channel.send(outgoing(2 ** 52 + 1, 'سلام'))).toMatchObject({ kind: 'accepted' });
    const [request] = rig.server.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/hooks/k3y' });
    expect(JSON.parse(request?.body ?? '')).toEqual({ id: '4503599627370497', customer: 'customer-7', text: 'سلام' });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': '4503599627370497',
    });
    const [, seconds = '', mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request?.headers['peyk-signature'])) ?? [];
    expect(mac).toBe(
      createHmac('sha256', secret)
        .update(`${seconds}.${request?.body ?? ''}`)
        .digest('hex'),
    );
    expect(Math.abs(Number(seconds) * 1000 - Date.now())).toBeLessThan(60_000);
  });

  it('does not follow a redirect: somebody has to mend the address', async () => {
    rig.server.next({ kind: 'answer', status: 302, headers: { location: `${rig.server.url}/other` } });
    expect(await rig.channel.send(outgoing(1, 'x'))).toEqual({
      kind: 'channel_down',
      reason: 'the web hook answered 302',
    });
    expect(rig.server.requests).toHaveLength(1);
  });

  it('gives the id that the receiver names, else its own', async () => {
    rig.server.next({ kind: 'answer', status: 200, body: '{"id": 77}' }, { kind: 'answer', status: 200, body: '[]' });
    expect(await rig.channel.send(outgoing(1, 'x'))).toMatchObject({ providerId: '77' });
    expect(await rig.channel.send(outgoing(2, 'x'))).toMatchObject({ providerId: '2' });
  });

  it.each([
    [undefined, /is not set/],
    ['ftp://example.com', /begins with ftp:/],
    ['http://127.0.0.1:9', /PEYK_WEBHOOK_ALLOW/],
    ['https://user:pass@example.com', /a user or a password/],
  ])('cannot be built on %j', (url, why) => {
    expect(() => new WebhookChannel({ url })).toThrow(ChannelSettingsError);
    expect(() => new WebhookChannel({ url })).toThrow(why);
  });
});
