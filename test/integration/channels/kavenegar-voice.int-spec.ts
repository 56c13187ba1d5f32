import { KavenegarVoiceChannel } from '../../../src/channels/kavenegar/kavenegar-voice.channel.js';
import type { Fault } from '../../servers/kavenegar/faults.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';
import { describeChannel, type Expectation, type Rig } from './contract.js';

const apiKey = 'secret key+7A';
const method = 'call/maketts';

interface VoiceRig extends Rig {
  readonly server: FakeKavenegar;
}

async function open(timeoutMs: number): Promise<VoiceRig> {
  const server = await new FakeKavenegar({ apiKeys: [encodeURIComponent(apiKey)] }).listen();
  const channel = new KavenegarVoiceChannel({ apiKey, baseUrl: server.url, timeoutMs });
  return {
    server,
    channel,
    timeoutMs,
    secrets: [apiKey, encodeURIComponent(apiKey), '9121234567'],
    outgoing: (id, text) => ({ id, to: '+989121234567', content: { channel: 'voice', text } }),
    arrivals: () => server.sent().map(({ text }) => text),
    untilNoConnections: () => server.untilNoConnections(),
    close: async () => {
      await server.close();
      await channel.close();
    },
  };
}

function on(fault: Fault, kind: Expectation['kind'], arrives: boolean): Expectation<VoiceRig> {
  return {
    kind,
    arrives,
    provoke: ({ server }) => {
      server.faults.next(fault, method);
    },
  };
}

describeChannel<VoiceRig>({
  provider: 'kavenegar voice',
  idempotent: true,
  open,
  faults: {
    'silence after acceptance': on({ kind: 'silence', accept: true }, 'unknown', true),
    'silence before acceptance': on({ kind: 'silence', accept: false }, 'unknown', false),
    'reset after acceptance, before the answer': on({ kind: 'reset', accept: true }, 'unknown', true),
    'reset after acceptance, in mid-answer': on({ kind: 'reset', accept: true, when: 'mid_answer' }, 'unknown', true),
    'reset before acceptance': on({ kind: 'reset', accept: false }, 'unknown', false),
    'too many calls': on({ kind: 'status', status: 429 }, 'retry', false),
    'address limited for now': on({ kind: 'status', status: 451 }, 'retry', false),
    'server error after acceptance': on({ kind: 'html', http: 502, accept: true }, 'retry', true),
    'server error in the usual form': on({ kind: 'status', status: 503 }, 'retry', false),
    'foreign answer after acceptance': on({ kind: 'html', http: 200, accept: true }, 'unknown', true),
    'cut answer after acceptance': on({ kind: 'cut', accept: true }, 'unknown', true),
    'empty answer after acceptance': on({ kind: 'empty', accept: true }, 'unknown', true),
    'slow answer': on({ kind: 'slow', ms: 100 }, 'accepted', true),
    'account or key refused': on({ kind: 'status', status: 403 }, 'channel_down', false),
    'no credit': on({ kind: 'status', status: 418 }, 'channel_down', false),
    'address blocked': {
      kind: 'rejected',
      arrives: false,
      lasting: true,
      provoke: ({ server }) => {
        server.ledger.blocked.add('09121234567');
      },
    },
    'address refused': on({ kind: 'status', status: 411 }, 'rejected', false),
    'server away': { kind: 'retry', arrives: false, lasting: true, provoke: ({ server }) => server.close() },
  },
});

describe('a call that reads a text aloud', () => {
  let rig: VoiceRig;
  beforeEach(async () => {
    rig = await open(2_000);
  });
  afterEach(() => rig.close());

  it('is asked for with receptor, message and localid', async () => {
    const seen: unknown[] = [];
    rig.server.faults.choose((called, params) => void seen.push([called, { ...params }]));
    await rig.channel.send(rig.outgoing(7, 'کد شما ۱۲ است'));
    expect(seen).toEqual([[method, { receptor: '09121234567', message: 'کد شما ۱۲ است', localid: '7' }]]);
  });

  it('cannot be asked about: it goes by its purpose', () => {
    expect(rig.channel.lookup).toBeUndefined();
  });
});
