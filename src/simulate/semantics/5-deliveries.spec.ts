import { c1, on, simulated, story } from '../../../test/given/simulation.js';

const visit = on('11-21 10:00', 'visit');
const both = { ...c1, email: 'sara@example.com' };
const journey = 'trigger: { event: visit }\nsteps: [ { send: both, fallback_after: 10 minutes }, { send: bye } ]';
const about = (lines: readonly string[]) => lines.filter((line) => line.includes('both'));
const quiet = (purpose: string) => ({
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes: { transactional: ${purpose} }
channel_order: [sms, email]
channels:
  sms: { provider: kavenegar, sender: "1000", cost: 300 rial }
  email: { provider: smtp, sender: "a@example.com", cost: 10 rial }
`,
});

describe('deliveries: a missing receipt', () => {
  const given = { journey, customers: [both], events: [visit], channelResults: { sms: 'silent' as const } };

  it('tries the next channel after fallback_after; later steps do not wait for it', () => {
    expect(story(given, 'sent', 'failed', 'exited')).toEqual([
      '11-21 10:00 sent both',
      '11-21 10:00 sent bye',
      '11-21 10:00 exited completed',
      '11-21 10:10 failed both no_receipt',
      '11-21 10:10 sent both email',
    ]);
  });

  it('of the last channel tries nothing more', () => {
    const silent = { sms: 'silent', email: 'silent' } as const;
    expect(about(story({ ...given, channelResults: silent }, 'sent', 'failed'))).toHaveLength(3);
  });

  it('that came stops it', () => {
    expect(about(story({ ...given, channelResults: {} }, 'sent', 'failed'))).toEqual(['11-21 10:00 sent both']);
  });

  it('of whoever has written on that channel since is not missed', () => {
    const wrote = (channel: string) => [
      visit,
      on('11-21 10:05', 'message.received', { channel, from: 'x', text: 'hello' }),
    ];
    expect(about(story({ ...given, events: wrote('sms') }, 'sent', 'failed'))).toEqual(['11-21 10:00 sent both']);
    expect(about(story({ ...given, events: wrote('email') }, 'sent', 'failed'))).toHaveLength(3);
  });

  it('is tested again: an exit stops it, a withdrawal suppresses it', () => {
    const exiting = `exit: { event: purchase }\n${journey.replace('{ send: bye }', 'wait: 1 day')}`;
    const events = [visit, on('11-21 10:05', 'purchase', { amount: 1 })];
    expect(story({ ...given, journey: exiting, events }, 'sent', 'failed', 'suppressed')).toEqual([
      '11-21 10:00 sent both',
    ]);
    const withdrawn = [visit, on('11-21 10:05', 'consent.withdrawn', { purpose: 'transactional' })];
    expect(story({ ...given, events: withdrawn }, 'failed', 'suppressed')).toEqual([
      '11-21 10:10 failed both no_receipt',
      '11-21 10:10 suppressed both opted_out',
    ]);
  });

  it('in quiet hours waits for their end', () => {
    const files = quiet('{ consent: not_needed, quiet_hours: "22:00-08:00" }');
    const events = [on('11-21 21:55', 'visit')];
    expect(about(story({ ...given, files, events }, 'sent', 'failed', 'deferred'))).toEqual([
      '11-21 21:55 sent both',
      '11-21 22:05 failed both no_receipt',
      '11-21 22:05 deferred both quiet_hours until 11-22 08:00',
      '11-22 08:00 sent both email',
    ]);
  });

  it('later than its not_after, or in quiet hours that end later, is not sent elsewhere', () => {
    const late = journey.replace('fallback_after: 10 minutes', 'fallback_after: 1 hour, not_after: 1 hour');
    expect(about(story({ ...given, journey: late }, 'sent', 'suppressed'))).toHaveLength(2);
    const later = late.replace('not_after: 1 hour', 'not_after: 59 minutes');
    expect(about(story({ ...given, journey: later }, 'sent', 'suppressed'))).toEqual([
      '11-21 10:00 sent both',
      '11-21 11:00 suppressed both too_late',
    ]);
    const files = quiet('{ consent: not_needed, quiet_hours: "10:30-12:00" }');
    expect(about(story({ ...given, files, journey: late }, 'sent', 'suppressed', 'deferred'))).toEqual([
      '11-21 10:00 sent both',
      '11-21 11:00 suppressed both too_late',
    ]);
  });
});

describe('deliveries: what a step hears', () => {
  const asking = 'trigger: { event: visit }\nsteps: [ { send: both, else: [ { stop: lost } ] }, { stop: well } ]';
  const given = { journey: asking, customers: [both], events: [visit] };

  it('is over when a provider has taken it, or when all channels have failed', () => {
    expect(story(given, 'exited')).toEqual(['11-21 10:00 exited well']);
    expect(story({ ...given, channelResults: { sms: 'failed' } }, 'exited')).toEqual(['11-21 10:00 exited well']);
    expect(story({ ...given, channelResults: { sms: 'silent' } }, 'exited')).toEqual(['11-21 10:00 exited well']);
    expect(story({ ...given, channelResults: { sms: 'failed', email: 'failed' } }, 'sent', 'failed', 'exited')).toEqual(
      [
        '11-21 10:00 sent both',
        '11-21 10:00 failed both failed',
        '11-21 10:00 sent both email',
        '11-21 10:00 failed both email failed',
        '11-21 10:00 exited lost',
      ],
    );
  });

  it('costs what each accepted message costs, an SMS each part', () => {
    const files = quiet('{ consent: not_needed }');
    const long = { ...files, 'templates/both/sms.hbs': `${'آ'.repeat(100)}\n` };
    const spending =
      'trigger: { event: visit }\nsteps: [ { send: both }, { wait: 1 hour }, { stop: "=string(spent() / toman(1))" } ]';
    const cost = (channelResults: Parameters<typeof simulated>[0]['channelResults'] = {}) =>
      story({ ...given, journey: spending, files: long, channelResults }, 'exited')[0];
    expect(cost()).toBe('11-21 11:00 exited 60');
    expect(cost({ sms: 'failed' })).toBe('11-21 11:00 exited 1');
  });
});

describe('deliveries: receipts', () => {
  it('are in the history of whoever counts them', () => {
    const counting = `trigger: { event: visit, when: 'count("message.delivered") < 2' }\nsteps: [ send: hello ]`;
    const events = ['10:00', '11:00', '12:00'].map((time) => on(`11-21 ${time}`, 'visit'));
    expect(story({ journey: counting, events }, 'sent', 'not_entered')).toEqual([
      '11-21 10:00 sent hello',
      '11-21 11:00 sent hello',
      '11-21 12:00 not_entered condition_false',
    ]);
  });
});

describe('deliveries: web hooks', () => {
  const hook = `trigger: { event: visit }
steps: [ { webhook: "https://crm.example.com/", id: crm, save_as: reply, else: [ { stop: refused } ] }, { stop: well } ]`;

  it('answer 200 with an empty body, unless it is said otherwise', () => {
    const { lines } = simulated({ journey: hook, events: [visit] });
    expect(lines.find(({ kind }) => kind === 'webhook')).toMatchObject({
      step: 'crm',
      url: 'https://crm.example.com/',
      status: 200,
    });
    expect(lines.at(-1)).toMatchObject({ kind: 'exited', reason: 'well' });
    const failing = simulated({ journey: hook, events: [visit], webhookResults: { crm: { status: 503 } } });
    expect(failing.lines.at(-1)).toMatchObject({ kind: 'exited', reason: 'refused' });
  });
});
