export interface HealthResult {
  /** `warning` wants to be seen, `wrong` keeps traffic away. */
  readonly status: 'ok' | 'warning' | 'wrong';
  /** A sentence with the remedy. */
  readonly detail: string;
}

/** One thing that has to work; whoever owns it registers it. */
export interface HealthCheck {
  readonly name: string;
  check(): Promise<HealthResult>;
}

export interface HealthReport {
  readonly status: HealthResult['status'];
  readonly checks: readonly ({ readonly name: string } & HealthResult)[];
}

/** Asks everything that was registered, each with the same patience. */
export class Health {
  readonly #checks = new Set<HealthCheck>();
  #closing = false;

  constructor(private readonly patienceMs = 2_000) {}

  /** The result takes it out again. */
  register(check: HealthCheck): () => void {
    this.#checks.add(check);
    return () => this.#checks.delete(check);
  }

  /** From now on no new work should come here. */
  close(): void {
    this.#closing = true;
  }

  async report(): Promise<HealthReport> {
    const results = await Promise.all([...this.#checks].map((check) => this.#ask(check)));
    const checks = this.#closing ? [closing, ...results] : results;
    return { status: worst(checks), checks };
  }

  async #ask(check: HealthCheck): Promise<HealthReport['checks'][number]> {
    const { name } = check;
    try {
      return { name, ...(await this.#inTime(check)) };
    } catch (error) {
      return { name, status: 'wrong', detail: error instanceof Error ? error.message : String(error) };
    }
  }

  async #inTime(check: HealthCheck): Promise<HealthResult> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<HealthResult>((resolve) => {
      const detail = `did not answer within ${String(this.patienceMs)} ms`;
      timer = setTimeout(() => {
        resolve({ status: 'wrong', detail });
      }, this.patienceMs);
    });
    return Promise.race([check.check(), late]).finally(() => {
      clearTimeout(timer);
    });
  }
}

const closing = { name: 'process', status: 'wrong', detail: 'is shutting down' } as const;

function worst(checks: readonly HealthResult[]): HealthResult['status'] {
  if (checks.some(({ status }) => status === 'wrong')) return 'wrong';
  return checks.some(({ status }) => status === 'warning') ? 'warning' : 'ok';
}
