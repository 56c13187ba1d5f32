import type { Position } from '../../../problem.js';
import type { Fields } from '../../../yaml/read.js';
import type { Block, StepContext } from '../context.js';
import type { Flow } from '../flow.js';

/** How one kind of step is read. A new kind is a file with one of these, and a line in `step-keys.ts`. */
export interface StepReader {
  /** Its options; the main key and `id` are understood. */
  readonly keys: readonly string[];
  /** What to write who names the step and says no more. */
  readonly example: string;
  /** Undefined where it cannot stand for a step; the problems say why. */
  read(step: StepReading): Block | undefined;
}

export interface StepReading {
  readonly fields: Fields;
  /** What is known where it begins. */
  readonly flow: Flow;
  /** Where its main key stands. */
  readonly at: Position;
  readonly context: StepContext;
  /** Its own id, or the one that is made of this base. Ask before its branches are read: ids go in reading order. */
  readonly id: (base: string) => string;
}
