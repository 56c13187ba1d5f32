import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Child } from './child.js';

export interface PeykSettings {
  readonly database: string;
  /** `journeys/…` and `templates/…` by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly profileInto?: string | undefined;
}

export interface PeykProcess {
  readonly child: Child;
  readonly url: string;
  stop(): Promise<void>;
}

/** `peyk serve` as a process of its own, with a folder of its own. */
export async function startPeyk({ database, files, env, profileInto }: PeykSettings): Promise<PeykProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), 'peyk-bench-files-'));
  await writeFiles(folder, files);
  const child = new Child({
    // As bin/peyk.js, `npm start` and the Dockerfile have it.
    nodeFlags: ['--max-semi-space-size=64'],
    file: 'bin/peyk.js',
    args: ['serve'],
    profileInto,
    env: {
      PEYK_PORT: '0',
      PEYK_DATABASE_URL: database,
      PEYK_DATA_DIR: path.join(folder, 'data'),
      PEYK_JOURNEYS_DIR: path.join(folder, 'journeys'),
      PEYK_TEMPLATES_DIR: path.join(folder, 'templates'),
      ...env,
    },
  });
  const stop = async (): Promise<void> => {
    await child.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { child, url: await child.says(/"url":"(http:[^"]+)"/), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
