import type { Mail } from './mail.js';
import { FakeSmtp } from './server.js';

/** `node run.js [port]`: a fake SMTP server as a process of its own, which prints what it takes; it ends with SIGTERM or SIGINT. */
const [port = '0'] = process.argv.slice(2);
const fake = await new FakeSmtp({ port: Number(port), heard: print }).listen();
console.log(`listening on ${fake.url}`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void fake.close());

function print({ from, to, subject, text }: Mail): void {
  console.log(`\n${from} → ${to.join(', ')}: ${subject}\n${text}`);
}
