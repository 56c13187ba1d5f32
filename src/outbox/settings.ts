import type { BreakerSettings } from './breaker.js';

/** How a sender works. Times in milliseconds. */
export interface SenderSettings {
  /** How long claimed messages are this sender's own. */
  readonly leaseMs: number;
  /** The longest that a channel's call may take; below half the lease. */
  readonly callTimeoutMs: number;
  /** Outcomes are collected this long, or until there are so many, and settled in one statement. */
  readonly settleEveryMs: number;
  readonly settleAtMost: number;
  /** A message in doubt is asked about from so long after its attempt until so long after it. */
  readonly inDoubt: { readonly askAfterMs: number; readonly askUntilMs: number };
  /** What is in doubt at a provider that this process does not have is left to others, until none has served it for so long. */
  readonly unservedAfterMs: number;
  /** A channel that is down is tried with one message this often. */
  readonly probeAfterMs: number;
  /** Where a channel has several providers: when one has failed too often, the next one sends. */
  readonly breaker: BreakerSettings;
  /** Retries end at not_after, else so long after the message came to the channel. */
  readonly retryForMs: number;
  /** `stop()` has ended by then, whatever happens. */
  readonly stopWithinMs: number;
}

export const defaultSettings: SenderSettings = {
  leaseMs: 60_000,
  callTimeoutMs: 8_000,
  settleEveryMs: 40,
  settleAtMost: 500,
  inDoubt: { askAfterMs: 60_000, askUntilMs: 36_000_000 },
  unservedAfterMs: 86_400_000,
  probeAfterMs: 60_000,
  breaker: { calls: 20, failures: 10 },
  retryForMs: 86_400_000,
  stopWithinMs: 10_000,
};

/** Fills in what is not given. Throws where the times contradict each other. */
export function senderSettings(given: Partial<SenderSettings> = {}): SenderSettings {
  const settings = { ...defaultSettings, ...given };
  const { leaseMs, callTimeoutMs, inDoubt } = settings;
  if (callTimeoutMs * 2 >= leaseMs) {
    throw new Error(
      `callTimeoutMs (${String(callTimeoutMs)}) has to be below half of leaseMs (${String(leaseMs)}): shorten the call or lengthen the lease`,
    );
  }
  if (inDoubt.askAfterMs <= callTimeoutMs) {
    throw new Error(
      `inDoubt.askAfterMs (${String(inDoubt.askAfterMs)}) has to exceed callTimeoutMs (${String(callTimeoutMs)}): a call must be over before it is asked about`,
    );
  }
  return settings;
}
