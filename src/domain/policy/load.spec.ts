import type { Scope } from '../expression/scope.js';
import { printProblem } from '../problem.js';
import { Problems } from '../yaml/problems.js';
import { consentFor } from './consent.js';
import { loadPolicy, minimalPolicy } from './load.js';
import { checkPolicyNames } from './mentions.js';
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

const plain = {
  quietHours: undefined,
  caps: [],
  whenCapped: 'defer',
  blackout: [],
  except: [],
  notAfter: undefined,
  footer: undefined,
  sample: undefined,
};

describe('the policy', () => {
  it('is read whole', () => {
    const { policy, told } = load(good);
    expect(told).toEqual([]);
    expect(policy).toEqual({
      timezone: 'Asia/Tehran',
      calendar: 'jalali',
      working: undefined,
      purposes: new Map([
        ['transactional', { ...plain, name: 'transactional', rank: 0, consent: 'not_needed', inDoubt: 'again' }],
        ['service', { ...plain, name: 'service', rank: 1, consent: 'not_needed', inDoubt: 'never' }],
      ]),
      optOut: undefined,
      optIn: undefined,
      channelOrder: [{ audience: undefined, try: ['sms', 'email'] }],
      channels: new Map([
        ['sms', [{ provider: 'kavenegar', sender: '10004346', rate: { messages: 50, per: 1_000 }, cost: 3_500 }]],
        [
          'email',
          [
            {
              provider: 'smtp',
              sender: 'Shop <info@example.com>',
              rate: { messages: 20, per: 60_000 },
              cost: undefined,
            },
          ],
        ],
      ]),
      mentions: [],
    });
  });

  it('may be as small as the one that is shown where there is none', () => {
    expect(load(minimalPolicy).told).toEqual([]);
    expect(load(undefined).told[0]).toContain(minimalPolicy);
    expect(load('# nothing\n').told[0]).toContain('policy.yaml is empty');
  });

  it('takes the order of channels as one row of a list too, and from channels where it is not given', () => {
    const base = 'purposes: { a: { consent: not_needed } }\n';
    expect(load(`${base}channel_order: [[email, sms]]\n`).policy?.channelOrder).toEqual([
      { audience: undefined, try: ['email', 'sms'] },
    ]);
    expect(load(`${base}channels: { email: { provider: mailbox } }\n`).policy?.channelOrder).toEqual([
      { audience: undefined, try: ['email'] },
    ]);
    expect(load(`${base}channels: { email: { provider: mailbox } }\n`).told).toEqual([]);
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
      'service: { consent: not_needed,',
      'service: {',
      'policy.yaml:5:12: consent is missing; write consent: required or not_needed',
    ],
    ['[sms, email]', '[sms, emial]', 'policy.yaml:6:22: "emial" is no channel; did you mean "email"?'],
    ['[sms, email]', 'sms', 'policy.yaml:6:16: expected a list of channels such as [sms, email], got "sms"'],
    ['[sms, email]', '[]', 'policy.yaml:6:16: channel_order names no channel; write [sms, email]'],
    [
      'provider: kavenegar',
      'provider: kavengar',
      'policy.yaml:8:20: there is no provider "kavengar"; did you mean "kavenegar"?',
    ],
    [
      '50 per second',
      '50/s',
      'policy.yaml:8:57: expected a rate such as "50 per second" (second, minute, hour or day), got "50/s"',
    ],
    [
      '50 per second',
      '0 per second',
      'policy.yaml:8:57: expected a rate such as "50 per second" (second, minute, hour or day), got "0 per second"',
    ],
    [
      '50 per second',
      '50 per 0 seconds',
      'policy.yaml:8:57: expected a rate such as "50 per second" (second, minute, hour or day), got "50 per 0 seconds"',
    ],
    [
      '50 per second',
      '9007199254740993 per second',
      'policy.yaml:8:57: expected a rate such as "50 per second" (second, minute, hour or day), got "9007199254740993 per second"',
    ],
    ['350 toman', '350', 'policy.yaml:8:78: expected money with its unit, such as "3500 rial", got "350"'],
    ['provider: smtp, ', '', 'policy.yaml:9:3: provider is missing; expected smtp or mailbox'],
    ...['crm.example.com', 'ftp://crm.example.com', 'https://'].map((sender) => [
      'email: {',
      `webhook: { provider: webhook, sender: "${sender}" }\n  email: {`,
      'policy.yaml:9:3: sender has to be the address to post messages to, such as https://crm.example.com/messages',
    ]),
  ])('with %j as %j is told', (from, to, message) => {
    expect(load(good.replace(from, to)).told).toEqual([message]);
  });

  it('tells that purposes are a list, or none', () => {
    const purposes = (text: string) => load(`timezone: Asia/Tehran\npurposes: ${text}\nchannel_order: [sms]\n`).told;
    expect(purposes('[service]')).toEqual(['policy.yaml:2:11: expected purposes by name, got a list']);
    expect(purposes('{}')).toEqual([
      'policy.yaml:2:11: there is no purpose; write "transactional: { consent: not_needed }"',
    ]);
  });

  it('tells everything that is missing at once', () => {
    expect(load('calendar: jalali\n').told).toEqual([
      'policy.yaml:1:1: channel_order is missing; write the channels to try, such as [sms, email]',
      'policy.yaml:1:1: purposes is missing; write at least "transactional: { consent: not_needed }"',
    ]);
  });
});

