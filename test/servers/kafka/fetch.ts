import { ensureKafkaJars } from './jars.js';

try {
  console.log(`The Kafka broker for tests is in ${await ensureKafkaJars()}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
