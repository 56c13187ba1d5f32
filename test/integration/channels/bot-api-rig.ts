import type { Channel, Outgoing } from '../../../src/channels/channel.js';
import type { BotApiSettings } from '../../../src/channels/bot-api/bot-api.channel.js';
import { FakeBotApi, refused } from '../../servers/messengers/bot-api.js';
import type { Fault } from '../../servers/messengers/faulty-server.js';
import type { Expectation, FaultName, Rig } from './contract.js';

export const token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
export const chat = '48151623';

export interface BotRig extends Rig {
  readonly server: FakeBotApi;
}

type Make = (settings: BotApiSettings) => Channel;

/** A messenger with a Bot API on a server of our own. */
export function opener(channel: 'telegram' | 'bale', make: Make): (timeoutMs: number, key?: string) => Promise<BotRig> {
  return async (timeoutMs, key = token) => {
    const server = await new FakeBotApi(token).listen();
    const made = make({ token: key, apiRoot: server.url, timeoutMs, concurrency: 10 });
    return {
      server,
      channel: made,
      timeoutMs,
      secrets: [key, encodeURIComponent(key), chat],
      outgoing: (id, text) => messageOn(channel, id, text),
      arrivals: () => server.sent.map(({ text }) => text),
      untilNoConnections: () => server.untilNoConnections(),
      close: async () => {
        await server.close();
        await made.close();
      },
    };
  };
}

export function messageOn(channel: 'telegram' | 'bale', id: number, text: string): Outgoing {
  return { id, to: chat, content: { channel, text } };
}

function on(fault: Fault, expected: Omit<Expectation, 'provoke'>): Expectation<BotRig> {
  return {
    ...expected,
    provoke: ({ server }) => {
      server.next(fault);
    },
  };
}

const taken = { kind: 'unknown', arrives: true } as const;
const notTaken = { kind: 'unknown', arrives: false } as const;

/** Without an idempotency key whatever may have been taken is unknown. */
export const botFaults: Readonly<Record<FaultName, Expectation<BotRig> | 'cannot happen'>> = {
  'silence after acceptance': on({ kind: 'silence', accept: true }, taken),
  'silence before acceptance': on({ kind: 'silence', accept: false }, notTaken),
  'reset after acceptance, before the answer': on({ kind: 'reset', accept: true }, taken),
  'reset after acceptance, in mid-answer': on({ kind: 'reset', accept: true, when: 'mid_answer' }, taken),
  'reset before acceptance': on({ kind: 'reset', accept: false }, notTaken),
  'too many calls': on(
    { kind: 'reply', reply: refused(429, 'Too Many Requests: retry after 7', 7) },
    { kind: 'retry', arrives: false, with: { afterMs: 7000 } },
  ),
  'address limited for now': on(
    { kind: 'html', http: 429, retryAfter: '3', accept: false },
    { kind: 'retry', arrives: false, with: { afterMs: 3000 } },
  ),
  'server error after acceptance': on({ kind: 'html', http: 502, accept: true }, taken),
  'server error in the usual form': on(
    { kind: 'reply', reply: refused(500, 'Internal Server Error'), accept: true },
    taken,
  ),
  'foreign answer after acceptance': on({ kind: 'html', http: 200, accept: true }, taken),
  'cut answer after acceptance': on({ kind: 'cut', accept: true }, taken),
  'empty answer after acceptance': on({ kind: 'empty', accept: true }, taken),
  'slow answer': on({ kind: 'slow', ms: 100 }, { kind: 'accepted', arrives: true }),
  'account or key refused': on(
    { kind: 'reply', reply: refused(401, `Unauthorized: ${token}`) },
    { kind: 'channel_down', arrives: false },
  ),
  'no credit': 'cannot happen',
  'address blocked': {
    kind: 'rejected',
    arrives: false,
    lasting: true,
    provoke: ({ server }) => {
      server.blocked.add(chat);
    },
  },
  'address refused': on(
    { kind: 'reply', reply: refused(400, `Bad Request: chat ${chat} not found`) },
    { kind: 'rejected', arrives: false },
  ),
  'server away': { kind: 'retry', arrives: false, lasting: true, provoke: ({ server }) => server.close() },
};