const whole = `timezone: Asia/Tehran
calendar: jalali
working_hours: { sat-wed: "09:00-18:00", thu: "09:00-13:00", closed: [nowruz] }
purposes:                                    # in the order in which they leave when there is more than the rates allow
  transactional: { consent: not_needed }
  service:       { consent: not_needed, quiet_hours: "22:00-08:00" }
  marketing:
    consent: required
    quiet_hours: "21:00-09:00"
    caps: [ 1 per 1 day, 3 per 7 days ]      # per customer, over all journeys and channels
    when_capped: defer                       # or drop
    blackout: [ashura, arbaeen]              # days on which nothing leaves
    except: [open-complaint]                 # audiences that get none
    not_after: 3 days                        # held longer than this, it is not sent
    footer: "لغو۱۱"                          # appended to SMS
  survey: { consent: not_needed, quiet_hours: "21:00-09:00", caps: [ 1 per 30 days ], when_capped: drop, sample: 33% }
opt_out: { words: ["11", لغو, لغو۱۱], purposes: [marketing, survey] }
opt_in:  { words: ["12"], purposes: [marketing, survey] }
channel_order:                               # or one list, for everybody
  - { audience: from-instagram, try: [instagram, telegram, sms] }
  - [telegram, sms, email]
channels:
  sms:   { provider: kavenegar, sender: "10004346", rate: 50 per second, cost: 3500 rial }    # a part; several providers: a list
  email: { provider: smtp, sender: "تعمیرگاه <info@example.com>", rate: 20 per second }
`;

