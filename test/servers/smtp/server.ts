import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { Faults, type Fault, type Stage } from './faults.js';
import { readMail, type Mail } from './mail.js';

export interface FakeSmtpSettings {
  /** 0 takes a free one. */
  readonly port?: number;
  /** Then a login is needed, and any other fails with 535. */
  readonly auth?: { readonly user: string; readonly pass: string };
  /** Hears of each mail that is taken. */
  readonly heard?: (mail: Mail) => void;
}

type Done = (error?: Error | null) => void;

/** An SMTP server on loopback that keeps what it takes, and fails at will. */
export class FakeSmtp {
  readonly faults = new Faults();
  readonly #mails: Mail[] = [];
  readonly #sockets = new Map<number, Socket>();
  readonly #server: SMTPServer;

  constructor(private readonly settings: FakeSmtpSettings = {}) {
    this.#server = new SMTPServer({
      disabledCommands: settings.auth === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
      allowInsecureAuth: true,
      disableReverseLookup: true,
      logger: false,
      onAuth: ({ username, password }, _, done) => {
        const right = username === settings.auth?.user && password === settings.auth?.pass;
        done(right ? null : refusal(535, '5.7.8 authentication failed'), right ? { user: username } : undefined);
      },
      onConnect: (session, done) => {
        this.#at('connect', session, done);
      },
      onMailFrom: (_, session, done) => {
        this.#at('mail', session, done);
      },
      onRcptTo: (_, session, done) => {
        this.#at('rcpt', session, done);
      },
      onData: (stream, session, done) => {
        this.#read(stream, session, done);
      },
    });
    this.#server.on('error', () => undefined);
    this.#server.server.on('connection', (socket) => {
      this.#follow(socket);
    });
  }

  async listen(): Promise<this> {
    this.#server.listen(this.settings.port ?? 0, '127.0.0.1');
    await once(this.#server.server, 'listening');
    return this;
  }

  /** With the login in it, if there is one. */
  get url(): string {
    const { auth } = this.settings;
    const login = auth === undefined ? '' : `${encodeURIComponent(auth.user)}:${encodeURIComponent(auth.pass)}@`;
    return `smtp://${login}127.0.0.1:${String((this.#server.server.address() as AddressInfo).port)}`;
  }

  mails(): readonly Mail[] {
    return this.#mails;
  }

  /** How often each subject came for each receiver, under `receiver + "\n" + subject`. */
  countsByReceiverAndSubject(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { to, subject } of this.#mails) {
      for (const key of to.map((receiver) => `${receiver}\n${subject}`)) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  clear(): void {
    this.#mails.length = 0;
    this.faults.clear();
  }

  /** Resolves when no client is connected any more. */
  async untilNoConnections(): Promise<void> {
    while (this.#sockets.size > 0) {
      await Promise.all([...this.#sockets.values()].map((socket) => once(socket, 'close')));
    }
  }

  async close(): Promise<void> {
    if (!this.#server.server.listening) return;
    const closed = once(this.#server.server, 'close');
    this.#server.server.close();
    for (const socket of this.#sockets.values()) socket.destroy();
    await closed;
  }

  #follow(socket: Socket): void {
    const port = socket.remotePort ?? 0;
    this.#sockets.set(port, socket);
    socket.once('close', () => this.#sockets.delete(port));
  }

  #at(stage: Stage, session: SMTPServerSession, done: Done): void {
    this.#fail(this.faults.take(stage), session, done);
  }

  #read(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): void {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const fault = this.faults.take('body');
      if (isTaken(fault)) this.#keep(session, Buffer.concat(chunks).toString('utf8'));
      this.#fail(fault, session, done);
    });
  }

  #keep({ envelope }: SMTPServerSession, raw: string): void {
    const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
    const to = envelope.rcptTo.map(({ address }) => address);
    const mail = readMail(from, to, raw);
    this.#mails.push(mail);
    this.settings.heard?.(mail);
  }

  #fail(fault: Fault | undefined, session: SMTPServerSession, done: Done): void {
    switch (fault?.kind) {
      case undefined:
        done();
        return;
      case 'reply':
        done(refusal(fault.code, fault.text));
        return;
      case 'drop':
        this.#sockets.get(session.remotePort)?.resetAndDestroy();
        return;
      case 'hang_up':
        this.#sockets.get(session.remotePort)?.end();
        return;
      case 'slow':
        setTimeout(done, fault.ms);
        return;
      case 'silence':
        return;
    }
  }
}

function isTaken(fault: Fault | undefined): boolean {
  if (fault === undefined || fault.kind === 'slow') return true;
  return fault.kind !== 'reply' && fault.accept === true;
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
