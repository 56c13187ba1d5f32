import type { Channels } from '../channels/registry.js';
import type { Config } from '../config/config.js';
import type { Workspace } from '../domain/workspace.js';
import { senderMetrics } from '../ops/sender-metrics.js';
import { PAUSED } from '../ops/sending-control.js';
import { BundleComposer } from '../outbox/bundle-composer.js';
import { PauseWatch } from '../outbox/pause-watch.js';
import type { SenderObserver } from '../outbox/ports.js';
import { Sender } from '../outbox/sender.js';
import type { SenderSettings } from '../outbox/settings.js';
import type { Database } from '../store/connection.js';
import { sendsOn } from './open-channels.js';
import { QUEUED } from './open-engine.js';
import type { Ops } from './ops.js';
import { ratesOf } from './rates-of.js';
import type { Stops } from './stops.js';

/** The sender of a process that has its role; channels that cannot send are told of. */
export function openSender(
  config: Config,
  { channels, unavailable }: Channels,
  { policy }: Workspace,
  database: Database,
  ops: Ops,
  stops: Stops,
  settings: Partial<SenderSettings>,
): Sender | undefined {
  stops.add(async () => {
    await Promise.all(channels.map((channel) => channel.close()));
  });
  if (!config.roles.includes('sender')) return undefined;
  for (const { channel, provider, reason } of unavailable) {
    const instead = sendsOn(channel, { channels }) ? 'another provider sends in its place' : 'its messages are held';
    const detail = `${channel} by ${provider} cannot send, ${instead}: ${reason}`;
    ops.log.warn(detail);
    ops.health.register({ name: `channel ${channel}`, check: () => Promise.resolve({ status: 'warning', detail }) });
  }
  const sender = new Sender({
    database,
    channels,
    composer: new BundleComposer(database),
    inDoubtRule: (purpose) => policy.purposes.get(purpose)?.inDoubt ?? 'never',
    ratesOf: ratesOf(policy, config),
    observer: senderMetrics(ops.metrics, ops.log),
    settings,
  });
  stops.add(() => sender.stop());
  return sender;
}

/** What is paused is heard of at once, and with each beat. */
export async function watchPauses(
  database: Database,
  sender: Sender,
  observer: SenderObserver,
  stops: Stops,
): Promise<PauseWatch> {
  const watch = new PauseWatch(database, sender, observer);
  const unlisten = await database.listen(PAUSED, () => {
    watch.heard();
  });
  stops.add(async () => {
    await unlisten();
    await watch.stop();
  });
  return watch;
}

export async function listenForQueued(database: Database, sender: Sender | undefined, stops: Stops): Promise<void> {
  if (sender === undefined) return;
  const stop = await database.listen(QUEUED, () => {
    sender.wake();
  });
  stops.add(stop);
}
