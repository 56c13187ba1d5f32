import '../typescript-loader.mjs';

export default async function teardown() {
  const { teardownKafka } = await import('./setup.js');
  await teardownKafka();
}
