import type { Dispatcher } from 'undici';
import { readBody, readRetryAfter, type CallResult } from './call-result.js';
import { ClosedAddressError } from './guarded-lookup.js';

/** More than this of an answer is not read. */
export const MOST_BYTES = 65_536;

/** One call: gathers what comes back, as much as is wanted, and settles once, knowing whether anything was written. */
export class Exchange implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #settle: ((result: CallResult) => void) | undefined;
  #status = 0;
  #afterMs: number | undefined;
  #length = 0;
  readonly #chunks: Buffer[] = [];

  constructor(settle: (result: CallResult) => void) {
    this.#settle = settle;
  }

  /** From here on the request may have arrived. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settle === undefined) controller.abort(new Error('given up'));
    else this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Dispatcher.ResponseData['headers']): void {
    const retryAfter = headers['retry-after'];
    this.#status = status;
    this.#afterMs = readRetryAfter(typeof retryAfter === 'string' ? retryAfter : undefined, Date.now());
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length <= MOST_BYTES) return;
    this.#answered(true);
    controller.abort(new Error('more is not wanted'));
  }

  onResponseEnd(): void {
    this.#answered(false);
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    if (error instanceof ClosedAddressError) this.#end({ kind: 'refused', reason: error.message });
    else this.#end(this.#failure(describe(error)));
  }

  /** The time is up: whatever may come later is not heard. */
  giveUp(reason: string): void {
    this.#end(this.#failure(reason));
    this.#controller?.abort(new Error(reason));
  }

  /** Calls it off if nothing was written yet; afterwards only the answer counts. */
  callOff(): void {
    if (this.#controller === undefined) this.#end({ kind: 'not_written', reason: 'called off before it was sent' });
  }

  #answered(isCut: boolean): void {
    const bytes = Buffer.concat(this.#chunks).subarray(0, MOST_BYTES);
    this.#end({ kind: 'answered', status: this.#status, body: readBody(bytes, isCut), afterMs: this.#afterMs });
  }

  #failure(reason: string): CallResult {
    return { kind: this.#controller === undefined ? 'not_written' : 'no_answer', reason };
  }

  #end(result: CallResult): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(result);
  }
}

/** Where several addresses of one name failed, Node leaves the message empty. */
function describe(error: NodeJS.ErrnoException): string {
  return error.message === '' ? (error.code ?? error.name) : error.message;
}
