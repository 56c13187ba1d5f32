import type { BotAnswer } from './bot.js';
import { sendResult } from './send-result.js';

const names = { name: 'Telegram', root: 'PEYK_TELEGRAM_API_ROOT' };

function refused(code: number, afterMs?: number): BotAnswer {
  return { kind: 'refused', code, description: 'd', afterMs };
}

function answered(status: number, afterMs?: number): BotAnswer {
  return { kind: 'failed', answer: { kind: 'answered', status, body: '<html>', afterMs } };
}

describe('the result of a bot’s send', () => {
  it('is accepted with the chat and the number of the message in it', () => {
    const done = (result: unknown) => sendResult({ kind: 'done', result }, names);
    expect(done({ message_id: 5, chat: { id: 4711 } })).toEqual({
      kind: 'accepted',
      providerId: '4711:5',
      cost: undefined,
    });
    expect(done({ message_id: '5' })).toMatchObject({ kind: 'accepted', providerId: '5' });
    expect(done({})).toMatchObject({ kind: 'unknown' });
    expect(done(true)).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    [400, 'rejected'],
    [403, 'rejected'],
    [413, 'rejected'],
    [401, 'channel_down'],
    [404, 'channel_down'],
    [409, 'retry'],
    [420, 'retry'],
    [429, 'retry'],
    [500, 'unknown'],
    [502, 'unknown'],
  ])('of the error %i is %s, and says so', (code, kind) => {
    expect(sendResult(refused(code), names)).toMatchObject({ kind, reason: `Telegram ${String(code)}: d` });
  });

  it('waits as long as it is told to', () => {
    expect(sendResult(refused(429, 7000), names)).toMatchObject({ kind: 'retry', afterMs: 7000 });
    expect(sendResult(answered(429, 3000), names)).toMatchObject({ kind: 'retry', afterMs: 3000 });
    expect('afterMs' in sendResult(refused(429), names)).toBe(false);
  });

  it.each([
    [200, 'unknown'],
    [408, 'unknown'],
    [429, 'retry'],
    [500, 'unknown'],
    [504, 'unknown'],
    [302, 'channel_down'],
    [403, 'channel_down'],
    [404, 'channel_down'],
  ])('of an HTTP %i in another form is %s', (status, kind) => {
    expect(sendResult(answered(status), names).kind).toBe(kind);
  });

  it('is tried again only where nothing was written', () => {
    const of = (kind: 'not_written' | 'no_answer') =>
      sendResult({ kind: 'failed', answer: { kind, detail: 'ECONNRESET' } }, names);
    expect(of('not_written')).toEqual({ kind: 'retry', reason: 'ECONNRESET' });
    expect(of('no_answer')).toEqual({ kind: 'unknown', reason: 'ECONNRESET' });
  });
});
