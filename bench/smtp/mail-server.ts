import { request } from 'undici';
import { Child } from '../rig/child.js';

interface Counts {
  readonly receivers: number;
  readonly twice: readonly string[];
  /** From the first mail to the last, by its clock. */
  readonly seconds: number;
}

/** A mail server in a process of its own. */
export interface MailServer {
  readonly url: string;
  /** Resolves when so many have one mail each; gives mails a second. `alive` throws to give up. */
  rateOf(receivers: number, alive: () => void): Promise<number>;
  stop(): Promise<void>;
}

const POLL_MS = 20;
/** Without a further mail in so long, it will not come. */
const STUCK_MS = 60_000;

export async function startMailServer(latencyMs: number): Promise<MailServer> {
  const child = new Child({ file: 'dist/bench/smtp/server.js', args: [String(latencyMs)] });
  const [mail = '', counts = ''] = (await child.says(/mail (\d+, counts \d+)/)).split(', counts ');
  return {
    url: `smtp://127.0.0.1:${mail}`,
    rateOf: (receivers, alive) => rateOf(`http://127.0.0.1:${counts}`, receivers, alive),
    stop: () => child.stop(),
  };
}

async function rateOf(url: string, receivers: number, alive: () => void): Promise<number> {
  let [before, movedAt] = [0, performance.now()];
  for (;;) {
    const { body } = await request(url);
    const counts = (await body.json()) as Counts;
    if (counts.twice.length > 0) throw new Error(`${counts.twice.join(', ')} got a mail twice`);
    if (counts.receivers >= receivers) return (receivers - 1) / counts.seconds;
    const now = performance.now();
    if (counts.receivers > before) [before, movedAt] = [counts.receivers, now];
    if (now - movedAt > STUCK_MS) throw new Error(`stuck at ${String(before)} of ${String(receivers)} mails`);
    alive();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
