import { hearUpdate } from './updates.js';

const private_ = { id: 4711, type: 'private' };
const sara = { id: 4711, is_bot: false, first_name: 'سارا' };

function update(message: object, more: object = {}): object {
  return { update_id: 90, message: { message_id: 5, date: 1, chat: private_, from: sara, ...message }, ...more };
}

function press(query: object): object {
  const message = { message_id: 5, chat: private_, from: { id: 1, is_bot: true } };
  return { update_id: 91, callback_query: { id: '4382bfdwdsb323b2d9', from: sara, message, data: '5', ...query } };
}

describe('an update of a bot', () => {
  it('is a reply where somebody wrote', () => {
    const heard = { kind: 'reply', id: '90', from: '4711', text: '۵ ممنون' };
    expect(hearUpdate(update({ text: '۵ ممنون' }))).toEqual([heard]);
    expect(hearUpdate(update({ caption: '۵ ممنون', photo: [{}] }))).toEqual([heard]);
    expect(hearUpdate(update({ text: '۵ ممنون', chat: { id: '4711' } }))).toEqual([heard]);
  });

  it('is a reply where somebody pressed a button, under the id of the press', () => {
    const heard = { kind: 'reply', id: 'callback/4382bfdwdsb323b2d9', from: '4711', text: '5' };
    expect(hearUpdate(press({}))).toEqual([heard]);
    expect(hearUpdate(press({ id: 17 }))).toEqual([{ ...heard, id: 'callback/17' }]);
  });

  it('is a phone that its owner shares, and none that is somebody else’s', () => {
    const shared = (owner: unknown) =>
      hearUpdate(update({ from: { id: 4711 }, contact: { phone_number: '989121234567', user_id: owner } }));
    expect(shared(4711)).toEqual([expect.objectContaining({ kind: 'contact', from: '4711', phone: '989121234567' })]);
    expect([shared(4712), shared(undefined)]).toEqual([[], []]);
  });

  it.each<[string, object]>([
    ['an edit', { update_id: 1, edited_message: { chat: private_, text: 'x' } }],
    ['a change of the chat', { update_id: 1, my_chat_member: { chat: private_ } }],
    ['a sticker', update({ sticker: {} })],
    ['an empty text', update({ text: '' })],
    ['a text that is none', update({ text: 5 })],
    ['what is said in a group', update({ text: 'x', chat: { id: -100, type: 'supergroup' } })],
    ['what a bot says', update({ text: 'x', from: { id: 1, is_bot: true } })],
    ['a chat without an id', update({ text: 'x', chat: {} })],
    ['a button without data', press({ data: undefined })],
    ['a button of a message that is gone', press({ message: undefined })],
    ['a press without an id', press({ id: undefined })],
  ])('tells nothing of use: %s', (_, body) => {
    expect(hearUpdate(body)).toEqual([]);
  });

  it.each([undefined, null, 'x', 5, [], {}, { update_id: 'a b' }, { update_id: 1.5 }, { message: { text: 'x' } }])(
    'is not %j',
    (body) => {
      expect(hearUpdate(body)).toBeUndefined();
    },
  );

  it('is told by a text of any length as it is', () => {
    const text = 'ب'.repeat(10_000);
    expect(hearUpdate(update({ text }))).toEqual([expect.objectContaining({ text })]);
  });
});
