import { c1, on, simulated, story } from '../../../test/given/simulation.js';

const visit = on('11-21 10:00', 'visit');
const send = (options = 'send: hello', top = '') =>
  `${top}trigger: { event: visit }\nsteps: [ { ${options} }, { send: third } ]`;
const consent = (word: 'granted' | 'withdrawn', data: object) => on('11-21 09:00', `consent.${word}`, data);
const sends = (given: Parameters<typeof story>[0]) =>
  story(given, 'sent', 'suppressed', 'failed', 'exited').map((line) => line.slice(12));

describe('a send: what decides', () => {
  it('is first an exit without an event', () => {
    const journey = send('send: hello', 'exit: { when: customer.name == "Sara" }\n');
    expect(story({ journey, events: [visit] })).toEqual(['11-21 10:00 entered visit', '11-21 10:00 exited exit_rule']);
    const { lines } = simulated({ journey, events: [visit] });
    expect(lines.at(-1)).toMatchObject({ step: 'send-hello', reason: 'exit_rule' });
  });

  it('is then opted_out, before no_address, too_late and render_error', () => {
    const all = 'send: hello, not_after: 2026-11-20';
    const customers = [{ id: 'c1', consent: { transactional: false } }];
    expect(sends({ journey: send(all), customers, events: [visit] })[0]).toBe('suppressed hello opted_out');
    expect(sends({ journey: send(all), customers: [{ id: 'c1' }], events: [visit] })[0]).toBe(
      'suppressed hello no_address',
    );
    expect(sends({ journey: send(all), events: [visit] })[0]).toBe('suppressed hello too_late');
  });

  it('is last render_error, after which the steps below go on', () => {
    const files = { 'templates/hello/sms.hbs': '{{#if customer.name}}{{/if}}\n' };
    const told = sends({ journey: send(), files, events: [visit] });
    expect(told).toEqual(['suppressed hello render_error', 'sent third', 'exited completed']);
    const late = sends({ journey: send('send: hello, not_after: 2026-11-20'), files, events: [visit] });
    expect(late[0]).toBe('suppressed hello too_late');
  });
});

describe('a send: consent', () => {
  const customers = [{ ...c1, email: 'sara@example.com' }];
  const told = (...words: readonly ReturnType<typeof on>[]) =>
    sends({ journey: send('send: both'), customers, events: [...words, visit] })[0];

  it('withdrawn for the purpose suppresses, also where consent is not needed', () => {
    expect(told(consent('withdrawn', { purpose: 'transactional' }))).toBe('suppressed both opted_out');
    expect(told(on('11-21 09:00', 'customer.updated', { consent: { transactional: false } }))).toBe(
      'suppressed both opted_out',
    );
  });

  it('of another purpose does not matter', () => {
    expect(told(consent('withdrawn', { purpose: 'service' }))).toBe('sent both');
    expect(
      sends({
        journey: send('send: both, purpose: service'),
        customers,
        events: [consent('withdrawn', { purpose: 'service' }), visit],
      })[0],
    ).toBe('suppressed both opted_out');
  });

  it('has its last word count', () => {
    const [no, yes] = [{ purpose: 'transactional' }, { purpose: 'transactional' }];
    expect(told(consent('withdrawn', no), consent('granted', yes))).toBe('sent both');
    expect(told(consent('granted', yes), consent('withdrawn', no))).toBe('suppressed both opted_out');
  });

  it('withdrawn for a channel removes that channel only', () => {
    const sms = consent('withdrawn', { purpose: 'transactional', channel: 'sms' });
    const email = consent('withdrawn', { purpose: 'transactional', channel: 'email' });
    expect(told(sms)).toBe('sent both email');
    expect(told(sms, email)).toBe('suppressed both no_address');
    expect(told(sms, consent('granted', { purpose: 'transactional', channel: 'sms' }))).toBe('sent both');
    expect(told(consent('withdrawn', { purpose: 'transactional', channel: 'telegram' }))).toBe('sent both');
  });
});

