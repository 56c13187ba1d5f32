/** A step of the dialogue. `body`: the mail's text has come, its answer is due. */
export type Stage = 'connect' | 'mail' | 'rcpt' | 'body';

/**
 * What goes wrong once. `accept` (at `body`): the mail is taken all the same, only the answer is lost.
 * - reply: a refusal with this code.  - drop: the connection is reset.  - hang_up: it is closed.  - silence: no answer, ever.  - slow: the answer, late.
 */
export type Fault =
  | { readonly kind: 'reply'; readonly at: Stage; readonly code: number; readonly text: string }
  | { readonly kind: 'drop' | 'hang_up' | 'silence'; readonly at: Stage; readonly accept?: boolean }
  | { readonly kind: 'slow'; readonly at: Stage; readonly ms: number };

/** Faults wait for the next dialogue that comes to their stage. */
export class Faults {
  readonly #waiting: Fault[] = [];

  next(fault: Fault): void {
    this.#waiting.push(fault);
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  take(stage: Stage): Fault | undefined {
    const index = this.#waiting.findIndex(({ at }) => at === stage);
    return index === -1 ? undefined : this.#waiting.splice(index, 1)[0];
  }
}
