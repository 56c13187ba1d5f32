/** The main keys, one a step. */
export const builtSteps = ['send', 'wait', 'wait_for', 'choose', 'stop'] as const;
export type BuiltStep = (typeof builtSteps)[number];

/** Known to the language, not built yet. */
export const laterSteps: readonly string[] = [
  'ask',
  'wait_until',
  'split',
  'grant',
  'take_back',
  'set',
  'emit',
  'webhook',
  'task',
];

export const stepKeys: readonly string[] = [...builtSteps, ...laterSteps];
