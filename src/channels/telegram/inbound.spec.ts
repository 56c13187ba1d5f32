import type { HookRequest } from '../inbound.js';
import { telegramInbound } from './inbound.js';

function request(headers: Readonly<Record<string, string>> = {}): HookRequest {
  const message = { chat: { id: 4711, type: 'private' }, text: 'سلام' };
  return { method: 'POST', query: {}, headers, body: { update_id: 90, message } };
}

const heard = [{ kind: 'reply', id: '90', from: '4711', text: 'سلام' }];

describe('the way back from Telegram', () => {
  it('is a reply for each update', () => {
    const inbound = telegramInbound();
    expect([inbound.channel, inbound.provider]).toEqual(['telegram', 'telegram']);
    expect(inbound.hear(request())).toEqual(heard);
    expect(inbound.hear({ ...request(), body: 'x' })).toBeUndefined();
  });

  it('tells a pressed button that all is well, and nothing else', () => {
    const { answer } = telegramInbound();
    const press = { update_id: 91, callback_query: { id: '17', message: { chat: { id: 4711 } }, data: '5' } };
    const told = { method: 'answerCallbackQuery', callback_query_id: '17' };
    expect(answer?.({ ...request(), body: press })).toEqual(told);
    expect(answer?.(request())).toBeUndefined();
    expect(answer?.({ ...request(), body: undefined })).toBeUndefined();
  });

  it('is open only to who brings the token, where there is one', () => {
    const inbound = telegramInbound('s3cret_token');
    expect(inbound.hear(request({ 'X-Telegram-Bot-Api-Secret-Token': 's3cret_token' }))).toEqual(heard);
    expect(inbound.hear(request({ 'x-telegram-bot-api-secret-token': 's3cret_token' }))).toEqual(heard);
    for (const token of ['s3cret_tokem', 's3cret_token2', '']) {
      expect(inbound.hear(request({ 'x-telegram-bot-api-secret-token': token }))).toBeUndefined();
    }
    expect(inbound.hear(request())).toBeUndefined();
  });

  it('at an address of ours is refused with the token of another, and taken without one', () => {
    const inbound = telegramInbound('s3cret_token', 'may');
    expect(inbound.refuses?.(request({ 'x-telegram-bot-api-secret-token': 's3cret_token' }))).toBeUndefined();
    expect(inbound.refuses?.(request())).toBeUndefined();
    expect(inbound.refuses?.(request({ 'X-Telegram-Bot-Api-Secret-Token': 'other' }))).toMatch(
      /peyk channels --set-hooks/,
    );
    expect(inbound.hear(request())).toEqual(heard);
    expect(telegramInbound(undefined, 'may').refuses).toBeUndefined();
  });
});
