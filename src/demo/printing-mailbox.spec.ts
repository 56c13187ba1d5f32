import type { Outgoing } from '../channels/channel.js';
import { PrintingMailbox } from './printing-mailbox.js';

const sms: Outgoing = {
  id: 1,
  to: '+989121234567',
  content: { channel: 'sms', text: 'سلام\nدستگاه رسید', parts: 1 },
};

describe('the printing mailbox', () => {
  it('prints what the customer would read, a subject first', () => {
    const printed: string[] = [];
    const mailbox = new PrintingMailbox((text) => printed.push(text));
    mailbox.delivered(sms);
    mailbox.delivered({
      id: 2,
      to: 'sara@example.com',
      content: { channel: 'email', subject: 'خبر', text: 'متن', html: '<p>متن</p>' },
    });
    expect(printed).toEqual([
      '\n  sms to +989121234567\n    سلام\n    دستگاه رسید\n',
      '\n  email to sara@example.com\n    خبر\n    متن\n',
    ]);
  });

  it('tells when so many have left, also when they had already', async () => {
    const mailbox = new PrintingMailbox(() => undefined);
    const second = mailbox.reached(2, 60_000);
    mailbox.delivered(sms);
    mailbox.delivered(sms);
    expect(await second).toBe(true);
    expect(await mailbox.reached(2, 0)).toBe(true);
  });

  it('waits no longer than it may', async () => {
    const waiting = new PrintingMailbox(() => undefined).reached(1, 5);
    // The patience alone keeps no process alive, so this test does.
    const alive = setInterval(() => undefined, 1_000);
    expect(await waiting).toBe(false);
    clearInterval(alive);
  });
});
