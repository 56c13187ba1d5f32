import type { KafkaConfig, Role } from '../config/config.js';
import type { EventDecider } from '../intake/intake.js';
import { DeadLetterPublisher } from '../intake/kafka/dead-letter-publisher.js';
import { OutcomePublisher } from '../intake/kafka/outcome-publisher.js';
import { KafkaIntake } from '../intake/kafka/kafka-intake.js';
import type { KafkaIntakeSettings } from '../intake/kafka/kafka-settings.js';
import type { EventValidator } from '../intake/validate-event.js';
import type { Health } from '../ops/health.js';
import { kafkaMetrics } from '../ops/kafka-metrics.js';
import type { Logger } from '../ops/log.js';
import type { Metrics } from '../ops/metrics.js';
import type { Beaten } from '../pulse/pulse.service.js';
import type { Database } from '../store/connection.js';
import { DeadLetterQueue } from '../store/kafka/dead-letter-queue.js';
import { KafkaOffsets } from '../store/kafka/kafka-offsets.js';
import { OutcomeQueue } from '../store/kafka/outcome-queue.js';
import { OutcomeBeat } from './outcome-beat.js';

export interface OpenKafka {
  /** Copies dead letters to their topic when there are some. */
  readonly letters: Beaten;
  /** Tells the business what became of its customers when there is something to tell. */
  readonly outcomes: Beaten;
  start(): void;
  stop(): Promise<void>;
}

/** Events come in from Kafka where a process has the engine's role; what could not be taken goes back to `<topic>.dead`. */
export function openKafka(
  kafka: KafkaConfig & Pick<KafkaIntakeSettings, 'tuning'>,
  roles: readonly Role[],
  database: Database,
  decider: EventDecider,
  validate: EventValidator,
  { metrics, health, log }: { readonly metrics: Metrics; readonly health: Health; readonly log: Logger },
): OpenKafka {
  const observer = kafkaMetrics(metrics, log);
  const intake = new KafkaIntake({ settings: kafka, decider, validate, offsets: new KafkaOffsets(database), observer });
  const publisher = new DeadLetterPublisher(kafka, new DeadLetterQueue(database), observer);
  const outcomes = new OutcomeBeat(new OutcomePublisher(kafka, new OutcomeQueue(database), observer), log);
  const reads = roles.includes('engine');
  if (reads) {
    health.register({ name: 'kafka', check: () => Promise.resolve(statusOf(intake.health(), 'is read')) });
    health.register({ name: 'outcomes', check: () => Promise.resolve(statusOf(outcomes.health(), 'are told')) });
  }
  return {
    letters: {
      beat: async ({ dead_letters: waiting }) => {
        if (waiting)
          await publisher.publishPending().catch((error: unknown) => {
            log.warn({ err: error }, 'dead letters wait for Kafka');
          });
      },
    },
    outcomes,
    start: () => {
      if (reads) intake.start();
    },
    stop: async () => {
      await intake.stop();
      await publisher.close();
      await outcomes.stop();
    },
  };
}

/** While Kafka is away HTTP goes on: the process is to be seen to, not taken out. */
function statusOf(trouble: string | undefined, well: string): { status: 'ok' | 'warning'; detail: string } {
  return trouble === undefined ? { status: 'ok', detail: well } : { status: 'warning', detail: trouble };
}
