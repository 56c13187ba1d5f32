import stopKafka from './kafka/global-teardown.mjs';
import stopPostgres from './postgres/global-teardown.mjs';

export default async function teardown() {
  await stopKafka();
  await stopPostgres();
}
