import '../typescript-loader.mjs';

/** One broker for the run, started when the first test file asks for it. */
export default async function setup() {
  const { setupKafka } = await import('./setup.js');
  await setupKafka();
}
