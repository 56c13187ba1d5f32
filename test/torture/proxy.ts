import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * `before`: what has these bytes never arrives. `after`: it arrives and is carried out, and the connection breaks instead of an
 * answer. `mute`: it is carried out, and nobody hears of anything any more, as behind a firewall that has forgotten us.
 */
export interface Cut {
  readonly at: Buffer;
  readonly when: 'before' | 'after' | 'mute';
}

/** A fixed port of the loopback that leads to PostgreSQL, and cuts a connection at a given message. */
export class PostgresProxy {
  cuts = 0;
  private waiting: Cut | undefined;
  private target = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((socket) => {
    this.join(socket);
  });

  async open(target: number): Promise<this> {
    this.target = target;
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Connections of the old server break with it. */
  leadTo(target: number): void {
    this.target = target;
  }

  /** The next message with these bytes meets it, whoever sends it. */
  cutAt(cut: Cut): void {
    this.waiting = cut;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private join(near: Socket): void {
    const far = connect(this.target, '127.0.0.1');
    this.follow(near, far);
    this.follow(far, near);
    // What is to become of the server's next words.
    let answers: (words: Buffer) => void = (words) => {
      forward(words, far, near);
    };
    far.on('data', (words) => {
      answers(words);
    });
    near.on('data', (words) => {
      const cut = this.meet(words);
      if (cut === 'before') near.destroy();
      else forward(words, near, far);
      if (cut === 'after') answers = () => near.destroy();
      if (cut === 'mute') answers = () => undefined;
    });
  }

  private follow(one: Socket, other: Socket): void {
    this.sockets.add(one);
    one.setNoDelay(true);
    one.on('error', () => other.destroy());
    one.on('close', () => {
      this.sockets.delete(one);
      other.destroy();
    });
  }

  /** The driver writes each message in one piece, so that its bytes come together. */
  private meet(words: Buffer): Cut['when'] | undefined {
    const cut = this.waiting;
    if (cut === undefined || !words.includes(cut.at)) return undefined;
    this.waiting = undefined;
    this.cuts += 1;
    return cut.when;
  }
}

function forward(words: Buffer, from: Socket, to: Socket): void {
  if (to.write(words)) return;
  from.pause();
  to.once('drain', () => from.resume());
}
