import { KavenegarChannel } from '../../../src/channels/kavenegar/kavenegar.channel.js';
import type { SenderSettings } from '../../../src/outbox/settings.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';

/** Kavenegar's answers take their time, and more than one of its calls fits into a lease. */
export const settings: Partial<SenderSettings> = {
  leaseMs: 5_000,
  callTimeoutMs: 1_000,
  inDoubt: { askAfterMs: 1_200, askUntilMs: 60_000 },
};

const apiKey = 'test-key';

/** A Kavenegar of our own, and the channel to it. */
export class OverKavenegar {
  private constructor(
    readonly server: FakeKavenegar,
    readonly channel: KavenegarChannel,
  ) {}

  static async open(): Promise<OverKavenegar> {
    const server = await new FakeKavenegar({ apiKeys: [apiKey] }).listen();
    return new OverKavenegar(
      server,
      new KavenegarChannel({ apiKey, baseUrl: server.url, sender: '10004346', timeoutMs: 900, concurrency: 20 }),
    );
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.channel.close();
  }
}
