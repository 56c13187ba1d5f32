import type { Mailbox } from '../channels/mailbox/mailbox.channel.js';
import type { Outgoing } from '../channels/channel.js';

/** Prints each message as it leaves: what the customer would read. */
export class PrintingMailbox implements Mailbox {
  private count = 0;
  private waiting: { readonly number: number; readonly resolve: () => void } | undefined;

  constructor(private readonly print: (text: string) => void = (text) => process.stdout.write(text)) {}

  delivered({ to, content }: Outgoing): void {
    const subject = content.channel === 'email' ? `${content.subject}\n` : '';
    const text = `${subject}${content.text}`.replaceAll('\n', '\n    ');
    this.print(`\n  ${content.channel} to ${to}\n    ${text}\n`);
    this.count += 1;
    if (this.waiting !== undefined && this.count >= this.waiting.number) this.waiting.resolve();
  }

  /** Until so many messages have left in all, or the time is over; false then. */
  async reached(number: number, withinMs: number): Promise<boolean> {
    if (this.count >= number) return true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => {
        resolve(false);
      }, withinMs).unref(); // Nobody is kept from ending by this patience.
    });
    const there = new Promise<boolean>((resolve) => {
      this.waiting = {
        number,
        resolve: () => {
          resolve(true);
        },
      };
    });
    return Promise.race([there, late]).finally(() => {
      clearTimeout(timer);
    });
  }
}
