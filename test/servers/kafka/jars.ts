import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout } from './checkout.js';

export const kafkaVersion = '4.1.0';
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/** The folder with the broker's jars (46, 43 MB), fetched once by Maven. Throws with a remedy where Maven is missing or fails. */
export async function ensureKafkaJars(): Promise<string> {
  const folder = join(checkout(), '.cache', `kafka-${kafkaVersion}`);
  if (existsSync(folder)) return folder;
  await mkdir(join(checkout(), '.cache'), { recursive: true });
  const incoming = `${folder}.${randomUUID()}`;
  try {
    await copyDependencies(incoming);
    await moveIntoPlace(incoming, folder);
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
  return folder;
}

async function copyDependencies(into: string): Promise<void> {
  const pom = join(checkout(), 'test/servers/kafka/pom.xml');
  const result = await runToEnd('mvn', [
    '-q',
    '-B',
    '-f',
    pom,
    plugin,
    '-DincludeScope=runtime',
    `-DoutputDirectory=${into}`,
  ]);
  if (result.code !== 0) throw new Error(`mvn could not fetch the Kafka jars: ${result.output.trim().slice(-600)}`);
}

/** Two processes may have fetched at once: the first one's folder stays. */
async function moveIntoPlace(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: unknown) => {
    if (!existsSync(to)) throw error;
  });
}

export interface EndedProcess {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program without a shell; a program that is not there ends with code null and a sentence. */
export function runToEnd(program: string, args: readonly string[]): Promise<EndedProcess> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => {
      resolve({ code: null, output: `${program} could not be started (${error.message})` });
    });
    child.on('close', (code) => {
      resolve({ code, output });
    });
  });
}
