import { c1, on, simulated } from '../../../test/given/simulation.js';

const mail = { id: 'c1', name: 'A & <B>', phone: '09121234567', email: 'a@example.com' };
const sent = (template: string, files: Readonly<Record<string, string>>, customer: object = c1) =>
  simulated({
    journey: `trigger: { event: visit }\nsteps: [ send: ${template} ]`,
    files,
    customers: [customer],
    events: [on('11-21 10:00', 'visit')],
  }).lines[1];

describe('a text', () => {
  it('is not escaped where it is no HTML', () => {
    expect(sent('hello', { 'templates/hello/sms.hbs': '{{default customer.name ""}} "\'\n' }, mail)).toMatchObject({
      text: 'A & <B> "\'',
    });
  });

  it('of an e-mail is its plain form, its subject is not escaped', () => {
    const head = `---\nsubject: 'To {{default customer.name "you"}}'\n---\n`;
    const letter = `${head}<h1>Hi {{default customer.name "you"}}</h1><p>One<br>two</p>\n`;
    expect(sent('letter', { 'templates/letter/email.hbs': letter }, mail)).toMatchObject({ subject: 'To A & <B>' });
    const text = String(sent('letter', { 'templates/letter/email.hbs': letter }, mail)?.['text']);
    expect(text).toContain('Hi A & <B>');
    expect(text).toContain('One\ntwo');
    expect(text).not.toContain('<p>');
  });

  it('is trimmed, and keeps the lines inside', () => {
    expect(sent('hello', { 'templates/hello/sms.hbs': '\n\n  a\n\n b  \n\n' })).toMatchObject({ text: 'a\n\n b' });
  });

  it('has a link print its target, and unsubscribe an address without a token', () => {
    expect(sent('hello', { 'templates/hello/sms.hbs': 'see {{link "https://example.com/x"}}\n' })).toMatchObject({
      text: 'see https://example.com/x',
    });
    expect(String(sent('hello', { 'templates/hello/sms.hbs': '{{unsubscribe}}\n' })?.['text'])).toMatch(/^\S+$/);
  });

  it('in Persian takes more parts than 70 letters', () => {
    const parts = (length: number) =>
      sent('hello', { 'templates/hello/sms.hbs': `${'س'.repeat(length)}\n` })?.['parts'];
    expect([70, 71, 134, 135].map(parts)).toEqual([1, 2, 2, 3]);
  });
});
