import { GuardedHttp } from '../../../src/channels/guarded-http/guarded-http.js';
import type { Workspace } from '../../../src/domain/workspace.js';
import type { Database } from '../../../src/store/connection.js';
import { WebhookCaller, type CallerSettings } from '../../../src/webhooks/webhook-caller.js';
import type { Outcome } from '../../../src/webhooks/outcome.js';
import { WebhookReceiver } from '../../servers/webhook/server.js';
import { Bench, shopWith } from '../engine/engine-bench.js';

export const secret = 'a-secret-between-us-two';

/** Somebody whose repair came in; the rest is the test's. */
export function journeyThat(steps: string, more = ''): Workspace {
  return shopWith({
    'journeys/calling.yaml': `journey: calling
purpose: service
about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
steps:
${steps}
${more}`,
  });
}

export interface CallState {
  readonly id: string;
  readonly state: string;
  readonly url: string;
  readonly attempts: number;
  readonly status: number | null;
  readonly reason: string | null;
}

/** An engine's database, a receiver, and any number of callers. */
export class WebhookBench {
  readonly attempts: Outcome[] = [];
  readonly troubles: string[] = [];
  private readonly callers = new Set<WebhookCaller>();

  private constructor(
    readonly bench: Bench,
    readonly receiver: WebhookReceiver,
  ) {}

  static async open(): Promise<WebhookBench> {
    return new WebhookBench(await Bench.open(), await new WebhookReceiver().listen());
  }

  async clear(): Promise<void> {
    await this.stopCallers();
    await this.bench.clear();
    this.receiver.clear();
    this.attempts.length = 0;
    this.troubles.length = 0;
  }

  async close(): Promise<void> {
    await this.stopCallers();
    await this.receiver.close();
    await this.bench.close();
  }

  /** A started caller; with a `MortalDatabase` it can die. */
  caller(settings: Partial<CallerSettings> = {}, database: Database = this.bench.db): WebhookCaller {
    const caller = new WebhookCaller({
      database,
      http: new GuardedHttp({ allow: ['127.0.0.1'], secret }),
      observer: {
        called: (_, outcome) => this.attempts.push(outcome),
        trouble: (what, error) => this.troubles.push(`${what}: ${String(error)}`),
      },
      settings,
    });
    this.callers.add(caller);
    caller.start();
    return caller;
  }

  /** Nobody stops it: its process is dead. */
  forget(caller: WebhookCaller): void {
    this.callers.delete(caller);
  }

  calls(): Promise<CallState[]> {
    return this.bench.sql<CallState>(
      'select id, state, url, attempts, status, reason from webhook_call order by created_at, id',
    );
  }

  async states(): Promise<string[]> {
    return (await this.calls()).map(({ state }) => state);
  }

  /** What waits for the next attempt waits no longer. */
  async hurry(): Promise<void> {
    await this.bench.sql(`update webhook_call set next_at = clock_timestamp() where state = 'retrying'`);
  }

  async reasons(): Promise<(string | null)[]> {
    const rows = await this.bench.sql<{ reason: string | null }>('select reason from enrolment order by seq');
    return rows.map(({ reason }) => reason);
  }

  async stopCallers(): Promise<void> {
    await Promise.all([...this.callers].map((caller) => caller.stop()));
    this.callers.clear();
  }
}
