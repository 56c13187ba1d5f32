import { givenWorkspace, journeyText } from '../../test/given/workspace.js';
import { policy } from '../../test/given/policy.js';
import { usedChannels } from './used-channels.js';

describe('the channels that are used', () => {
  it('are those of the order, those of a `via`, and those that only have a provider', () => {
    const order = 'channel_order: [sms, email]\n';
    const providers = 'channels: { sms: { provider: mailbox }, bale: { provider: bale }, push: { provider: x } }';
    const { workspace } = givenWorkspace({
      ...policy('', order + providers),
      'templates/hello/telegram.hbs': 'سلام\n',
      'journeys/test.yaml': journeyText({ steps: '  - { send: hello, via: [telegram, reply, sms] }' }),
    });
    expect(usedChannels(workspace!)).toEqual({ named: ['sms', 'email', 'telegram'], perhaps: ['bale', 'push'] });
  });
});
