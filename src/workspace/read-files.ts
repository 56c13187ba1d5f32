import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Position, Problem } from '../domain/problem.js';
import { fileReason } from './file-reason.js';

/** Where the files are, as the user wrote it. */
export interface Directories {
  readonly journeys: string;
  readonly templates: string;
}

/** What `loadWorkspace` takes, and what could not be read. */
export interface ReadFiles {
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Reads `journeys/*` and `templates/<name>/*`. Never throws: what cannot be read is a problem. */
export async function readWorkspaceFiles(directories: Directories): Promise<ReadFiles> {
  const files = new Map<string, string>();
  const problems: Problem[] = [];
  await readDirectory(directories.journeys, 'journeys', 0, { files, problems });
  await readDirectory(directories.templates, 'templates', 1, { files, problems });
  return { files, problems };
}

interface Found {
  readonly files: Map<string, string>;
  readonly problems: Problem[];
}

async function readDirectory(directory: string, name: string, depth: number, found: Found): Promise<void> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    tell(name, `cannot read the directory ${directory}: ${fileReason(error)}`, found);
    return [];
  });
  const visible = entries.filter((entry) => !entry.name.startsWith('.') && !entry.name.endsWith('~'));
  for (const entry of visible.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const [inner, innerName] = [path.join(directory, entry.name), `${name}/${entry.name}`];
    if (!entry.isDirectory()) await readOne(inner, innerName, found);
    else if (depth > 0) await readDirectory(inner, innerName, depth - 1, found);
  }
}

async function readOne(file: string, name: string, found: Found): Promise<void> {
  try {
    const text = decode(await readFile(file));
    if (text === undefined) tell(name, 'this file is not UTF-8; save it as UTF-8', found);
    else if (text.startsWith('\uFEFF'))
      tell(name, 'this file begins with a byte order mark; save it as UTF-8 without one', found);
    else found.files.set(name, text);
  } catch (error) {
    tell(name, `cannot read this file: ${fileReason(error)}`, found);
  }
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function tell(file: string, message: string, { problems }: Found): void {
  problems.push({ severity: 'error', position: { file, line: 1, column: 1 }, message });
}

/** The place as the user would name it: under the directories that were given. */
export function placeIn(directories: Directories, position: Position): Position {
  const [root, ...rest] = position.file.split('/');
  const directory =
    root === 'templates' ? directories.templates : root === 'journeys' ? directories.journeys : undefined;
  return directory === undefined ? position : { ...position, file: path.join(directory, ...rest) };
}
