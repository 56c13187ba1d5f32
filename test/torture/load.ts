import { Customer, type ShopEvent } from './business.js';
import type { Doors } from './doors.js';
import { pause } from './until.js';

export interface LoadSize {
  /** At least so many customers, and more while the nuisance goes on. */
  readonly customers: number;
  readonly perSecond: number;
}

const CHUNK = 10;
/** An order is delivered so many chunks after it was placed: its waits are over by then, or are not. */
const DELIVERED_AFTER = 15;

/** Customers' events, half of them by Kafka and half by HTTP, every tenth event twice. */
export class Load {
  readonly customers: Customer[] = [];
  events = 0;
  private readonly underWay: Customer[][] = [];

  constructor(
    private readonly doors: Doors,
    private readonly size: LoadSize,
  ) {}

  /** Until there are enough customers and `over` is true. */
  async run(over: () => boolean): Promise<void> {
    const started = Date.now();
    while (this.customers.length < this.size.customers || !over()) {
      const chunk = Array.from({ length: CHUNK }, (_, at) => new Customer(this.customers.length + at));
      this.customers.push(...chunk);
      this.underWay.push(chunk);
      const delivered = this.underWay.length > DELIVERED_AFTER ? (this.underWay.shift() ?? []) : [];
      await this.send([...chunk.flatMap((one) => one.beginning()), ...delivered.map((one) => one.end())]);
      await pause(started + (this.customers.length / this.size.perSecond) * 1_000 - Date.now());
    }
    await this.send(this.underWay.flat().map((one) => one.end()));
  }

  /** A customer's events keep their way, and so their order; of the repeats, some take the other one. */
  private async send(events: readonly ShopEvent[]): Promise<void> {
    const ways: Record<'kafka' | 'http', ShopEvent[]> = { kafka: [], http: [] };
    for (const event of events) {
      const [way, other] = isOfKafka(event) ? (['kafka', 'http'] as const) : (['http', 'kafka'] as const);
      ways[way].push(event);
      this.events += 1;
      if (this.events % 10 !== 0) continue;
      // An order must not overtake who placed it.
      const mayOvertake = event['type'] === 'customer.updated';
      ways[mayOvertake ? other : way].push(event);
    }
    await Promise.all([this.doors.kafka(ways.kafka), this.doors.http(ways.http)]);
  }
}

function isOfKafka({ subject }: ShopEvent): boolean {
  return new Customer(Number(subject.slice(2))).comesByKafka;
}
