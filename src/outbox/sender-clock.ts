/** Two clocks, because each has a way to lie: the monotonic one may stop while a machine sleeps, the wall may be set back. */
export interface SenderClock {
  monotonic(): number;
  wall(): number;
}

export const systemClock: SenderClock = { monotonic: () => performance.now(), wall: () => Date.now() };

/** The end of a lease as this process may believe in it: counted from before the claim was asked for. */
export class Lease {
  private readonly monotonicEnd: number;
  private readonly wallEnd: number;

  constructor(
    readonly token: string,
    leaseMs: number,
    private readonly clock: SenderClock,
  ) {
    this.monotonicEnd = clock.monotonic() + leaseMs;
    this.wallEnd = clock.wall() + leaseMs;
  }

  /** Milliseconds left by the clock that is further on. */
  timeLeft(): number {
    return Math.min(this.monotonicEnd - this.clock.monotonic(), this.wallEnd - this.clock.wall());
  }
}

/** The database's clock, as this process can tell between two answers of it. */
export class DatabaseClock {
  private offset: number;

  constructor(private readonly clock: SenderClock) {
    this.offset = clock.wall() - clock.monotonic();
  }

  /** The database has just said that it is `at` (milliseconds since 1970). */
  heard(at: number): void {
    this.offset = at - this.clock.monotonic();
  }

  now(): number {
    return Math.round(this.clock.monotonic() + this.offset);
  }
}
