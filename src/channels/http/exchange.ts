import type { Dispatcher } from 'undici';
import { retryAfterMs, type HttpAnswer } from './answer.js';

/** One HTTP call: gathers what comes back and settles once, knowing whether anything was written. */
export class Exchange implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #afterMs: number | undefined;
  #settle: ((answer: HttpAnswer) => void) | undefined;
  readonly #chunks: Buffer[] = [];

  constructor(settle: (answer: HttpAnswer) => void) {
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

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = Buffer.concat(this.#chunks).toString('utf8');
    this.#end({ kind: 'answered', status: this.#status, body, afterMs: this.#afterMs });
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.#end(this.#failure(describe(error)));
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

  #failure(detail: string): HttpAnswer {
    return { kind: this.#controller === undefined ? 'not_written' : 'no_answer', detail };
  }

  #end(answer: HttpAnswer): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(answer);
  }
}

/** Where several addresses of one name failed, Node leaves the message empty. */
function describe(error: NodeJS.ErrnoException): string {
  return error.message === '' ? (error.code ?? error.name) : error.message;
}
