import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { schemasOf } from '../schema/schemas.js';
import { readWorkspaceFiles, type Directories } from '../workspace/read-files.js';
import type { Print } from './check.js';
import { makeDirectory } from './make-directory.js';
import { UsageError } from './usage-error.js';

export interface SchemaOptions extends Directories {
  readonly out: string;
}

/** Writes JSON Schemas for editors, with the workspace's own event types, templates, audiences and so on. */
export async function schema(options: SchemaOptions, print: Print = console.log): Promise<number> {
  const { files, problems } = await readWorkspaceFiles(options);
  for (const { message } of problems) console.error(`warning: ${message}; what it declares is not offered`);
  try {
    await makeDirectory(options.out);
    for (const [name, content] of schemasOf(files)) {
      const file = path.join(options.out, name);
      await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
      print(file);
    }
  } catch (error) {
    throw new UsageError(
      `${options.out} cannot be written to: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return 0;
}
