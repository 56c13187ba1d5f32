/** What can be paused; each pause stands by itself, and one that concerns a message is enough to keep it. */
export const pauseKinds = ['all', 'journey', 'channel', 'purpose'] as const;
export type PauseKind = (typeof pauseKinds)[number];

export interface Pause {
  readonly kind: PauseKind;
  /** Of the journey, channel or purpose; '' for all. */
  readonly name: string;
}

/** Whether one of these pauses keeps this message from leaving. */
export function isPaused(
  pauses: readonly Pause[],
  message: Readonly<Record<Exclude<PauseKind, 'all'>, string>>,
): boolean {
  return pauses.some(({ kind, name }) => kind === 'all' || message[kind] === name);
}

/** `journey welcome`, `everything`: how a pause is told of. */
export function pauseText({ kind, name }: Pause): string {
  return kind === 'all' ? 'everything' : `${kind} ${name}`;
}
