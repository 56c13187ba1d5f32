import { createTransport } from 'nodemailer';
import type { NodemailerError, SMTPPoolOptions, SMTPPoolSentMessageInfo, Transporter } from 'nodemailer';
import type { EmailContent } from '../../domain/message/message.js';
import type { Channel, Outgoing, Probe, SendResult } from '../channel.js';
import { ChannelSettingsError } from '../channel-settings.error.js';
import { redactor, type Redact } from '../redaction.js';
import { isAddress, senderOf, type Sender } from './address.js';
import { failureResult, type MailFailure } from './failure.js';
import { headerText, unsubscribeHeaders } from './headers.js';
import { MailProgress } from './progress.js';
import { mailServerOf, type MailServer } from './server-url.js';

export interface SmtpSettings {
  readonly url: string | undefined;
  /** `تعمیرگاه <info@example.com>` or a bare address. */
  readonly sender: string | undefined;
  /** For a whole send, in milliseconds. Default 14,000. */
  readonly timeoutMs?: number | undefined;
  /** Connections at once. Default 5. */
  readonly concurrency?: number | undefined;
}

/** E-mail through an SMTP server. It cannot be asked for a message; the stable Message-ID lets a mailbox drop a repeat. */
export class SmtpChannel implements Channel {
  readonly channel = 'email';
  readonly provider = 'smtp';
  readonly concurrency: number;
  readonly lookup = undefined;
  readonly #sender: Sender;
  readonly #timeoutMs: number;
  readonly #transporter: Pool;
  readonly #progress: MailProgress;
  readonly #redact: Redact;
  readonly #underWay = new Set<Promise<SendResult>>();
  #closed = false;

  /** Throws ChannelSettingsError. */
  constructor(settings: SmtpSettings) {
    const { url, sender, timeoutMs = 14_000, concurrency = 5 } = settings;
    if (url === undefined || url === '') throw new ChannelSettingsError('PEYK_SMTP_URL', 'is not set');
    if (sender === undefined || sender === '') {
      throw new ChannelSettingsError('channels.email.sender', 'is not set in policy.yaml');
    }
    const server = mailServerOf(url);
    this.concurrency = concurrency;
    this.#sender = senderOf(sender);
    this.#timeoutMs = timeoutMs;
    this.#transporter = pooled(server, timeoutMs, concurrency);
    this.#progress = new MailProgress(this.#transporter);
    this.#redact = redactor(server.auth === undefined ? [] : [server.auth.pass, base64(server.auth.pass)]);
  }

  send(message: Outgoing, signal?: AbortSignal): Promise<SendResult> {
    const { to, content } = message;
    const no = (kind: 'rejected' | 'retry', reason: string): Promise<SendResult> => Promise.resolve({ kind, reason });
    if (content.channel !== 'email') return no('rejected', 'SMTP sends e-mail only');
    if (!isAddress(to)) return no('rejected', 'the address is no e-mail address');
    if (this.#closed) return no('retry', 'the channel is closed');
    if (signal?.aborted === true) return no('retry', 'called off before it was sent');
    const sending = this.#deliver(message, content, signal);
    this.#underWay.add(sending);
    return sending.finally(() => this.#underWay.delete(sending));
  }

  /** Connects, signs in where there is a password, and leaves again. */
  readonly probe = async (): Promise<Probe> => {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer within ${String(this.#timeoutMs)} ms`));
      }, this.#timeoutMs);
    });
    try {
      await Promise.race([this.#transporter.verify(), limit]);
      return { kind: 'works', detail: 'the mail server answers' };
    } catch (error) {
      return { kind: 'fails', reason: this.#redact(readFailure(error).message) };
    } finally {
      clearTimeout(timer);
    }
  };

  /** Waits for what is under way, which its time-out bounds. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
    this.#transporter.close();
  }

  async #deliver(message: Outgoing, content: EmailContent, signal?: AbortSignal): Promise<SendResult> {
    const ending = new AbortController();
    const callOff = (): void => {
      if (!this.#progress.bodyStarted(ending.signal)) ending.abort('called off before it was sent');
    };
    const timer = setTimeout(() => {
      ending.abort(`no answer within ${String(this.#timeoutMs)} ms`);
    }, this.#timeoutMs);
    signal?.addEventListener('abort', callOff, { once: true });
    try {
      const info = await this.#transporter.sendMail({ ...this.#mail(message, content), signal: ending.signal });
      return { kind: 'accepted', providerId: info.messageId, cost: undefined };
    } catch (error) {
      return this.#failed(error, ending.signal, message.to);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', callOff);
    }
  }

  #mail(message: Outgoing, content: EmailContent) {
    const { name, address, domain } = this.#sender;
    return {
      from: { name, address },
      to: { name: '', address: message.to },
      envelope: { from: address, to: [message.to] },
      messageId: `<${String(message.id)}@${domain}>`,
      headers: { 'X-Peyk-Message': String(message.id), ...unsubscribeHeaders(content) },
      subject: headerText(content.subject),
      text: content.text,
      html: content.html,
    };
  }

  #failed(error: unknown, ending: AbortSignal, to: string): SendResult {
    const bodyStarted = this.#progress.bodyStarted(ending);
    const failure = { ...readFailure(error), bodyStarted };
    const message = ending.aborted ? String(ending.reason) : failure.message;
    const result = failureResult({ ...failure, message });
    return 'reason' in result ? { ...result, reason: this.#redact(result.reason, [to]) } : result;
  }
}

function readFailure(error: unknown): Omit<MailFailure, 'bodyStarted'> {
  if (!(error instanceof Error)) return { ...silent, message: 'the mail could not be sent' };
  const { code, command, responseCode }: NodemailerError = error;
  return { code, command, responseCode, message: error.message };
}

const silent = { code: undefined, command: undefined, responseCode: undefined };

type Pool = Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>;

function pooled(server: MailServer, timeoutMs: number, connections: number): Pool {
  const options: SMTPPoolOptions & { pool: true } = {
    pool: true,
    host: server.host,
    port: server.port,
    secure: server.secure,
    // A password never leaves this machine in clear text.
    requireTLS: server.auth !== undefined && !server.loopback,
    tls: { rejectUnauthorized: !server.loopback },
    maxConnections: connections,
    // Nodemailer queues a mail again only where none of its text was read: once, for a connection that died while idle.
    maxRequeues: 1,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketCloseTimeout: 1000,
    idleTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const transporter = createTransport(server.auth === undefined ? options : { ...options, auth: server.auth });
  // Failures of idle connections: the mail that meets one tells of it itself.
  transporter.on('error', () => undefined);
  return transporter;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
