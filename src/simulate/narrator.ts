import type { Queue, Trace, TraceDetail } from '../domain/journey/decision.js';
import type { Instant } from '../domain/time/instant.js';
import type { Population } from './population.js';
import type { Simulation, WebhookResults } from './simulation.js';

/** Tells what happens, line by line, and what a person should hear of besides. */
export class Narrator {
  private readonly limited = new Set<string>();

  constructor(
    private readonly simulation: Pick<Simulation, 'print' | 'warn' | 'webhookResults'>,
    private readonly population: Population,
  ) {}

  print(line: Trace): void {
    this.population.note(line);
    if (line.kind === 'not_entered' && line.reason === 'limit') this.warnOfLimit(line.journey);
    const unanswered = line.kind === 'webhook' && line.status === undefined;
    this.simulation.print(unanswered ? { ...line, status: this.webhookResult(line.step).status } : line);
  }

  tell({ customer, journey, key, step }: Queue, now: Instant, detail: TraceDetail): void {
    this.print({ at: now, customer, journey, key, step, ...detail });
  }

  warn(message: string): void {
    this.simulation.warn?.(message);
  }

  webhookResult(step: string | undefined): WebhookResults[string] {
    return this.simulation.webhookResults?.[step ?? ''] ?? { status: 200 };
  }

  /** In production it would pause itself. */
  private warnOfLimit(journey: string): void {
    if (this.limited.has(journey)) return;
    this.limited.add(journey);
    this.warn(`journey "${journey}" has come to one of its limits; a running Peyk pauses it then`);
  }
}
