import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** `node server.js [latency in ms]`: a mail server that counts by receiver what it takes, and tells it over HTTP. */
const latencyMs = Number(process.argv[2] ?? '0');
const counts = new Map<string, number>();
let [first, last] = [0, 0];

const smtp = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  logger: false,
  onData: (stream, { envelope }, done) => {
    stream.resume();
    stream.on('end', () => {
      last = performance.now();
      if (first === 0) first = last;
      for (const { address } of envelope.rcptTo) counts.set(address, (counts.get(address) ?? 0) + 1);
      setTimeout(done, latencyMs);
    });
  },
});
const http = createServer((_request, response) => {
  const twice = [...counts].filter(([, times]) => times > 1).map(([address]) => address);
  response.end(JSON.stringify({ receivers: counts.size, twice, seconds: (last - first) / 1_000 }));
});
smtp.listen(0, '127.0.0.1', () => {
  http.listen(0, '127.0.0.1', () => {
    console.log(`mail ${String(portOf(smtp.server.address()))}, counts ${String(portOf(http.address()))}`);
  });
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));

function portOf(address: AddressInfo | string | null): number {
  return (address as AddressInfo).port;
}