describe("the language's own policy", () => {
  const { policy, told } = load(whole);
  const marketing = policy?.purposes.get('marketing');

  it('is well', () => {
    expect(told).toEqual([]);
  });

  it('says when and how often marketing may leave', () => {
    expect(marketing).toMatchObject({
      consent: 'required',
      quietHours: { from: 21 * 60, to: 9 * 60 },
      caps: [
        { messages: 1, per: { amount: 1, unit: 'day' } },
        { messages: 3, per: { amount: 7, unit: 'day' } },
      ],
      whenCapped: 'defer',
      blackout: ['ashura', 'arbaeen'],
      except: ['open-complaint'],
      footer: 'لغو۱۱',
      inDoubt: 'never',
    });
    expect(marketing?.quietHours?.days.size).toBe(7);
    expect(policy?.purposes.get('survey')).toMatchObject({ whenCapped: 'drop', sample: 0.33, inDoubt: 'never' });
    expect(policy?.purposes.get('service')?.inDoubt).toBe('again');
  });

  it('knows when a message has been held too long', () => {
    const scope = { clock: { zone: 'Asia/Tehran', calendar: 'jalali' } } as unknown as Scope;
    const from = Date.UTC(2026, 10, 21, 6, 30);
    expect(marketing?.notAfter?.until(scope, from)).toBe(from + 3 * 86_400_000);
  });

  it('has words to opt out and in, folded as replies are', () => {
    expect(policy?.optOut).toEqual({ words: ['11', 'لغو', 'لغو11'], purposes: ['marketing', 'survey'] });
    expect(policy?.optIn).toEqual({ words: ['12'], purposes: ['marketing', 'survey'] });
  });

  it('orders channels by audience', () => {
    expect(policy?.channelOrder).toEqual([
      { audience: 'from-instagram', try: ['instagram', 'telegram', 'sms'] },
      { audience: undefined, try: ['telegram', 'sms', 'email'] },
    ]);
  });

  it('works at its hours, and not on the days of its occasions', () => {
    const nowruz = { year: 2027, month: 3, day: 21 };
    expect(policy?.working?.days.thu).toEqual([{ from: 540, to: 780 }]);
    expect(policy?.working?.closed).toEqual(['nowruz']);
    expect(policy?.working?.isClosed(nowruz)).toBe(false);
    const occasions = {
      names: ['nowruz'],
      coversDay: (_: string, { month, day }: typeof nowruz) => month === 3 && day === 21,
    };
    const working = loadPolicy('policy.yaml', whole, new Problems(), { occasions })?.working;
    expect(working?.isClosed(nowruz)).toBe(true);
    expect(working?.isClosed({ ...nowruz, day: 25 })).toBe(false);
  });

  it('names only occasions and audiences that there are', () => {
    const problems = new Problems();
    const declared = { occasions: ['ashura', 'arbaen', 'nowruz'], audiences: ['open-complaint'] };
    checkPolicyNames(policy!, declared, problems);
    expect(problems.sorted().map(printProblem)).toEqual([
      'policy.yaml:12:24: there is no occasion "arbaeen"; did you mean "arbaen"?',
      'policy.yaml:20:17: there is no audience "from-instagram"; declare it in audiences.yaml',
    ]);
  });

  it.each([
    ['"22:00-08:00"', '"22:00-22:00"', '6:54: these quiet hours are the whole day, and nothing would ever leave'],
    ['"22:00-08:00"', '"22-8"', '6:54: "22-8" are no hours; did you mean "22:00-08:00"?'],
    ['1 per 1 day,', '1 per day,', '10:13: "day" is no duration; did you mean "1 per 1 day"?'],
    ['1 per 1 day,', '0 per 1 day,', '10:13: expected at least 1 message in a cap, got "0 per 1 day"'],
    ['1 per 1 day,', '1 a day,', '10:13: expected a cap such as "1 per 1 day", got "1 a day"'],
    [
      '1 per 1 day,',
      '1 per 1 working day,',
      '10:13: a cap counts over days and hours as they pass, not over "1 working day"; write "1 day"',
    ],
    ['when_capped: defer ', 'when_capped: hold ', '11:18: expected defer or drop, got "hold"; write one of them'],
    [
      '3 days  ',
      '{ occasion: yalda }',
      '14:16: expected a duration such as "3 days", a date or an instant with its offset, got a mapping',
    ],
    ['3 days  ', '3 dayz  ', '14:16: "3 dayz" is no duration; did you mean "3 days"?'],
    ['"لغو۱۱"  ', '"{{customer.name}}"', '15:13: a footer is the same for everybody; write it without {{ }}'],
    ['33%', '33', '16:114: expected a share from 0% to 100%, such as "5%", got 33'],
    ['33%', '101%', '16:114: expected a share from 0% to 100%, such as "5%", got "101%"'],
    [
      'survey: { consent: not_needed',
      'survey: { consent: markting',
      '16:22: "markting" is neither required nor not_needed nor a purpose; did you mean "marketing"?',
    ],
    [
      'survey: { consent: not_needed',
      'survey: { consent: survey',
      '16:22: consent goes round in a circle: survey → survey',
    ],
    ['service:', 'required:', '6:3: "required" is no name for a purpose; expected small letters, such as service'],
    [
      '[marketing, survey] }\nopt_in',
      '[marketing, survy] }\nopt_in',
      '17:61: there is no purpose "survy"; did you mean "survey"?',
    ],
    [
      ', purposes: [marketing, survey] }\nopt_in',
      ' }\nopt_in',
      '17:10: purposes is missing; write purposes: [marketing]',
    ],
    ['["12"]', '["!"]', '18:20: nothing is left of "!" to compare a reply with; write letters or digits'],
    ['["12"]', '["۱۱"]', '18:1: "11" is a word of opt_out too; it can mean one of the two'],
    ['sat-wed', 'sat-wedd', '3:18: "sat-wedd" is no day of the week'],
  ])('with %s as %s is told', (from, to, message) => {
    const { told } = load(whole.replace(from, to));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`policy.yaml:${message}`);
  });
});

