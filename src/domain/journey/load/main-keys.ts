/** The keys that tell the kind of a step, in the order in which the language names them. */
export const mainKeys = [
  ...(['send', 'ask', 'wait', 'wait_until', 'wait_for', 'choose', 'split', 'grant', 'take_back', 'set'] as const),
  ...(['emit', 'webhook', 'task', 'stop'] as const),
] as const;

export type MainKey = (typeof mainKeys)[number];

export const stepKeys: readonly string[] = mainKeys;
