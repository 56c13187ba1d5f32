import type { Topics } from '../integration/kafka/topics.js';
import type { ShopEvent } from './business.js';
import type { Supervised } from './supervised.js';
import { pause } from './until.js';

const AGAIN_AFTER_MS = 50;
const PATIENCE_MS = 5_000;
const EVENTS_A_REQUEST = 20;

/** The two ways in. Both send again until they have an answer, as clients of CloudEvents do; neither may lose anything. */
export class Doors {
  /** Requests and records that had to be sent again. */
  again = 0;
  private turn = 0;

  constructor(
    private readonly processes: readonly Supervised[],
    private readonly topics: Topics,
    private readonly topic: string,
    private readonly open: AbortSignal,
  ) {}

  async http(events: readonly ShopEvent[]): Promise<void> {
    for (let from = 0; from < events.length; from += EVENTS_A_REQUEST) {
      const body = JSON.stringify(events.slice(from, from + EVENTS_A_REQUEST));
      await this.untilDone(() => this.post(body));
    }
  }

  async kafka(events: readonly ShopEvent[]): Promise<void> {
    const messages = events.map((event) => ({
      key: event.subject,
      value: JSON.stringify(event),
      headers: { 'content-type': 'application/cloudevents+json' },
    }));
    if (messages.length > 0) await this.untilDone(() => this.topics.put(this.topic, messages).then(() => true));
  }

  private async untilDone(attempt: () => Promise<boolean>): Promise<void> {
    while (!this.open.aborted) {
      if (await attempt().catch(() => false)) return;
      this.again += 1;
      await pause(AGAIN_AFTER_MS);
    }
    throw new Error('the round is over before the load was');
  }

  /** By turns, at whichever process serves. What is refused for good is a fault of the torture. */
  private async post(body: string): Promise<boolean> {
    const urls = this.processes.flatMap(({ url }) => url ?? []);
    const url = urls[(this.turn += 1) % urls.length];
    if (url === undefined) return false;
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await response.text();
    if (response.status >= 400 && response.status < 429) throw new Error(`refused: ${text}`);
    return response.status === 202;
  }
}
