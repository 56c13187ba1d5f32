import { FakeKavenegar } from './server.js';

/** `node run.js [port] [latency in ms]`: a fake Kavenegar as a process of its own; it ends with SIGTERM or SIGINT. */
const [port = '0', latency = '0'] = process.argv.slice(2);
const fake = await new FakeKavenegar({ port: Number(port), latencyMs: Number(latency) }).listen();
console.log(`listening on ${fake.url}`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void fake.close());
