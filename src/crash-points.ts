/** Every boundary at which a process may die, by name. A test arms one; here nobody does, and reaching one does nothing. */
export const crashPoints = [
  // A batch of events in its transaction: nothing yet, customers locked, events kept, all written, committed and nobody told.
  'batch.begun',
  'batch.claimed',
  'batch.kept',
  'batch.saved',
  'batch.committed',
  // The same for timers that are due.
  'timers.begun',
  'timers.claimed',
  'timers.saved',
  'timers.committed',
  // Postgres has a partition's new offset, Kafka has not yet; Kafka has it too.
  'kafka.decided',
  'kafka.told',
  // Messages are about to be claimed; the claim is committed and nobody called.
  'claim.asked',
  'claim.taken',
  // The provider is about to be called; it has answered and nothing is settled.
  'call.made',
  'call.answered',
  // Outcomes are about to be written; they are.
  'settle.asked',
  'settle.written',
  // Leases that lapsed have come into doubt; doubts are taken and nobody asked; the provider has told, nothing is settled.
  'doubt.lapsed',
  'doubt.taken',
  'doubt.answered',
  // Messages that are to be looked at again: their customers are locked, what becomes of them is written, committed.
  'recheck.taken',
  'recheck.saved',
  'recheck.committed',
  // Calls of web hooks are about to be claimed; claimed and nobody called; about to be made; answered; the answer is saved.
  'webhook.asked',
  'webhook.claimed',
  'webhook.called',
  'webhook.answered',
  'webhook.saved',
  // Whose receipts, whose replies they are is known, nothing is decided; decided, and the provider does not know yet.
  'receipt.taken',
  'receipt.kept',
  // Receipts that came before the outcome of their own send are taken to be tried again; they are decided and not dropped yet.
  'early.taken',
  'early.kept',
  'reply.taken',
  'reply.kept',
  // The broker has outcomes, the table does not know yet.
  'outcomes.told',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

let listener: ((point: CrashPoint) => void) | undefined;

/** Called at the boundary itself. */
export function reach(point: CrashPoint): void {
  listener?.(point);
}

/** From now on `reached` hears of every boundary. */
export function arm(reached: (point: CrashPoint) => void): void {
  listener = reached;
}
