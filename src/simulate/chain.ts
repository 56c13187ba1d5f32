/** How far what follows at once lies from what came from outside: decisions, and among them events of journeys' own. */
export interface Chain {
  readonly decisions: number;
  readonly emits: number;
}

export const outside: Chain = { decisions: 0, emits: 0 };

export { mostEmits } from '../domain/journey/sitting.js';

/** Receipts that set off messages that set off receipts would never end either. */
export const mostDecisions = 100;

export function further({ decisions, emits }: Chain): Chain {
  return { decisions: decisions + 1, emits };
}

export function emitted({ decisions, emits }: Chain): Chain {
  return { decisions: decisions + 1, emits: emits + 1 };
}
