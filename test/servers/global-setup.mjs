/** Once a run: a place for the databases and the broker of tests; each starts when the first test file asks for it. */
import startKafka from './kafka/global-setup.mjs';
import startPostgres from './postgres/global-setup.mjs';

export default async function setup() {
  await startPostgres();
  await startKafka();
}
