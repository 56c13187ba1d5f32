import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { listens } from '../../servers/kafka/ports.js';
import { describeWithKafka } from '../../servers/kafka/describe.js';
import { startKafka } from '../../servers/kafka/start.js';
import { until } from './until.js';

jest.setTimeout(120_000);

const starter = `
import { startKafka } from './test/servers/kafka/start.js';
const broker = await startKafka({ own: true });
console.log(broker.brokers);
setInterval(() => undefined, 1000);
`;

describeWithKafka('the broker for tests', () => {
  it('ends with the process that started it, though that was killed', async () => {
    const loader = ['--import', './test/servers/typescript-loader.mjs', '--input-type=module', '--eval', starter];
    const parent = spawn(process.execPath, loader, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    parent.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until('a broker', () => /:\d+\s/.test(output), 60_000);
    const port = Number(/:(\d+)/.exec(output)?.[1]);
    expect(await listens(port)).toBe(true);
    parent.kill('SIGKILL');
    await until('its end', async () => !(await listens(port)));
  });

  it('says why there is none on a port in use', async () => {
    const first = await startKafka({ own: true });
    if ('unavailable' in first) throw new Error(first.unavailable);
    const second = await startKafka({ own: true, port: Number(first.brokers.split(':')[1]) });
    expect(second).toMatchObject({ unavailable: expect.stringMatching(/port \d+ is in use/) as unknown });
    await first.stop();
  });
});
