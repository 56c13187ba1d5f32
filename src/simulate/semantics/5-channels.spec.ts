import { c1, on, simulated, story } from '../../../test/given/simulation.js';
import { policy } from '../../../test/given/policy.js';

const visit = on('11-21 10:00', 'visit');
const both = { ...c1, email: 'sara@example.com' };
const files = { 'templates/both/telegram.hbs': 'both\n' };
const all = { ...both, telegram: '4711' };
const journey = (options = 'send: both', more = '') =>
  `trigger: { event: visit }\nsteps: [ { ${options} }, { send: third }${more} ]`;
const tried = (options: string, given: object = {}) =>
  story(
    { journey: journey(options), customers: [all], files, events: [visit], ...given },
    'sent',
    'suppressed',
    'failed',
  )
    .map((line) => line.slice(12))
    .filter((line) => line.includes('both'));
const failing = (...channels: readonly string[]) => ({
  channelResults: Object.fromEntries(channels.map((name) => [name, 'failed'])),
});

describe('channels: via', () => {
  it('is the order to try, before the preferred one and channel_order', () => {
    expect(tried('send: both, via: [telegram, sms]')).toEqual(['sent both telegram']);
    expect(tried('send: both, via: [telegram, sms]', failing('telegram'))).toEqual([
      'sent both telegram',
      'failed both telegram failed',
      'sent both',
    ]);
    const customers = [{ ...all, preferred_channel: 'email' }];
    expect(tried('send: both, via: telegram', { customers })).toEqual(['sent both telegram']);
    expect(tried('send: both, via: [telegram, sms]', { customers, ...failing('telegram', 'sms') }).at(-1)).toBe(
      'failed both failed',
    );
  });

  it('leaves out where there is no address, and what is closed', () => {
    expect(tried('send: both, via: [telegram, sms]', { customers: [both] })).toEqual(['sent both']);
    expect(tried('send: both, via: telegram', { customers: [both] })).toEqual(['suppressed both no_address']);
    const closes = on('11-21 09:00', 'consent.withdrawn', { purpose: 'transactional', channel: 'telegram' });
    expect(tried('send: both, via: [telegram, sms]', { events: [closes, visit] })).toEqual(['sent both']);
  });

  it('reply is where they last wrote in this enrolment', () => {
    const text =
      'trigger: { event: visit }\nsteps: [ { wait_for: message.received }, { send: both, via: [reply, sms] } ]';
    const writes = (time: string, channel: string) => on(time, 'message.received', { channel, from: 'x', text: 'hi' });
    const told = (...events: readonly ReturnType<typeof on>[]) =>
      story({ journey: text, customers: [all], files, events: [visit, ...events] }, 'sent').map((line) =>
        line.slice(12),
      );
    expect(told(writes('11-21 11:00', 'email'))).toEqual(['sent both email']);
    expect(told(writes('11-21 11:00', 'telegram'))).toEqual(['sent both telegram']);
    const twice = text.replace('{ wait_for: message.received }', '{ wait: 1 day }');
    const last = story(
      {
        journey: twice,
        customers: [all],
        files,
        events: [visit, writes('11-21 11:00', 'email'), writes('11-21 12:00', 'telegram')],
      },
      'sent',
    );
    expect(last).toEqual(['11-22 10:00 sent both telegram']);
    const before = story(
      { journey: twice, customers: [all], files, events: [writes('11-21 09:00', 'email'), visit] },
      'sent',
    );
    expect(before).toEqual(['11-22 10:00 sent both']);
  });

  it('reply is where the message that started it was written', () => {
    const text = 'trigger: { event: message.received }\nsteps: [ { send: both, via: reply } ]';
    const writes = on('11-21 10:00', 'message.received', { channel: 'email', from: 'x', text: 'hi' });
    expect(story({ journey: text, customers: [all], files, events: [writes] }, 'sent')).toEqual([
      '11-21 10:00 sent both email',
    ]);
  });

  it('reply alone reaches nobody who has not written', () => {
    expect(tried('send: both, via: reply')).toEqual(['suppressed both no_address']);
  });
});

