import { c1, on, story, tehran } from '../../../test/given/simulation.js';
import { policy } from '../../../test/given/policy.js';

/** Every reason at once; the tests take them away one by one, from the first on. */
interface Reasons {
  readonly exit?: boolean;
  readonly excepted?: boolean;
  readonly consent?: boolean | undefined;
  readonly address?: boolean;
  readonly sample?: string;
  readonly notAfter?: string;
  readonly blackout?: string;
  readonly quiet?: string;
  readonly cap?: string;
}

const all: Required<Reasons> = {
  ...{ exit: true, excepted: true, consent: false, address: false, sample: '0%', notAfter: ', not_after: 2026-11-20' },
  ...{ blackout: '[mourning]', quiet: '09:00-12:00', cap: '1 per 9 days' },
};

function filesOf({ excepted, sample, blackout, quiet, cap }: Required<Reasons>, whenCapped: string) {
  return {
    ...policy(
      `  news: { consent: required, quiet_hours: "${quiet}", caps: [ ${cap} ], when_capped: ${whenCapped}, blackout: ${blackout}, except: [shy], sample: ${sample} }
  other: { consent: not_needed }`,
    ),
    'journeys/audiences.yaml': `shy: customer.name == "${excepted ? 'Sara' : 'Nika'}"\n`,
    'journeys/occasions.yaml': 'mourning: { dates: [2026-11-21] }\nlater: { dates: [2026-12-21] }\n',
    'templates/hello/sms.hbs': '{{#if customer.email}}x{{/if}}\n',
  };
}

/** What is said of `hello` first of all. */
function told(without: Reasons, whenCapped = 'drop'): string | undefined {
  const reasons = { ...all, ...without };
  const { exit, consent, address, notAfter } = reasons;
  const customers = [
    {
      id: 'c1',
      name: 'Sara',
      ...(address ? { phone: c1.phone } : {}),
      ...(consent === undefined ? {} : { consent: { news: consent } }),
    },
  ];
  const journeys = {
    a: 'purpose: news\ntrigger: { event: purchase }\nsteps: [ send: bye ]',
    b: `purpose: news\n${exit ? 'exit: { when: known(customer.name) }\n' : ''}trigger: { event: visit }\nsteps: [ { send: hello${notAfter} } ]`,
  };
  const events = [on('11-18 15:00', 'purchase', { amount: 1 }), on('11-21 10:00', 'visit')];
  const lines = story({ journeys, customers, files: filesOf(reasons, whenCapped), events });
  return lines.find((line) => line.startsWith('11-21 10:00 b') && !line.includes('entered'))?.slice(14);
}

describe('a send: of several reasons the first decides', () => {
  const past = { exit: false };
  const kept = { ...past, excepted: false };
  const willing = { ...kept, consent: true };
  const reached = { ...willing, address: true };
  const sampled = { ...reached, sample: '100%' };
  const inTime = { ...sampled, notAfter: '' };
  const dayOff = { ...inTime, blackout: '[later]' };
  const loud = { ...dayOff, quiet: '21:00-09:00' };
  const free = { ...loud, cap: '9 per 1 day' };

  it('an exit without an event', () => {
    expect(told({})).toBe('exited exit_rule');
  });

  it('excepted', () => {
    expect(told(past)).toBe('suppressed hello excepted');
    expect(told({ ...past, consent: undefined })).toBe('suppressed hello excepted');
  });

  it('opted_out, and no_consent', () => {
    expect(told(kept)).toBe('suppressed hello opted_out');
    expect(told({ ...kept, consent: undefined })).toBe('suppressed hello no_consent');
  });

  it('no_address', () => {
    expect(told(willing)).toBe('suppressed hello no_address');
  });

  it('sample', () => {
    expect(told(reached)).toBe('suppressed hello sample');
  });

  it('too_late', () => {
    expect(told(sampled)).toBe('suppressed hello too_late');
  });

  it('blackout', () => {
    expect(told(inTime)).toBe('deferred hello blackout until 11-22 00:00');
  });

  it('quiet_hours', () => {
    expect(told(dayOff)).toBe('deferred hello quiet_hours until 11-21 12:00');
  });

  it('capped, dropped or deferred', () => {
    expect(told(loud)).toBe('suppressed hello capped');
    expect(told(loud, 'defer')).toBe('deferred hello capped until 11-27 15:00');
  });

  it('render_error', () => {
    expect(told(free)).toBe('suppressed hello render_error');
  });
});

describe('a send: consent that is required', () => {
  const files = policy(`  news: { consent: required }
  survey: { consent: news }
  deep: { consent: survey }
  free: { consent: not_needed }
  lent: { consent: free }`);
  const sent = (purpose: string, consent: object, ...events: readonly ReturnType<typeof on>[]) =>
    story(
      {
        journey: `purpose: ${purpose}\ntrigger: { event: visit }\nsteps: [ send: hello ]`,
        files,
        customers: [{ ...c1, consent }],
        events: [...events, on('11-21 10:00', 'visit')],
      },
      'sent',
      'suppressed',
    ).map((line) => line.slice(12));

  it('is given by an event, a patch or with the customer', () => {
    expect(sent('news', {})).toEqual(['suppressed hello no_consent']);
    expect(sent('news', { news: true })).toEqual(['sent hello']);
    expect(sent('news', {}, on('11-21 09:00', 'consent.granted', { purpose: 'news' }))).toEqual(['sent hello']);
    expect(sent('news', {}, on('11-21 09:00', 'customer.updated', { consent: { news: true } }))).toEqual([
      'sent hello',
    ]);
  });

  it('of another purpose counts where the purpose names it', () => {
    expect(sent('survey', { news: true })).toEqual(['sent hello']);
    expect(sent('deep', { news: true })).toEqual(['sent hello']);
    expect(sent('survey', {})).toEqual(['suppressed hello no_consent']);
    expect(sent('lent', {})).toEqual(['sent hello']);
    expect(sent('news', { survey: true })).toEqual(['suppressed hello no_consent']);
  });

  it('withdrawn is opted_out for the purposes that borrow it, too', () => {
    expect(sent('survey', { news: false })).toEqual(['suppressed hello opted_out']);
    expect(sent('survey', { survey: false, news: true })).toEqual(['suppressed hello opted_out']);
  });
});

it('except may name everyone', () => {
  const journey = 'purpose: news\ntrigger: { event: visit }\nsteps: [ send: hello ]';
  const files = policy('  news: { consent: not_needed, except: [everyone] }');
  expect(story({ journey, files, events: [on('11-21 10:00', 'visit')] }, 'suppressed')).toEqual([
    '11-21 10:00 suppressed hello excepted',
  ]);
});

it('an exit without an event is tested before a question as well', () => {
  const journey =
    'exit: { when: known(customer.name) }\ntrigger: { event: visit }\nsteps: [ { ask: hello, answers: text } ]';
  expect(
    story({ journey, events: [{ type: 'visit', subject: 'c1', time: tehran('11-21 10:00') }] }, 'sent', 'exited'),
  ).toEqual(['11-21 10:00 exited exit_rule']);
});
