import { GuardedHttp } from '../channels/guarded-http/guarded-http.js';
import type { Config } from '../config/config.js';
import type { Workspace } from '../domain/workspace.js';
import type { Health } from '../ops/health.js';
import type { Logger } from '../ops/log.js';
import type { Metrics } from '../ops/metrics.js';
import { webhookMetrics } from '../ops/webhook-metrics.js';
import type { Beaten } from '../pulse/pulse.service.js';
import type { Database } from '../store/connection.js';
import { WebhookCaller, type CallerSettings } from '../webhooks/webhook-caller.js';

export interface OpenCaller extends Beaten {
  start(): void;
  /** There are calls to make. */
  wake(): void;
}

interface Ops {
  readonly metrics: Metrics;
  readonly health: Health;
  readonly log: Logger;
}

/** Senders have most of the time to stop in; a call that is broken off is made again, and known by its key. */
const STOP_WITHIN_MS = 1_500;

/** Calls the web hooks of journeys, in processes that send. */
export function openCaller(
  config: Config,
  workspace: Workspace,
  database: Database,
  { metrics, health, log }: Ops,
  stops: { add(work: () => Promise<void>): void },
  times: Partial<CallerSettings> = {},
): OpenCaller | undefined {
  if (!config.roles.includes('sender')) return undefined;
  tellUnsigned(config, workspace, health, log);
  const caller = new WebhookCaller({
    database,
    http: new GuardedHttp(config.webhook),
    observer: webhookMetrics(metrics, log),
    settings: { ...times, stopWithinMs: STOP_WITHIN_MS },
  });
  stops.add(() => caller.stop());
  return {
    beat: ({ calls }) => (calls ? caller.lookAround() : undefined),
    start: () => {
      caller.start();
    },
    wake: () => {
      caller.wake();
    },
  };
}

/** A receiver cannot tell calls of ours from anybody's. */
function tellUnsigned({ webhook }: Config, { journeys }: Workspace, health: Health, log: Logger): void {
  const calling = journeys.filter(({ steps, atEnd }) =>
    [...steps.values(), ...atEnd].some(({ kind }) => kind === 'webhook'),
  );
  if (webhook.secret !== undefined || calling.length === 0) return;
  const names = calling.map(({ name }) => name).join(', ');
  const detail = `web hooks of ${names} are called without a signature: set PEYK_WEBHOOK_SECRET`;
  log.warn(detail);
  health.register({ name: 'web hooks', check: () => Promise.resolve({ status: 'warning', detail }) });
}
