import { printProblem } from '../problem.js';
import { Problems } from '../yaml/problems.js';
import { loadPolicy, minimalPolicy } from './load.js';
import type { Policy } from './policy.js';

function load(text: string | undefined): { policy: Policy | undefined; told: readonly string[] } {
  const problems = new Problems();
  const policy = loadPolicy('policy.yaml', text, problems);
  return { policy, told: problems.sorted().map(printProblem) };
}

const good = `timezone: Asia/Tehran
calendar: jalali
purposes:
  transactional: { consent: not_needed }
  service: { consent: not_needed, in_doubt: never }
channel_order: [sms, email]
channels:
  sms: { provider: kavenegar, sender: "10004346", rate: 50 per second, cost: 350 toman }
  email: { provider: smtp, sender: "Shop <info@example.com>", rate: 20 per 1 minute }
`;

describe('the policy', () => {
  it('is read whole', () => {
    const { policy, told } = load(good);
    expect(told).toEqual([]);
    expect(policy).toEqual({
      timezone: 'Asia/Tehran',
      calendar: 'jalali',
      purposes: new Map([
        ['transactional', { name: 'transactional', rank: 0, consent: 'not_needed', inDoubt: 'again' }],
        ['service', { name: 'service', rank: 1, consent: 'not_needed', inDoubt: 'never' }],
      ]),
      channelOrder: ['sms', 'email'],
      channels: new Map([
        ['sms', { provider: 'kavenegar', sender: '10004346', rate: { messages: 50, per: 1_000 }, cost: 3_500 }],
        [
          'email',
          { provider: 'smtp', sender: 'Shop <info@example.com>', rate: { messages: 20, per: 60_000 }, cost: undefined },
        ],
      ]),
    });
  });

  it('may be as small as the one that is shown where there is none', () => {
    expect(load(minimalPolicy).told).toEqual([]);
    expect(load(undefined).told[0]).toContain(minimalPolicy);
    expect(load('# nothing\n').told[0]).toContain('policy.yaml is empty');
  });

  it('takes the order of channels as one row of a list too, and from channels where it is not given', () => {
    const base = 'purposes: { a: { consent: not_needed } }\n';
    expect(load(`${base}channel_order: [[email, sms]]\n`).policy?.channelOrder).toEqual(['email', 'sms']);
    expect(load(`${base}channels: { email: { provider: mailbox } }\n`).policy?.channelOrder).toEqual(['email']);
  });

  it.each([
    [
      'calendar: jalali',
      'calendar: jalaly',
      'policy.yaml:2:11: expected jalali or gregorian, got "jalaly"; did you mean "jalali"?',
    ],
    [
      'Asia/Tehran',
      'Asia/Nowhere',
      'policy.yaml:1:11: "Asia/Nowhere" is no time zone; expected a name such as Asia/Tehran',
    ],
    ['timezone:', 'timezon:', 'policy.yaml:1:1: "timezon" is no key of policy.yaml; did you mean "timezone"?'],
    ['purposes:', 'opt_out: {}\npurposes:', 'policy.yaml:3:1: opt_out is not supported yet'],
    ['in_doubt: never', 'caps: [1 per 1 day]', 'policy.yaml:5:35: caps is not supported yet'],
    [
      'in_doubt: never',
      'in_doubt: nevr',
      'policy.yaml:5:45: expected again or never, got "nevr"; did you mean "never"?',
    ],
    [
      'in_doubt: never',
      'quiet_hour: 1',
      'policy.yaml:5:35: "quiet_hour" is no key of a purpose; did you mean "quiet_hours"?',
    ],
    [
      'service: { consent: not_needed',
      'service: { consent: required',
      'policy.yaml:5:23: consent: required is not supported yet; the one that is built is not_needed',
    ],
    [
      'service: { consent: not_needed,',
      'service: {',
      'policy.yaml:5:12: consent is missing; write consent: not_needed',
    ],
    ['[sms, email]', '[sms, telegram]', 'policy.yaml:6:22: channel telegram is not supported yet'],
    ['[sms, email]', '[sms, emial]', 'policy.yaml:6:22: "emial" is no channel; did you mean "email"?'],
    [
      '[sms, email]',
      '[{ audience: vip, try: [sms] }]',
      'policy.yaml:6:17: rows by audience in channel_order are not supported yet; write one list for everybody',
    ],
    ['[sms, email]', 'sms', 'policy.yaml:6:16: expected a list of channels such as [sms, email], got "sms"'],
    ['[sms, email]', '[]', 'policy.yaml:6:16: channel_order names no channel; write [sms, email]'],
    [
      'provider: kavenegar',
      'provider: kavengar',
      'policy.yaml:8:20: expected kavenegar or mailbox, got "kavengar"; did you mean "kavenegar"?',
    ],
    [
      '50 per second',
      '50/s',
      'policy.yaml:8:57: expected a rate such as "50 per second" (second, minute, hour or day), got "50/s"',
    ],
    ['350 toman', '350', 'policy.yaml:8:78: expected money with its unit, such as "3500 rial", got "350"'],
    ['provider: smtp, ', '', 'policy.yaml:9:3: provider is missing; expected smtp or mailbox'],
  ])('with %j as %j is told', (from, to, message) => {
    expect(load(good.replace(from, to)).told).toEqual([message]);
  });

  it('tells several providers for a channel', () => {
    expect(load(`${minimalPolicy}channels: { sms: [{ provider: mailbox }] }\n`).told).toEqual([
      'policy.yaml:6:18: several providers for one channel are not supported yet',
    ]);
  });

  it('tells everything that is missing at once', () => {
    expect(load('calendar: jalali\n').told).toEqual([
      'policy.yaml:1:1: channel_order is missing; write the channels to try, such as [sms, email]',
      'policy.yaml:1:1: purposes is missing; write at least "transactional: { consent: not_needed }"',
    ]);
  });
});
