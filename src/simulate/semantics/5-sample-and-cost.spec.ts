import { sorted } from '../../../test/given/fraction.js';
import { policy } from '../../../test/given/policy.js';
import { c1, on, simulated, story } from '../../../test/given/simulation.js';

describe('a sample', () => {
  const files = policy('  survey: { consent: not_needed, sample: 33% }');
  const sent = 'purpose: survey\ntrigger: { event: visit }\nsteps: [ { send: hello, else: [ stop: spared ] } ]';

  it('goes by purpose, customer and the id of the event that started the enrolment', () => {
    const { below, above } = sorted(20, 0.33, (id) => `survey/sample/c1/e-${id}`);
    const events = [...below, ...above].map((id) => on('11-21 10:00', 'visit', {}, { id: `e-${id}` }));
    const { lines } = simulated({ journey: sent, files, events });
    const told = lines
      .filter(({ kind }) => kind === 'sent' || kind === 'suppressed')
      .map(({ kind, reason }) => reason ?? kind);
    expect(told).toEqual([...below.map(() => 'sent'), ...above.map(() => 'sample')]);
    expect([below.length, above.length]).not.toContain(0);
  });

  it('is another one for another customer', () => {
    const { below, above } = sorted(20, 0.33, (id) => `survey/sample/${id}/e1`);
    const customers = [...below, ...above].map((id) => ({ id, phone: '09121234567' }));
    const events = customers.map(({ id }) => on('11-21 10:00', 'visit', {}, { subject: id, id: 'e1' }));
    const { lines } = simulated({ journey: sent, files, customers, events });
    expect(lines.filter(({ kind }) => kind === 'sent').map(({ customer }) => customer)).toEqual(below);
  });

  it('of a start by a clock or a launch goes by its instant', () => {
    const { below } = sorted(20, 0.33, (id) => `survey/sample/${id}/2026-11-21T14:30:00.000Z`);
    const customers = Array.from({ length: 20 }, (_, number) => ({ id: `c${String(number)}`, phone: '09121234567' }));
    const clock = sent.replace('{ event: visit }', '{ every: day, at: "18:00", audience: everyone }');
    const byClock = simulated({ journey: clock, files, customers, from: '11-21 10:00', until: '11-21 20:00' });
    expect(byClock.lines.filter(({ kind }) => kind === 'sent').map(({ customer }) => customer)).toEqual(
      [...below].sort(),
    );
    const manual = sent.replace('{ event: visit }', '{ manual: { kind: text } }');
    const launched = simulated({
      journey: manual,
      files,
      customers,
      launches: [{ at: '11-21 18:00', data: { kind: 'x' } }],
      until: '11-21 20:00',
    });
    expect(launched.lines.filter(({ kind }) => kind === 'sent').map(({ customer }) => customer)).toEqual(
      [...below].sort(),
    );
  });

  it('of all sends to all', () => {
    const all = policy('  survey: { consent: not_needed, sample: 100% }');
    expect(story({ journey: sent, files: all, events: [on('11-21 10:00', 'visit')] }, 'sent')).toHaveLength(1);
  });
});

describe('what messages cost', () => {
  const channels = `channels:
  sms: { provider: kavenegar, sender: "1", cost: 3500 rial }
  email: { provider: smtp, sender: "a@example.com", cost: 10 rial }
`;
  const files = policy('', `channel_order: [sms, email]\n${channels}`);
  const spent = (steps: string, window = '', given: object = {}) =>
    simulated({
      journey: `trigger: { event: visit }\nsteps: [ ${steps}, { stop: '=spent(${window})' } ]`,
      files,
      customers: [{ ...c1, email: 'sara@example.com' }],
      events: [on('11-21 10:00', 'visit')],
      ...given,
    }).lines.find(({ kind }) => kind === 'exited')?.['reason'];
  const long = { ...files, 'templates/hello/sms.hbs': `${'س'.repeat(71)}\n` };

  it('is for each message accepted, of an SMS for each part', () => {
    expect(spent('{ send: bye }, { wait: 1 minute }', '"90 days"')).toBe('3500');
    expect(spent('{ send: hello }, { wait: 1 minute }', '"90 days"', { files: long })).toBe('7000');
    expect(spent('{ send: letter }, { send: bye }, { wait: 1 minute }', '"90 days"')).toBe('3510');
  });

  it('is nothing for one that failed or was suppressed', () => {
    expect(spent('{ send: bye }, { wait: 1 minute }', '"90 days"', { channelResults: { sms: 'failed' } })).toBe('0');
    expect(spent('{ send: both }, { wait: 1 minute }', '"90 days"', { channelResults: { sms: 'failed' } })).toBe('10');
    expect(spent('{ send: bye, not_after: 2026-01-01 }', '"90 days"')).toBe('0');
  });

  it('is for each channel that took it, where no receipt came', () => {
    expect(
      spent('{ send: both, fallback_after: 1 minute }, { wait: 1 hour }', '"90 days"', {
        channelResults: { sms: 'silent' },
      }),
    ).toBe('3510');
  });

  it('is for a question that is repeated once more', () => {
    const odd = on('11-21 10:01', 'message.received', { channel: 'sms', from: 'x', text: 'what?' });
    const asks = '{ ask: bye, answers: 1..5, reask: 1, within: 1 hour }';
    expect(spent(asks, '"90 days"', { events: [on('11-21 10:00', 'visit'), odd] })).toBe('7000');
  });

  it('is known as soon as a provider has accepted the message', () => {
    expect(spent('{ send: bye, else: [ stop: failed ] }', '"90 days"')).toBe('3500');
  });

  it('is of the time before, its start excluded', () => {
    expect(spent('{ send: bye }, { wait: 1 day }', '"1 day"')).toBe('0');
    expect(spent('{ send: bye }, { wait: 23 hours }', '"1 day"')).toBe('3500');
  });
});

describe('the footer', () => {
  const files = {
    ...policy(
      '  news: { consent: not_needed, footer: "لغو۱۱" }\n  other: { consent: not_needed }',
      'channel_order: [sms, email]\n',
    ),
    'templates/hello/sms.hbs': `\n  ${'س'.repeat(65)}  \n\n`,
  };
  const sent = (step: string) =>
    simulated({
      journey: `purpose: news\ntrigger: { event: visit }\nsteps: [ { ${step} } ]`,
      files,
      customers: [{ ...c1, email: 'sara@example.com' }],
      events: [on('11-21 10:00', 'visit')],
    }).lines[1];

  it('follows an SMS on a new line, and is counted', () => {
    expect(sent('send: hello')).toMatchObject({ text: `${'س'.repeat(65)}\nلغو۱۱`, parts: 2 });
  });

  it('is of the purpose of the message', () => {
    expect(sent('send: hello, purpose: other')).toMatchObject({ text: 'س'.repeat(65), parts: 1 });
  });

  it('is of no other channel', () => {
    expect(sent('send: letter')).toMatchObject({ text: 'Dear Sara' });
    expect(sent('send: letter')).not.toHaveProperty('parts');
  });
});
