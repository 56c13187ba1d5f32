import { callBackReply, callBackStatus } from '../servers/kavenegar/call-back.js';
import type { FakeKavenegar } from '../servers/kavenegar/server.js';
import { reactionTo } from './outcome-business.js';
import type { Supervised } from './supervised.js';
import { pause } from './until.js';

export const HOOK_SECRET = 'torture-hook-secret';
const DELIVERED = 10;
const AGAIN_AFTER_MS = 100;

/**
 * Receivers of SMS and their operator: a receipt or an answer comes as soon as the message has left, every fifth one twice; each is
 * told again until somebody has taken it, as Kavenegar does.
 */
export class Reactions {
  /** How many were taken, and how often one had to be told again. */
  taken = 0;
  again = 0;
  private number = 0;
  private open = true;

  constructor(
    private readonly sms: FakeKavenegar,
    private readonly processes: readonly Supervised[],
  ) {
    sms.ledger.onAccepted = ({ messageid, message, receptor, sender }) => {
      const reaction = reactionTo(message);
      if (reaction === undefined) return;
      this.number += 1;
      const tell =
        reaction === 'receipt'
          ? (url: string) => callBackStatus(url, messageid, DELIVERED)
          : (url: string) =>
              callBackReply(url, { messageid, message: '5', sender: receptor, receptor: sender, date: 0 });
      void this.untilTaken(tell);
      if (this.number % 5 === 0) void this.untilTaken(tell);
    };
  }

  close(): void {
    this.open = false;
    this.sms.ledger.onAccepted = undefined;
  }

  private async untilTaken(tell: (url: string) => Promise<number>): Promise<void> {
    for (let turn = this.number; this.open; turn += 1) {
      const urls = this.processes.flatMap(({ url }) => url ?? []);
      const url = urls[turn % urls.length];
      const status = url === undefined ? 0 : await tell(`${url}/hooks/sms/${HOOK_SECRET}`).catch(() => 0);
      if (status === 200) {
        this.taken += 1;
        return;
      }
      this.again += 1;
      await pause(AGAIN_AFTER_MS);
    }
  }
}
