import { randomUUID } from 'node:crypto';
import { KafkaIntake } from '../../../src/intake/kafka/kafka-intake.js';
import type { KafkaTuning } from '../../../src/intake/kafka/kafka-settings.js';
import { createEventValidator } from '../../../src/intake/validate-event.js';
import { statement } from '../../../src/store/connection.js';
import { PostgresDatabase } from '../../../src/store/database.js';
import { KafkaOffsets } from '../../../src/store/kafka/kafka-offsets.js';
import { freshDatabase, type TestDatabase } from '../../servers/postgres/test-postgres.js';
import { rules } from './events.js';
import { RecordingEngine } from './recording-engine.js';
import { Topics } from './topics.js';
import { Watcher } from './watcher.js';

const offsetRow = statement<{ next: string; missed: string }>(
  'test-offset',
  'select next::text as next, missed::text as missed from kafka_offset where consumer_group = $1 and topic = $2 and partition = $3',
);
const setOffset = statement(
  'test-set-offset',
  `insert into kafka_offset (consumer_group, topic, partition, next) values ($1, $2, $3, $4)
   on conflict (consumer_group, topic, partition) do update set next = excluded.next`,
);
const dropOffset = statement('test-drop-offset', 'delete from kafka_offset where consumer_group = $1');

/** A consumer of a test with its engine and what it told. */
export interface Reader {
  readonly intake: KafkaIntake;
  readonly engine: RecordingEngine;
  readonly watcher: Watcher;
}

/** What every Kafka test stands on: the broker's topics and a database of its own. */
export class Rig {
  readonly #readers: KafkaIntake[] = [];

  private constructor(
    readonly brokers: string,
    readonly topics: Topics,
    readonly database: PostgresDatabase,
    readonly server: TestDatabase,
  ) {}

  static async build(brokers: string): Promise<Rig> {
    const [topics, server] = await Promise.all([Topics.connect(brokers), freshDatabase()]);
    return new Rig(brokers, topics, await PostgresDatabase.connect({ url: server.url, poolSize: 6 }), server);
  }

  async close(): Promise<void> {
    await this.stopReaders();
    await this.topics.close();
    await this.database.close();
    await this.server.drop();
  }

  async stopReaders(): Promise<void> {
    await Promise.all(this.#readers.splice(0).map((reader) => reader.stop()));
  }

  reader(topics: readonly string[], group: string, tuning: Partial<KafkaTuning> = {}): Reader {
    const engine = new RecordingEngine(this.database);
    const watcher = new Watcher();
    const intake = new KafkaIntake({
      settings: {
        brokers: this.brokers.split(','),
        ssl: false,
        topics,
        group,
        tuning: { maxWaitMs: 100, heartbeatMs: 200, firstBackoffMs: 50, longestBackoffMs: 500, ...tuning },
      },
      decider: engine,
      validate: createEventValidator(rules),
      offsets: new KafkaOffsets(this.database),
      observer: watcher,
    });
    this.#readers.push(intake);
    return { intake, engine, watcher };
  }

  start(topics: readonly string[], group: string, tuning: Partial<KafkaTuning> = {}): Reader {
    const reader = this.reader(topics, group, tuning);
    reader.intake.start();
    return reader;
  }

  async next(group: string, topic: string, partition = 0): Promise<number> {
    const [row] = await this.database.run(offsetRow, [group, topic, partition]);
    return Number(row?.next ?? -1);
  }

  async missed(group: string, topic: string, partition = 0): Promise<number> {
    const [row] = await this.database.run(offsetRow, [group, topic, partition]);
    return Number(row?.missed ?? -1);
  }

  async setNext(group: string, topic: string, next: number, partition = 0): Promise<void> {
    await this.database.run(setOffset, [group, topic, partition, next]);
  }

  async forgetOffsets(group: string): Promise<void> {
    await this.database.run(dropOffset, [group]);
  }
}

export const freshGroup = (): string => `group.${randomUUID()}`;