describe('the consent to another purpose', () => {
  function consents(...lines: readonly string[]) {
    return load(`purposes:\n${lines.map((line) => `  ${line}\n`).join('')}channel_order: [sms]\n`);
  }

  it('counts for all that name it, and for those that name them', () => {
    const { policy, told } = consents(
      'a: { consent: required }',
      'b: { consent: a }',
      'c: { consent: b }',
      'd: { consent: e }',
      'e: { consent: not_needed }',
    );
    expect(told).toEqual([]);
    const of = (name: string): unknown => consentFor(name, policy!.purposes);
    expect(of('a')).toEqual({ required: true, purpose: 'a' });
    expect(of('c')).toEqual({ required: true, purpose: 'a' });
    expect(of('d')).toEqual({ required: false, purpose: 'e' });
    expect([...policy!.purposes.values()].map(({ inDoubt }) => inDoubt)).toEqual([
      'never',
      'never',
      'never',
      'again',
      'again',
    ]);
  });

  it('cannot go round in a circle, and what leads into one needs consent', () => {
    const { policy, told } = consents('a: { consent: b }', 'b: { consent: c }', 'c: { consent: b }');
    expect(told).toEqual([
      'policy.yaml:3:17: consent goes round in a circle: b → c → b',
      'policy.yaml:4:17: consent goes round in a circle: c → b → c',
    ]);
    expect(consentFor('a', policy!.purposes).required).toBe(true);
  });
});

describe('the providers of a channel', () => {
  function channels(text: string) {
    const { policy, told } = load(`${minimalPolicy}channels: { ${text} }\n`);
    return { told, names: [...policy!.channels].map(([name, all]) => [name, all.map(({ provider }) => provider)]) };
  }

  it.each([
    ['sms: [{ provider: kavenegar, cost: 3500 rial }, { provider: mailbox }]', ['kavenegar', 'mailbox']],
    ['sms: [kavenegar, mailbox]', ['kavenegar', 'mailbox']],
    ['sms: { provider: [kavenegar, mailbox], rate: 1 per second }', ['kavenegar', 'mailbox']],
    ['telegram: { provider: telegram, rate: 30 per second }', ['telegram']],
    ['bale: [bale, safir]', ['bale', 'safir']],
    ['push: { provider: bot }', ['bot']],
  ])('may be written as %s', (text, providers) => {
    expect(channels(text)).toEqual({ told: [], names: [[text.split(':')[0], providers]] });
  });

  it('are told where messages could not leave by them', () => {
    const { told, names } = channels('sms: { provider: ghasedak }');
    expect(told).toEqual([
      'policy.yaml:6:30: warning: "ghasedak" is simulated only; to send sms there are kavenegar and mailbox',
    ]);
    expect(names).toEqual([['sms', ['ghasedak']]]);
    expect(channels('push: {}').told).toEqual([
      'policy.yaml:6:13: provider is missing; expected the name of a provider',
    ]);
    expect(channels('bale: {}').told).toEqual([
      'policy.yaml:6:13: provider is missing; expected bale, safir or mailbox',
    ]);
    expect(channels('bale: [ghasedak]').told).toEqual([expect.stringMatching(/there are bale, safir and mailbox$/)]);
    expect(channels('sms: []').told).toEqual(['policy.yaml:6:18: provider is missing; expected kavenegar or mailbox']);
  });
});