describe('channels: without via', () => {
  const ordered = {
    ...files,
    ...policy(
      '',
      'channel_order:\n  - { audience: buyers, try: [email, sms] }\n  - { audience: named, try: [telegram] }\n  - [sms]\n',
    ),
    'journeys/audiences.yaml': 'buyers: count("purchase") > 0\nnamed: customer.name == "Sara"\n',
  };

  it('are those of the first row whose audience fits, at that moment', () => {
    expect(tried('send: both', { files: ordered })).toEqual(['sent both telegram']);
    const buys = on('11-21 09:00', 'purchase', { amount: 1 });
    expect(tried('send: both', { files: ordered, events: [buys, visit] })).toEqual(['sent both email']);
    expect(tried('send: both', { files: ordered, customers: [{ ...all, name: 'Nika' }] })).toEqual(['sent both']);
  });

  it('may be those of a row for everyone', () => {
    const rows = { ...files, ...policy('', 'channel_order:\n  - { audience: everyone, try: [email, sms] }\n') };
    expect(tried('send: both', { files: rows })).toEqual(['sent both email']);
  });

  it('are only that row, though another one would reach them', () => {
    expect(tried('send: both', { files: ordered, customers: [both] })).toEqual(['suppressed both no_address']);
  });

  it('are the preferred one first, and each once', () => {
    const customers = [{ ...all, preferred_channel: 'telegram' }];
    expect(tried('send: both', { customers, ...failing('telegram', 'sms', 'email') })).toEqual([
      'sent both telegram',
      'failed both telegram failed',
      'sent both',
      'failed both failed',
      'sent both email',
      'failed both email failed',
    ]);
    const preferring = { files: ordered, customers: [{ ...all, preferred_channel: 'email' }] };
    expect(tried('send: both', { ...preferring, ...failing('email') }).at(-1)).toBe('sent both telegram');
  });

  it('need no entry in channels to be simulated', () => {
    const { lines } = simulated({
      journey: 'trigger: { event: visit }\nsteps: [ send: both ]',
      customers: [{ id: 'c1', telegram: '4711' }],
      files: { ...files, ...policy('', 'channel_order: [telegram]') },
      events: [visit],
    });
    expect(lines[1]).toMatchObject({ kind: 'sent', channel: 'telegram', to: '4711', text: 'both' });
  });
});

describe('channels: a fallback', () => {
  const silent = { channelResults: { sms: 'silent' as const } };
  const given = { customers: [both], events: [visit], ...silent };
  const after = 'send: both, fallback_after: 10 minutes';

  it('follows a receipt that is missing, and the steps below do not wait for it', () => {
    const told = story({
      ...given,
      journey: `trigger: { event: visit }\nsteps: [ { ${after} }, { wait: 1 hour }, { set: { locale: fa } } ]`,
    });
    expect(told).toEqual([
      '11-21 10:00 entered visit',
      '11-21 10:00 sent both',
      '11-21 10:00 waiting until 11-21 11:00',
      '11-21 10:10 failed both no_receipt',
      '11-21 10:10 sent both email',
      '11-21 11:00 resumed time',
      '11-21 11:00 set',
      '11-21 11:00 exited completed',
    ]);
  });

  it('is not needed where a receipt comes', () => {
    expect(story({ ...given, channelResults: {}, journey: journey(after) }, 'failed')).toEqual([]);
  });

  it('goes on over all channels, each after the same time, until there is no other', () => {
    const told = story(
      {
        events: [visit],
        journey: `trigger: { event: visit }\nsteps: [ { ${after} } ]`,
        customers: [all],
        files: { ...files, ...policy('') },
        channelResults: { sms: 'silent', email: 'silent', telegram: 'silent' },
      },
      'sent',
      'failed',
    );
    expect(told).toEqual([
      '11-21 10:00 sent both',
      '11-21 10:10 failed both no_receipt',
      '11-21 10:10 sent both email',
      '11-21 10:20 failed both email no_receipt',
      '11-21 10:20 sent both telegram',
    ]);
  });

  it('outlives completion, and an exit stops it', () => {
    const completed = `trigger: { event: visit }\nsteps: [ { ${after} } ]`;
    expect(story({ ...given, journey: completed }, 'sent', 'exited', 'failed')).toEqual([
      '11-21 10:00 sent both',
      '11-21 10:00 exited completed',
      '11-21 10:10 failed both no_receipt',
      '11-21 10:10 sent both email',
    ]);
    const exit = `exit: { event: purchase }\ntrigger: { event: visit }\nsteps: [ { ${after} }, { wait: 1 day } ]`;
    expect(
      story(
        { ...given, journey: exit, events: [visit, on('11-21 10:05', 'purchase', { amount: 1 })] },
        'sent',
        'exited',
        'failed',
      ),
    ).toEqual(['11-21 10:00 sent both', '11-21 10:05 exited exit_rule']);
  });

  it('is tested again for consent, blackout and quiet hours', () => {
    const news = `purpose: news\ntrigger: { event: visit }\nsteps: [ { ${after} } ]`;
    const told = (purpose: string, time: string, ...events: readonly ReturnType<typeof on>[]) =>
      story(
        {
          ...given,
          journey: news,
          files: {
            ...policy(`  news: { consent: not_needed${purpose} }`),
            'journeys/occasions.yaml': 'mourning: { dates: [2026-11-22] }\n',
          },
          events: [on(time, 'visit'), ...events],
        },
        'sent',
        'deferred',
        'suppressed',
      ).slice(1);
    expect(told(', quiet_hours: "22:00-09:00"', '11-21 21:55')).toEqual([
      '11-21 22:05 deferred both quiet_hours until 11-22 09:00',
      '11-22 09:00 sent both email',
    ]);
    expect(told(', blackout: [mourning]', '11-21 23:55')).toEqual([
      '11-22 00:05 deferred both blackout until 11-23 00:00',
      '11-23 00:00 sent both email',
    ]);
    expect(told('', '11-21 10:00', on('11-21 10:05', 'consent.withdrawn', { purpose: 'news' }))).toEqual([
      '11-21 10:10 suppressed both opted_out',
    ]);
    // Caps do not hold it: it is the same message.
    expect(told(', caps: [ 1 per 1 day ]', '11-21 10:00')).toEqual(['11-21 10:10 sent both email']);
  });

  it("keeps the journey's own quiet hours too", () => {
    const own = `policy: { quiet_hours: "10:05-11:00" }\ntrigger: { event: visit }\nsteps: [ { ${after} } ]`;
    expect(story({ ...given, journey: own }, 'sent', 'deferred')).toEqual([
      '11-21 10:00 sent both',
      '11-21 10:10 deferred both quiet_hours until 11-21 11:00',
      '11-21 11:00 sent both email',
    ]);
  });

  it('does not go where the customer has closed the channel since', () => {
    const closes = on('11-21 10:05', 'consent.withdrawn', { purpose: 'transactional', channel: 'email' });
    const given3 = {
      ...given,
      customers: [all],
      files: { ...files, ...policy('') },
      journey: `trigger: { event: visit }\nsteps: [ { ${after} } ]`,
    };
    expect(story({ ...given3, events: [visit, closes] }, 'sent')).toEqual([
      '11-21 10:00 sent both',
      '11-21 10:10 sent both telegram',
    ]);
    expect(
      story(
        { ...given, journey: `trigger: { event: visit }\nsteps: [ { ${after} } ]`, events: [visit, closes] },
        'sent',
      ),
    ).toEqual(['11-21 10:00 sent both']);
  });
});

