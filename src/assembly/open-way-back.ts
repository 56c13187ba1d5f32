import { ChannelSettingsError } from '../channels/channel-settings.error.js';
import { KavenegarClient } from '../channels/kavenegar/way-back.js';
import type { Config } from '../config/config.js';
import { channelsTried } from '../domain/policy/channel-order.js';
import type { Policy } from '../domain/policy/policy.js';
import type { EventDecider, EventOutcome } from '../intake/intake.js';
import type { Logger } from '../ops/log.js';
import type { Metrics } from '../ops/metrics.js';
import type { Beaten } from '../pulse/pulse.service.js';
import { pruning } from '../pruning/pruning.js';
import { EarlyReceipts } from '../receipts/early-receipts.js';
import { heard } from '../receipts/heard-metrics.js';
import { blockedPoll } from '../receipts/polls/blocked-poll.js';
import { forgetting } from '../receipts/polls/forgetting.js';
import type { Poll } from '../receipts/polls/poll.js';
import { Polls } from '../receipts/polls/polls.js';
import { replyPoll } from '../receipts/polls/reply-poll.js';
import { statusPoll } from '../receipts/polls/status-poll.js';
import { WayBack, type Decide } from '../receipts/way-back.js';
import type { Database } from '../store/connection.js';

export interface OpenWayBack {
  readonly beaten: readonly Beaten[];
  readonly stop: () => Promise<void>;
}

interface Parts {
  readonly database: Database;
  readonly decider: EventDecider;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** A mailbox stands in for every channel: there is nobody to ask. */
  readonly standIn: boolean;
}

/** One question; a process that stops does not wait for its answer, which is asked for again. */
const ASK_TIMEOUT = 5_000;
const BATCH = 500;

/** What comes back by the beat: early receipts, and what a provider is asked for that cannot call us. */
export function openWayBack(config: Config, policy: Policy, parts: Parts): OpenWayBack {
  const { database, decider, metrics, log } = parts;
  const isEngine = config.roles.includes('engine');
  const client = config.roles.includes('sender') && !parts.standIn ? kavenegarOf(config, policy) : undefined;
  const polls = new Polls(
    database,
    [
      ...(isEngine ? [forgetting(database)] : []),
      ...(isEngine && config.retentionDays !== undefined ? pruning(database, config.retentionDays) : []),
      ...(client === undefined ? [] : pollsOf(config, policy, client, parts)),
    ],
    log,
  );
  const early = isEngine ? [new EarlyReceipts(database, decider, heard(metrics), log)] : [];
  return {
    beaten: [...early, polls],
    stop: async () => {
      await polls.stop();
      void client?.close().catch(() => undefined);
    },
  };
}

/** Undefined where SMS do not go by it, or its settings are not right: that is told by the channel. */
function kavenegarOf({ kavenegar }: Config, policy: Policy): KavenegarClient | undefined {
  if (!channelsTried(policy.channelOrder).includes('sms') || settingsOf(policy).length === 0) return undefined;
  try {
    return new KavenegarClient({ ...kavenegar, timeoutMs: ASK_TIMEOUT });
  } catch (error) {
    if (error instanceof ChannelSettingsError) return undefined;
    throw error;
  }
}

function settingsOf({ channels }: Policy) {
  return (channels.get('sms') ?? []).filter(({ provider }) => provider === 'kavenegar');
}

/** A full inbox is no reason for a transaction without end. */
function inBatches(decider: EventDecider): Decide {
  return async (events) => {
    const outcomes: EventOutcome[] = [];
    for (let from = 0; from < events.length; from += BATCH) {
      outcomes.push(...(await decider.decide({ source: 'engine', events: events.slice(from, from + BATCH) })));
    }
    return outcomes;
  };
}

/** Receipts and replies are asked for where it cannot call us; who is on its list of opt-outs it never says by itself. */
function pollsOf(config: Config, policy: Policy, client: KavenegarClient, parts: Parts): readonly Poll[] {
  const { database, decider, metrics } = parts;
  const lines = [...new Set(settingsOf(policy).flatMap(({ sender }) => sender ?? []))];
  const wayBack = new WayBack(database, inBatches(decider), heard(metrics));
  const called = config.publicUrl !== undefined && config.hookSecret !== undefined;
  const purposes = policy.optOut?.purposes ?? [];
  const blocked = purposes.length > 0 && lines.length > 0;
  return [
    ...(called
      ? []
      : [statusPoll(database, client, wayBack), ...lines.map((line) => replyPoll(line, client, wayBack))]),
    ...(blocked ? [blockedPoll({ database, kavenegar: client, decider, lines, purposes })] : []),
  ];
}