describe('a send: channels', () => {
  const both = { ...c1, email: 'sara@example.com' };
  const told = (customer: object, template = 'both', files = {}) =>
    sends({ journey: send(`send: ${template}`), customers: [customer], files, events: [visit] })[0];

  it('are the preferred one, then the order of the policy', () => {
    expect(told(both)).toBe('sent both');
    expect(told({ ...both, preferred_channel: 'email' })).toBe('sent both email');
    const policy =
      'timezone: Asia/Tehran\npurposes: { transactional: { consent: not_needed } }\nchannel_order: [email, sms]\n';
    expect(told(both, 'both', { 'journeys/policy.yaml': policy })).toBe('sent both email');
  });

  it('are only those that the template has and the customer has an address for', () => {
    expect(told({ id: 'c1', email: 'sara@example.com' })).toBe('sent both email');
    expect(told({ id: 'c1', email: 'sara@example.com', preferred_channel: 'sms' })).toBe('sent both email');
    expect(told({ ...both, preferred_channel: 'email' }, 'hello')).toBe('sent hello');
    expect(told(c1, 'letter')).toBe('suppressed letter no_address');
  });

  it('fall back at once on a permanent failure, each tried one being printed', () => {
    const given = { journey: send('send: both'), customers: [both], events: [visit] };
    expect(sends({ ...given, channelResults: { sms: 'failed' } }).filter((line) => line.includes(' both'))).toEqual([
      'sent both',
      'failed both failed',
      'sent both email',
    ]);
    expect(
      sends({ ...given, channelResults: { sms: 'failed', email: 'failed' } }).filter((line) => line.includes(' both')),
    ).toEqual(['sent both', 'failed both failed', 'sent both email', 'failed both email failed']);
  });

  it('that are silent bring no receipt, and nothing falls back without fallback_after', () => {
    const journeys = {
      a: 'trigger: { event: visit }\nsteps: [ send: both ]',
      b: 'trigger: [ { event: message.delivered }, { event: message.failed } ]\nsteps: [ stop: seen ]',
    };
    const given = { journeys, customers: [both], events: [visit] };
    expect(story(given, 'sent', 'entered')).toEqual([
      '11-21 10:00 a entered visit',
      '11-21 10:00 a sent both',
      '11-21 10:00 b entered message.delivered',
    ]);
    expect(story({ ...given, channelResults: { sms: 'silent' } }, 'sent', 'entered')).toEqual([
      '11-21 10:00 a entered visit',
      '11-21 10:00 a sent both',
    ]);
    expect(story({ ...given, channelResults: { sms: 'failed' } }, 'sent', 'entered', 'failed')).toEqual([
      '11-21 10:00 a entered visit',
      '11-21 10:00 a sent both',
      '11-21 10:00 a failed both failed',
      '11-21 10:00 b entered message.failed',
      '11-21 10:00 a sent both email',
      '11-21 10:00 b entered message.delivered',
    ]);
  });

  it('fall back after completion, and not after an exit', () => {
    const journey = (exit: string) => `${exit}trigger: { event: visit }\nsteps: [ send: both, wait: 1 day ]`;
    const given = { customers: [both], events: [visit], channelResults: { sms: 'failed' as const } };
    expect(sends({ ...given, journey: 'trigger: { event: visit }\nsteps: [ send: both ]' })).toEqual([
      'sent both',
      'exited completed',
      'failed both failed',
      'sent both email',
    ]);
    expect(sends({ ...given, journey: journey('exit: { event: message.failed }\n') })).toEqual([
      'sent both',
      'failed both failed',
      'exited exit_rule',
    ]);
  });
});

