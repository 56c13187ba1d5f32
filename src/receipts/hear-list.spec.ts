import { createInbounds } from '../channels/inbounds.js';
import { understoodInPart } from './hear-list.js';

const inbounds = createInbounds();
const inPart = (channel: 'instagram' | 'sms' | 'telegram', body: unknown) => {
  const part = understoodInPart(inbounds.get(channel) ?? [], { method: 'POST', query: {}, headers: {}, body });
  return part && { heard: part.understood.flatMap(({ heard }) => heard), refused: part.refused };
};
const receipt = { kind: 'receipt', provider_id: 'a', status: 'delivered' };

describe('a list that a provider brings', () => {
  it('keeps what is well and names the item and the field of the others', () => {
    const part = inPart('instagram', [
      receipt,
      { ...receipt, status: 'deliverd' },
      { kind: 'recipt' },
      { kind: 'receipt', status: 'failed' },
      { kind: 'receipt', status: 'failed', message_id: 'x' },
      { kind: 'reply', from: 'ann', text: 'hi' },
      { kind: 'reply', id: '1', text: 'hi' },
      { kind: 'reply', id: '1', from: 'ann' },
      'text',
      [receipt],
    ]);
    expect(part?.heard).toHaveLength(1);
    expect(part?.refused.map(({ place, message }) => `${place} ${message}`)).toEqual([
      'body[1].status is "deliverd"; did you mean "delivered"?',
      'body[2].kind is "recipt"; did you mean "receipt"?',
      'body[3].provider_id is missing; give it, or our own message_id',
      'body[4].message_id is "x"; expected our own number of the message',
      "body[5].id is missing; give the reply's own, the same each time",
      'body[6].from is missing; expected an address of instagram',
      'body[7].text is missing; expected what was written, as a text',
      expect.stringMatching(/^body\[8\] is no object; expected JSON: /),
      expect.stringMatching(/^body\[9\] is no object; expected JSON: /),
    ]);
  });

  it("speaks of Kavenegar's own fields where an item has its id", () => {
    const part = inPart('sms', [
      { messageid: '7', status: '10' },
      { messageid: '8', status: 'ten' },
      { messageid: 'x', status: '10' },
      { kind: 'receipt', provider_id: '9', status: 'x' },
    ]);
    expect(part?.heard).toEqual([{ kind: 'receipt', providerId: '7', status: 'delivered' }]);
    expect(part?.refused.map(({ place }) => place)).toEqual(['body[1].status', 'body[2].messageid', 'body[3].status']);
  });

  it('is of updates too, though no Bot API sends any', () => {
    const update = { update_id: 1, message: { chat: { id: 5 }, text: 'hi' } };
    expect(inPart('telegram', [update, { message: {} }])).toEqual({
      heard: [{ kind: 'reply', id: '1', from: '5', text: 'hi' }],
      refused: [{ place: 'body[1]', message: 'says nothing that is known here' }],
    });
  });

  it('is none where it is empty or something else', () => {
    expect(inPart('sms', [])).toBeUndefined();
    expect(inPart('sms', { kind: 'recipt' })).toBeUndefined();
  });
});
