import type { Readable } from 'node:stream';
import type { Transporter } from 'nodemailer';

/**
 * Whether any of a mail's text has been handed to a connection, which Nodemailer's errors do not tell. It reads the mail's
 * stream only after the server has said 354 to DATA, so the streams are watched.
 */
export class MailProgress {
  readonly #watched = new WeakMap<AbortSignal, Readable[]>();

  /** Mails are told apart by their `signal`, the one object of the caller's that Nodemailer passes on. */
  constructor(transporter: Pick<Transporter, 'use'>) {
    transporter.use('stream', (mail, done) => {
      const { message, data } = mail;
      const create = message.createReadStream.bind(message);
      message.createReadStream = (options) => this.#watch(data.signal, create(options));
      done();
    });
  }

  bodyStarted(signal: AbortSignal): boolean {
    return (this.#watched.get(signal) ?? []).some((stream) => stream.readableDidRead);
  }

  #watch(signal: unknown, stream: Readable): Readable {
    if (signal instanceof AbortSignal) this.#watched.set(signal, [...(this.#watched.get(signal) ?? []), stream]);
    return stream;
  }
}