describe('a send: receipts', () => {
  it('are events like any other: a wait is met, a goal reached, at the instant of sending', () => {
    const journey = `trigger: { event: visit }
goal: { event: message.delivered, when: event.template == "bye" }
steps: [ send: hello, wait_for: { event: message.delivered, when: event.channel == "sms" }, send: bye, wait: 1 day ]`;
    expect(story({ journey, events: [visit] })).toEqual([
      '11-21 10:00 entered visit',
      '11-21 10:00 sent hello',
      '11-21 10:00 waiting message.delivered',
      '11-21 10:00 resumed event message.delivered',
      '11-21 10:00 sent bye',
      '11-21 10:00 waiting until 11-22 10:00',
      '11-21 10:00 goal',
      '11-21 10:00 exited goal',
    ]);
  });
});

describe('a send: not_after', () => {
  const told = (limit: string, device: object = { due: '2026-11-21T11:00:00+03:30', day: '2026-11-22' }) =>
    sends({
      journey: `trigger: { event: repair.received, when: known(event.due) or known(event.day) }\nsteps: [ { send: hello, not_after: ${limit} } ]`,
      events: [on('11-21 10:00', 'repair.received', device)],
    })[0];

  it('may be an instant, its last instant included', () => {
    expect(told('"2026-11-21T10:00:00+03:30"')).toBe('sent hello');
    expect(told('"2026-11-21T09:59:59+03:30"')).toBe('suppressed hello too_late');
  });

  it('may be a date, which is midnight on the clock of the customer, a Jalali one too', () => {
    expect(told('2026-11-21')).toBe('suppressed hello too_late');
    expect(told('2026-11-22')).toBe('sent hello');
    expect(told('1405-08-30')).toBe('suppressed hello too_late');
    expect(told('1405-09-01')).toBe('sent hello');
  });

  it('may be an expression of a time or a date', () => {
    const due = '"=default(trigger.due, now)"';
    expect(told(due, { due: '2026-11-21T09:59:59+03:30' })).toBe('suppressed hello too_late');
    expect(told(due, { due: '2026-11-21T10:00:00+03:30' })).toBe('sent hello');
  });

  it('may be moved by an offset and to an hour', () => {
    const limit = (offset: string, at: string) => `{ date: "2026-11-23", offset: ${offset}, at: "${at}" }`;
    expect(told(limit('-2 days', '10:00'))).toBe('sent hello');
    expect(told(limit('-2 days', '09:59'))).toBe('suppressed hello too_late');
  });

  it('as a duration counts from when the send is first tested', () => {
    expect(told('1 second')).toBe('sent hello');
  });
});

describe('a send: text', () => {
  it('is trimmed, an e-mail has its plain form and subject', () => {
    const { lines } = simulated({
      journey: send('send: letter'),
      customers: [{ id: 'c1', name: 'A & B', email: 'sara@example.com' }],
      events: [visit],
    });
    expect(lines[1]).toMatchObject({
      channel: 'email',
      to: 'sara@example.com',
      subject: 'A letter',
      text: 'Dear A & B',
    });
  });

  it('prints money, dates and times as Persian text', () => {
    const sms =
      '  {{toman trigger.cost}} {{rial trigger.cost}} {{jalali trigger.due}} {{jalali trigger.due "yyyy/MM/dd"}} {{time trigger.due}} {{fa_digits "12"}}  \n\n';
    const { lines } = simulated({
      journey: `trigger: { event: repair.received, when: known(event.cost) and known(event.due) }\nsteps: [ send: hello ]`,
      files: { 'templates/hello/sms.hbs': sms },
      events: [on('11-21 10:00', 'repair.received', { cost: 500_000, due: '2026-12-21T18:00:00+03:30' })],
    });
    expect(lines[1]?.['text']).toBe('۵۰٬۰۰۰ تومان ۵۰۰٬۰۰۰ ریال ۳۰ آذر ۱۴۰۵ ۱۴۰۵/۰۹/۳۰ ۱۸:۰۰ ۱۲');
  });

  it('has the values of with', () => {
    const { lines } = simulated({
      journey:
        'trigger: { event: visit }\nsteps: [ { send: hello, with: { who: "=default(trigger.n, 0) + 1", what: "x {{trigger.n}}" } } ]',
      files: { 'templates/hello/sms.hbs': '{{who}} {{what}}\n' },
      events: [on('11-21 10:00', 'visit', { n: 4 })],
    });
    expect(lines[1]).toMatchObject({ text: '5 x 4', parts: 1 });
  });
});

