import type { Outgoing } from '../../../src/channels/channel.js';
import { MailboxChannel } from '../../../src/channels/mailbox/mailbox.channel.js';
import { describeChannel, faultNames, type FaultName, type Rig } from './contract.js';

async function open(timeoutMs: number): Promise<Rig> {
  const delivered: Outgoing[] = [];
  const channel = new MailboxChannel({ channel: 'sms' }, { delivered: (message) => void delivered.push(message) });
  return {
    channel,
    timeoutMs,
    secrets: ['9121234567'],
    outgoing: (id, text) => ({ id, to: '+989121234567', content: { channel: 'sms', text, parts: 1 } }),
    arrivals: () => delivered.map(({ content }) => content.text),
    untilNoConnections: () => Promise.resolve(),
    close: () => channel.close(),
  };
}

const none = Object.fromEntries(faultNames.map((name) => [name, 'cannot happen'])) as Record<
  FaultName,
  'cannot happen'
>;

describeChannel({ provider: 'mailbox', idempotent: false, open, faults: none });

describe('a mailbox', () => {
  it('serves e-mail as well, and hands over all of the message', async () => {
    const delivered: Outgoing[] = [];
    const channel = new MailboxChannel({ channel: 'email' }, { delivered: (message) => void delivered.push(message) });
    const message: Outgoing = {
      id: 9,
      to: 'a@b.example',
      content: { channel: 'email', subject: 's', text: 't', html: 'h' },
    };
    expect(await channel.send(message)).toEqual({ kind: 'accepted', providerId: 'mailbox-9', cost: undefined });
    expect(delivered).toEqual([message]);
  });

  it('asks to try again when whoever empties it fails', async () => {
    const channel = new MailboxChannel({ channel: 'sms' }, { delivered: () => Promise.reject(new Error('full')) });
    const result = await channel.send({ id: 1, to: '+989121234567', content: { channel: 'sms', text: 't', parts: 1 } });
    expect(result).toMatchObject({ kind: 'retry' });
  });
});