describe('channels: else', () => {
  const withElse = 'send: both, else: [ send: hello ]';
  const told = (given: object, options = withElse) =>
    story(
      { journey: journey(options), customers: [both], events: [visit], ...given },
      'sent',
      'suppressed',
      'failed',
    ).map((line) => line.slice(12));

  it('is not done when a provider has accepted the message', () => {
    expect(told({})).toEqual(['sent both', 'sent third']);
    expect(told({ channelResults: { sms: 'silent' } })).toEqual(['sent both', 'sent third']);
    expect(told({ channelResults: { sms: 'failed' } }).slice(0, 4)).toEqual([
      'sent both',
      'failed both failed',
      'sent both email',
      'sent third',
    ]);
  });

  it('is done when it failed on every channel, or was suppressed', () => {
    expect(told({ ...failing('sms', 'email') }).slice(0, 4)).toEqual([
      'sent both',
      'failed both failed',
      'sent both email',
      'failed both email failed',
    ]);
    expect(told({ ...failing('sms', 'email') })).toContain('sent hello');
    expect(told({}, 'send: both, not_after: 2026-01-01, else: [ send: hello ]')).toEqual([
      'suppressed both too_late',
      'sent hello',
      'sent third',
    ]);
    expect(told({}, 'send: both, not_after: 2026-01-01, else: [ stop: never ]')).toEqual(['suppressed both too_late']);
  });

  it('is not there, and the steps below go on without waiting', () => {
    expect(told(failing('sms', 'email'), 'send: both').slice(0, 2)).toEqual(['sent both', 'sent third']);
    expect(told({}, 'send: both, not_after: 2026-01-01')).toEqual(['suppressed both too_late', 'sent third']);
  });

  it('of a message held meanwhile waits for the message', () => {
    const night = policy('  night: { consent: not_needed, quiet_hours: "21:00-09:00" }');
    const text = `purpose: night\n${journey(withElse)}`;
    expect(
      story(
        { journey: text, files: night, customers: [both], events: [on('11-21 22:00', 'visit')] },
        'sent',
        'deferred',
      ),
    ).toEqual([
      '11-21 22:00 deferred both quiet_hours until 11-22 09:00',
      '11-22 09:00 sent both',
      '11-22 09:00 sent third',
    ]);
  });
});
