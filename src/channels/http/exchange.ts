import type { Dispatcher } from 'undici';
import { retryAfterMs } from './answer.js';

/**
 * How one HTTP call ended.
 * - answered: whatever its status; `isCut` where more came than was wanted. `afterMs`: its Retry-After, in milliseconds.
 * - not_written: nothing of the request left this machine.
 * - no_answer: the request was written, and then silence, a reset or half an answer.
 */
export type Exchanged =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly bytes: Buffer;
      readonly isCut: boolean;
      readonly afterMs: number | undefined;
    }
  | { readonly kind: 'not_written' | 'no_answer'; readonly detail: string; readonly error?: Error };

export interface ExchangeLimits {
  /** For the whole call: waiting for a connection, writing and reading. Milliseconds. */
  readonly timeoutMs: number;
  /** More of an answer is not read. */
  readonly mostBytes?: number;
  /** Calls off what has not been written. */
  readonly signal?: AbortSignal | undefined;
}

/** Makes one call, which `start` hands to undici. Never rejects. */
export function exchange(
  start: (handler: Dispatcher.DispatchHandler) => void,
  { timeoutMs, mostBytes = Infinity, signal }: ExchangeLimits,
): Promise<Exchanged> {
  return new Promise((resolve) => {
    const one = new Exchange(mostBytes, (result) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', callOff);
      resolve(result);
    });
    const callOff = (): void => {
      one.callOff();
    };
    const timer = setTimeout(() => {
      one.giveUp(`no answer within ${String(timeoutMs)} ms`);
    }, timeoutMs);
    if (signal?.aborted === true) {
      callOff();
      return;
    }
    signal?.addEventListener('abort', callOff, { once: true });
    try {
      start(one);
    } catch (error) {
      one.onResponseError(null, error instanceof Error ? error : new Error('the request could not be built'));
    }
  });
}

/** Gathers what comes back and settles once, knowing whether anything was written. */
class Exchange implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #afterMs: number | undefined;
  #length = 0;
  #settle: ((result: Exchanged) => void) | undefined;
  readonly #chunks: Buffer[] = [];

  constructor(
    private readonly mostBytes: number,
    settle: (result: Exchanged) => void,
  ) {
    this.#settle = settle;
  }

  /** undici has a connection and is about to write: from here on the request may have arrived. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settle === undefined) controller.abort(new Error('given up'));
    else this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Dispatcher.ResponseData['headers']): void {
    const retryAfter = headers['retry-after'];
    this.#status = status;
    this.#afterMs = typeof retryAfter === 'string' ? retryAfterMs(retryAfter, Date.now()) : undefined;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length <= this.mostBytes) return;
    this.#answered(true);
    controller.abort(new Error('more is not wanted'));
  }

  onResponseEnd(): void {
    this.#answered(false);
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.#end(this.#failure(describe(error), error));
  }

  /** The time is up: whatever may come later is not heard. */
  giveUp(detail: string): void {
    this.#end(this.#failure(detail));
    this.#controller?.abort(new Error(detail));
  }

  /** Calls it off if nothing was written yet; afterwards only the answer counts. */
  callOff(): void {
    if (this.#controller === undefined) this.#end({ kind: 'not_written', detail: 'called off before it was sent' });
  }

  #answered(isCut: boolean): void {
    const all = Buffer.concat(this.#chunks);
    const bytes = isCut ? all.subarray(0, this.mostBytes) : all;
    this.#end({ kind: 'answered', status: this.#status, bytes, isCut, afterMs: this.#afterMs });
  }

  #failure(detail: string, error?: Error): Exchanged {
    const kind = this.#controller === undefined ? 'not_written' : 'no_answer';
    return error === undefined ? { kind, detail } : { kind, detail, error };
  }

  #end(result: Exchanged): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(result);
  }
}

/** Where several addresses of one name failed, Node leaves the message empty. */
function describe(error: NodeJS.ErrnoException): string {
  return error.message === '' ? (error.code ?? error.name) : error.message;
}
