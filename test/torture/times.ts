import type { Times } from '../../src/assembly/start-peyk.js';

/** A business's 60 s of lease and of waiting before a question, 15 s of Kafka session: here shorter, in the same order. */
export const times: Times = {
  callTimeoutMs: 1_000,
  sending: { leaseMs: 4_000, inDoubt: { askAfterMs: 2_500, askUntilMs: 36_000_000 }, probeAfterMs: 2_000 },
  kafka: { sessionTimeoutMs: 3_000, heartbeatMs: 500, longestBackoffMs: 1_000 },
  calling: { marginMs: 2_000 },
};
