import type { KafkaBroker, KafkaOptions } from './broker.js';
import { kafkaVersion, runToEnd } from './jars.js';
import { freePort, listens } from './ports.js';

/** The broker from the `apache/kafka` image, on a port of loopback. Throws with a reason where Docker cannot run it. */
export async function startDockerBroker({ port: wanted }: KafkaOptions): Promise<KafkaBroker> {
  const port = wanted ?? (await freePort());
  const container = await docker([
    'run',
    '--detach',
    '--rm',
    ...publish(port),
    ...environment(port),
    `apache/kafka:${kafkaVersion}`,
  ]);
  const broker = new DockerBroker(container, port);
  await broker.untilItAnswers();
  return broker;
}

const publish = (port: number): string[] => ['--publish', `127.0.0.1:${String(port)}:${String(port)}`];

function environment(port: number): string[] {
  const settings = {
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_NODE_ID: '1',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:29093',
    KAFKA_LISTENERS: `PLAINTEXT://:${String(port)},CONTROLLER://:29093`,
    KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${String(port)}`,
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
}

async function docker(args: readonly string[]): Promise<string> {
  const { code, output } = await runToEnd('docker', args);
  if (code !== 0) throw new Error(`docker ${args[0] ?? ''}: ${output.trim().slice(-300)}`);
  return output.trim().split('\n').at(-1) ?? '';
}

class DockerBroker implements KafkaBroker {
  readonly brokers: string;

  constructor(
    private readonly container: string,
    private readonly port: number,
  ) {
    this.brokers = `127.0.0.1:${String(port)}`;
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    await docker(['kill', '--signal', signal, this.container]);
  }

  async restart(): Promise<void> {
    await docker(['restart', this.container]);
    await this.untilItAnswers();
  }

  async stop(): Promise<void> {
    await docker(['rm', '--force', this.container]);
  }

  async untilItAnswers(): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!(await listens(this.port))) {
      if (Date.now() > deadline)
        throw new Error(`the broker in container ${this.container} did not listen within 60 s`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
