import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/** With those above it. Node's own `recursive` never ends where one can be made nowhere, as under /proc. */
export async function makeDirectory(directory: string): Promise<void> {
  if (await makeOne(directory)) return;
  const above = path.dirname(path.resolve(directory));
  if (above !== path.resolve(directory)) await makeDirectory(above);
  await mkdir(directory);
}

/** Whether it is there now; false where what it is to stand in is not. */
async function makeOne(directory: string): Promise<boolean> {
  try {
    await mkdir(directory);
    return true;
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return true;
    if (code === 'ENOENT') return false;
    throw error;
  }
}
