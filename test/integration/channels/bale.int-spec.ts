import { BaleChannel } from '../../../src/channels/bale/bale.channel.js';
import { botFaults, chat, messageOn, opener, type BotRig } from './bot-api-rig.js';
import { describeChannel } from './contract.js';

const open = opener('bale', (settings) => new BaleChannel(settings));

describeChannel<BotRig>({ provider: 'bale', idempotent: false, open, faults: botFaults });

describe('what is Bale’s own', () => {
  it('shows buttons, takes no phone number, and answers when asked', async () => {
    const rig = await open(5000);
    const content = { channel: 'bale', text: 'خوب بود؟', buttons: ['بله', 'نه'] } as const;
    expect(await rig.channel.send({ id: 1, to: chat, content })).toMatchObject({ kind: 'accepted' });
    const row = ['بله', 'نه'].map((text) => ({ text, callback_data: text }));
    expect(rig.server.sent).toEqual([{ chat, text: 'خوب بود؟', keyboard: { inline_keyboard: [row] } }]);
    const byPhone = { ...messageOn('bale', 2, 'x'), to: '+989121234567' };
    expect(await rig.channel.send(byPhone)).toMatchObject({ kind: 'rejected', elsewhere: true });
    expect(await rig.channel.probe?.()).toEqual({ kind: 'works', detail: 'the bot @shop_bot' });
    await rig.close();
  });
});
