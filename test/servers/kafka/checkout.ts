import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The checkout's root, from the sources as from `dist/`: what holds both package.json and this folder's pom.xml. */
export function checkout(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'test/servers/kafka/pom.xml'))) return folder;
    if (dirname(folder) === folder)
      throw new Error('run this from a checkout of the repository: pom.xml was not found');
  }
}
