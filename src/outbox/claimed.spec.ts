import type { Content } from '../domain/message/message.js';
import { hasFallback, prepare, type Claimed } from './claimed.js';

function claimed(message: Partial<Claimed>): Claimed {
  return { id: 7, address: 'a', fallbacks: null, ...message } as Claimed;
}

const mail: Content = { channel: 'email', subject: 's', text: 't', html: 'h' };
const composer = { compose: (): Content => mail };

describe('a message that was claimed', () => {
  it.each<[Partial<Claimed>, Content]>([
    [
      { channel: 'sms', content: { text: 'a', parts: 2 } },
      { channel: 'sms', text: 'a', parts: 2 },
    ],
    [
      { channel: 'sms', content: { text: 'a', parts: 1, lookup: 'code', tokens: { token: '12' } } },
      { channel: 'sms', text: 'a', parts: 1, lookup: 'code', tokens: { token: '12' } },
    ],
    [
      { channel: 'sms', content: { text: 'a', parts: 1, lookup: 'code' } },
      { channel: 'sms', text: 'a', parts: 1, lookup: 'code' },
    ],
    [{ channel: 'email', content: {} }, mail],
    [
      { channel: 'telegram', content: { text: 'a' } },
      { channel: 'telegram', text: 'a' },
    ],
    [
      { channel: 'bale', content: { text: 'a', buttons: ['1', '2'] } },
      { channel: 'bale', text: 'a', buttons: ['1', '2'] },
    ],
  ])('%j is made ready for its channel', async (message, content) => {
    expect(await prepare(claimed(message), composer)).toEqual({
      kind: 'ready',
      outgoing: { id: 7, to: 'a', content },
    });
  });

  it.each<[Partial<Claimed>, string]>([
    [{ channel: 'sms', content: { text: 'a' } }, 'has to be {text, parts}'],
    [{ channel: 'sms', content: { text: 'a', parts: 1, lookup: 5 } }, 'has to be the name of a registered text'],
    [
      { channel: 'sms', content: { text: 'a', parts: 1, lookup: 'b', tokens: { token: 5 } } },
      'have to be texts by name',
    ],
    [{ channel: 'bale', content: 'a' }, 'the content for bale has to be {text}, a string'],
    [{ channel: 'bale', content: { text: 'a', buttons: ['1', 2] } }, 'the buttons have to be a list of texts'],
    [{ channel: 'bale', content: { text: 'a', buttons: '1' } }, 'the buttons have to be a list of texts'],
  ])('%j can never be sent', async (message, reason) => {
    expect(await prepare(claimed(message), composer)).toEqual({
      kind: 'unsendable',
      reason: expect.stringContaining(reason) as string,
    });
  });

  it('falls back on channels that are served only', () => {
    const to = (channel: string): unknown => [{ channel, address: 'a', content: {} }];
    expect(hasFallback(claimed({ fallbacks: to('email') }))).toBe(true);
    expect(hasFallback(claimed({ fallbacks: to('push') }))).toBe(false);
    expect(hasFallback(claimed({ fallbacks: null }))).toBe(false);
  });
});
