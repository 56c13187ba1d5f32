/** Keeps the membership in the group alive during a long batch, and knows when it is over. */
export class Heartbeat {
  readonly #timer: NodeJS.Timeout;
  readonly #failed: Promise<never>;
  #fail: (error: Error) => void = () => undefined;
  #failure: Error | undefined;

  constructor(
    private readonly beat: () => Promise<void>,
    everyMs: number,
  ) {
    this.#failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    this.#failed.catch(() => undefined);
    this.#timer = setInterval(() => void this.#beatQuietly(), everyMs);
  }

  /** Throws what a heartbeat failed with: a rebalance, or a broker that is away. kafkajs sees to either. */
  async check(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    await this.beat();
  }

  /** Waits for `work`, which does no harm when it is given up; throws as `check` does as soon as a heartbeat fails. */
  async during<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#failed]);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #beatQuietly(): Promise<void> {
    try {
      await this.beat();
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      this.#fail(this.#failure);
    }
  }
}
