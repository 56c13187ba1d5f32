import type { KafkaBroker } from '../servers/kafka/broker.js';
import type { FakeKavenegar } from '../servers/kavenegar/server.js';
import type { FakeSmtp } from '../servers/smtp/server.js';
import type { WebhookReceiver } from '../servers/webhook/server.js';
import type { TorturedPostgres } from './postgres.js';
import type { PostgresProxy } from './proxy.js';
import type { Random } from './random.js';
import type { CrashOrder, Supervised } from './supervised.js';

/** What a nuisance may lay hands on. */
export interface Victims {
  readonly processes: readonly Supervised[];
  readonly postgres: TorturedPostgres;
  readonly proxy: PostgresProxy;
  readonly broker: KafkaBroker;
  readonly sms: FakeKavenegar;
  readonly mail: FakeSmtp;
  readonly hook: WebhookReceiver;
  readonly random: Random;
  /** Resolves when so many more messages have come to the provider: something is under way. */
  readonly untilMore: (messages: number) => Promise<void>;
}

export interface Nuisance {
  readonly name: string;
  /** How many peyk processes work side by side. */
  readonly processes: number;
  /** Where the first process's lives end, before it has begun the first. */
  readonly orders?: readonly CrashOrder[];
  /** Goes on while the load comes in; gives in words what it has done. */
  inflict(victims: Victims): Promise<string>;
}
