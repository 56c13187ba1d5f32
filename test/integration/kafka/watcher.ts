import type { KafkaObserver } from '../../../src/intake/kafka/kafka-observer.js';

/** An observer that remembers. */
export class Watcher implements KafkaObserver {
  readonly counts = { accepted: 0, duplicate: 0, dead: 0 };
  readonly lags = new Map<string, number | undefined>();
  readonly lines: string[] = [];
  missedMessages = 0n;

  decided(counts: { readonly accepted: number; readonly duplicate: number; readonly dead: number }): void {
    this.counts.accepted += counts.accepted;
    this.counts.duplicate += counts.duplicate;
    this.counts.dead += counts.dead;
  }

  lag(topic: string, partition: number, messages: number | undefined): void {
    this.lags.set(`${topic}/${String(partition)}`, messages);
  }

  missed(_topic: string, _partition: number, messages: bigint): void {
    this.missedMessages += messages;
  }

  log(level: string, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  }

  has(text: string): boolean {
    return this.lines.some((line) => line.includes(text));
  }
}
