import { baleInbound } from './inbound.js';

describe('the way back from Bale', () => {
  it('is a reply for each update, whoever brings it', () => {
    const inbound = baleInbound();
    const message = { chat: { id: 4711, type: 'private' }, text: 'سلام' };
    const request = { method: 'POST', query: {}, headers: {}, body: { update_id: 90, message } };
    expect([inbound.channel, inbound.provider]).toEqual(['bale', 'bale']);
    expect(inbound.hear(request)).toEqual([{ kind: 'reply', id: '90', from: '4711', text: 'سلام' }]);
    expect(inbound.hear({ ...request, body: undefined })).toBeUndefined();
  });
});
