/**
 * What goes wrong with one request. `accept`: the message is taken all the same, only the answer is lost.
 * - silence: no answer, ever.
 * - reset: the connection is reset, before the first byte of an answer or in the middle of it.
 * - status: an error in the usual envelope; `http` is the HTTP status, by default the same number.
 * - html: a page of something that stands before the service.
 * - cut, empty: a complete HTTP 200 whose JSON is cut off, or that has no body.
 * - slow: the right answer, late; the message is taken just before it, or, with `accept: 'at_once'`, when the call comes.
 * - twice: the right answer, and the same again behind it, which nobody asked for.
 */
export type Fault =
  | { readonly kind: 'silence'; readonly accept: boolean }
  | { readonly kind: 'reset'; readonly accept: boolean; readonly when?: 'before_answer' | 'mid_answer' }
  | { readonly kind: 'status'; readonly status: number; readonly http?: number; readonly retryAfter?: string }
  | { readonly kind: 'html'; readonly http: number; readonly accept: boolean }
  | { readonly kind: 'cut' | 'empty'; readonly accept: boolean }
  | { readonly kind: 'slow'; readonly ms: number; readonly accept?: 'at_once' }
  | { readonly kind: 'twice' };

export type Params = Readonly<Record<string, string | undefined>>;
export type FaultChooser = (method: string, params: Params) => Fault | undefined;

/** Every `share` of the requests of a method meets one of these; the same seed gives the same run. */
export interface RandomFaults {
  readonly share: number;
  readonly faults: readonly Fault[];
  readonly method?: string;
  readonly seed?: number;
}

/** Faults that wait for their request, and rules that choose one for each. */
export class Faults {
  readonly #queues = new Map<string, Fault[]>();
  #choose: FaultChooser | undefined;

  /** The next request of this method meets it; several wait in line. */
  next(fault: Fault, method = 'sms/send'): void {
    const queue = this.#queues.get(method);
    if (queue === undefined) this.#queues.set(method, [fault]);
    else queue.push(fault);
  }

  /** Asked for each request that no waiting fault took. */
  choose(chooser: FaultChooser | undefined): void {
    this.#choose = chooser;
  }

  random({ share, faults, method = 'sms/send', seed = 1 }: RandomFaults): void {
    const number = numbers(seed);
    this.choose((called) =>
      called === method && number() < share ? faults[Math.floor(number() * faults.length)] : undefined,
    );
  }

  clear(): void {
    this.#queues.clear();
    this.#choose = undefined;
  }

  take(method: string, params: Params): Fault | undefined {
    return this.#queues.get(method)?.shift() ?? this.#choose?.(method, params);
  }
}

/** Repeatable numbers in [0, 1): a linear congruential generator (Numerical Recipes). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