describe('a send: the enrolment around it', () => {
  it('goals count after the steps have ended, within 30 days of entry, once', () => {
    const journey =
      'trigger: { event: visit }\ngoal: { event: purchase, value: event.amount * 2 }\nsteps: [ send: hello ]';
    const buys = (time: string) => on(time, 'purchase', { amount: 50 });
    expect(story({ journey, events: [visit, buys('12-21 10:00'), buys('12-21 11:00')] }, 'goal', 'exited')).toEqual([
      '11-21 10:00 exited completed',
      '12-21 10:00 goal 100',
    ]);
    expect(story({ journey, events: [visit, buys('12-21 10:00:01')] }, 'goal')).toEqual([]);
    const short = journey.replace('value:', 'within: 2 days, value:');
    expect(story({ journey: short, events: [visit, buys('11-23 10:00')] }, 'goal')).toHaveLength(1);
    expect(story({ journey: short, events: [visit, buys('11-23 10:00:01')] }, 'goal')).toHaveLength(0);
  });

  it('a goal that continues counts once and lets the steps go on', () => {
    const journey =
      'trigger: { event: visit }\ngoal: { event: purchase, continue: true }\nsteps: [ wait: 1 day, send: hello ]';
    const events = [visit, ...['11-21 11:00', '11-21 12:00'].map((time) => on(time, 'purchase', { amount: 1 }))];
    expect(story({ journey, events }, 'goal', 'sent', 'exited')).toEqual([
      '11-21 11:00 goal',
      '11-22 10:00 sent hello',
      '11-22 10:00 exited completed',
    ]);
  });

  it('a goal after an exit does not count, after stop it does', () => {
    const buys = on('11-21 12:00', 'purchase', { amount: 1 });
    const exited =
      'trigger: { event: visit }\ngoal: { event: purchase }\nexit: { event: repair.cancelled }\nsteps: [ wait: 1 day ]';
    expect(story({ journey: exited, events: [visit, on('11-21 11:00', 'repair.cancelled'), buys] }, 'goal')).toEqual(
      [],
    );
    const stopped = 'trigger: { event: visit }\ngoal: { event: purchase }\nsteps: [ stop: enough ]';
    expect(story({ journey: stopped, events: [visit, buys] }, 'goal', 'exited')).toEqual([
      '11-21 10:00 exited enough',
      '11-21 12:00 goal',
    ]);
  });

  it('lasts at most a year, or as long as it says, then expires where it stands', () => {
    const journey = (top: string) => `${top}trigger: { event: visit }\nsteps: [ wait_for: purchase ]`;
    expect(story({ journey: journey('lasts_at_most: 3 days\n'), events: [visit] }, 'exited')).toEqual([
      '11-24 10:00 exited expired',
    ]);
    const { lines } = simulated({
      journey: journey(''),
      events: [visit, on('11-21 11:00', 'visit')],
      until: '12-31 00:00',
    });
    expect(lines.filter(({ kind }) => kind === 'exited')).toEqual([]);
  });

  it('stop ends it with its reason', () => {
    const journey = 'trigger: { event: visit }\nsteps: [ { stop: "shop {{trigger.shop}}" }, { send: hello } ]';
    expect(story({ journey, events: [on('11-21 10:00', 'visit', { shop: 'north' })] }, 'sent', 'exited')).toEqual([
      '11-21 10:00 exited shop north',
    ]);
  });
});
