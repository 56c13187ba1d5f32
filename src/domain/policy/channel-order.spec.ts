import { printProblem } from '../problem.js';
import { Problems } from '../yaml/problems.js';
import { channelsFor, channelsTried } from './channel-order.js';
import { loadPolicy } from './load.js';
import type { ChannelOrderRow } from './policy.js';

function order(text: string): { rows: readonly ChannelOrderRow[]; told: readonly string[] } {
  const problems = new Problems();
  const policy = loadPolicy(
    'policy.yaml',
    `purposes: { a: { consent: not_needed } }\nchannel_order: ${text}\n`,
    problems,
  );
  return { rows: policy?.channelOrder ?? [], told: problems.sorted().map(printProblem) };
}

const rows = '[{ audience: vip, try: [telegram, sms] }, { audience: quiet, try: email }, [sms, email]]';

describe('the order of channels', () => {
  it('is that of the first row whose audience fits', () => {
    const { rows: read, told } = order(rows);
    expect(told).toEqual([]);
    expect(channelsFor(read, (audience) => audience === 'vip' || audience === 'quiet')).toEqual(['telegram', 'sms']);
    expect(channelsFor(read, (audience) => audience === 'quiet')).toEqual(['email']);
    expect(channelsFor(read, () => false)).toEqual(['sms', 'email']);
    expect(channelsTried(read)).toEqual(['telegram', 'sms', 'email']);
  });

  it('asks for no audience that it does not need', () => {
    const asked: string[] = [];
    channelsFor(order(rows).rows, (audience) => asked.push(audience) > 0);
    expect(asked).toEqual(['vip']);
  });

  it('leaves somebody out only with a warning', () => {
    const { rows: read, told } = order('[{ audience: vip, try: [sms] }]');
    expect(told).toEqual([
      'policy.yaml:2:16: warning: whoever is in none of these audiences is reached on no channel; end with a list for everybody, such as [sms, email]',
    ]);
    expect(channelsFor(read, () => false)).toEqual([]);
    expect(order('[{ audience: everyone, try: [sms] }]').told).toEqual([]);
  });

  it.each([
    ['[[sms], [email]]', '24: this row is never reached; the list for everybody stands last'],
    ['[[sms], { audience: vip, try: [email] }]', '24: this row is never reached; the list for everybody stands last'],
    ['[sms, [email]]', '17: expected { audience, try } or a list of channels, got "sms"'],
    ['[{ try: [sms] }, [sms]]', '17: audience is missing; a row for everybody is a plain list'],
    ['[{ audience: vip }, [sms]]', '17: try is missing; write try: [sms, email]'],
    ['[{ audience: vip, tri: [sms] }, [sms]]', '34: "tri" is no key of a row of channel_order; did you mean "try"?'],
    ['[{ audience: [a, b], try: [sms] }, [sms]]', '29: expected the name of one audience, got a list'],
    ['[{ audience: vip, try: [] }, [sms]]', '39: this row names no channel; write [sms, email]'],
    ['[[sms, [email]]]', '23: expected a channel such as sms, got a list'],
    [
      '[sms, pigeon]',
      '22: "pigeon" is no channel; there are sms, email, telegram, bale, whatsapp, instagram, push, voice, web, webhook',
    ],
  ])('%s is told', (text, message) => {
    expect(order(text).told).toContain(`policy.yaml:2:${message}`);
  });
});
