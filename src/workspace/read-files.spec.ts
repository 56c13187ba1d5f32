import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { printProblem } from '../domain/problem.js';
import { shopFiles } from '../../test/given/workspace.js';
import { loadDirectories } from './load-directories.js';
import { readWorkspaceFiles } from './read-files.js';

let root: string;
const directories = () => ({ journeys: path.join(root, 'journeys'), templates: path.join(root, 'templates') });

async function write(name: string, content: string | Buffer): Promise<void> {
  await mkdir(path.dirname(path.join(root, name)), { recursive: true });
  await writeFile(path.join(root, name), content);
}

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'peyk-files-'));
  for (const [name, text] of Object.entries(shopFiles)) await write(name, text);
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('reading the two directories', () => {
  it('gives every file by its name there', async () => {
    const { files, problems } = await readWorkspaceFiles(directories());
    expect(problems).toEqual([]);
    expect(Object.fromEntries(files)).toEqual(shopFiles);
  });

  it('leaves out hidden files, editors’ copies and folders of journeys', async () => {
    await write('journeys/.a.yaml.swp', 'x');
    await write('journeys/a.yaml~', 'x');
    await write('journeys/old/a.yaml', 'x');
    expect([...(await readWorkspaceFiles(directories())).files.keys()].sort()).toEqual(Object.keys(shopFiles).sort());
  });

  it('tells a directory that is not there, once, and not what follows from it', async () => {
    await rm(path.join(root, 'journeys'), { recursive: true });
    const { workspace, problems } = await loadDirectories(directories());
    expect(workspace).toBeUndefined();
    expect(problems.map(printProblem)).toEqual([
      `${root}/journeys:1:1: cannot read the directory ${root}/journeys: it is not there`,
    ]);
  });

  it('tells a file that is not UTF-8, and one with a byte order mark', async () => {
    await write('journeys/a.yaml', Buffer.from([0x61, 0xff, 0xfe]));
    await write('journeys/policy.yaml', `\uFEFF${shopFiles['journeys/policy.yaml'] ?? ''}`);
    const { workspace, problems } = await loadDirectories(directories());
    expect(workspace).toBeUndefined();
    expect(problems.map(printProblem)).toEqual([
      `${root}/journeys/a.yaml:1:1: this file is not UTF-8; save it as UTF-8`,
      `${root}/journeys/policy.yaml:1:1: this file begins with a byte order mark; save it as UTF-8 without one`,
    ]);
  });

  it('tells places under the directories that were given', async () => {
    await write('templates/hello/sms.hbs', '{{#if}}');
    const { problems } = await loadDirectories(directories());
    expect(problems[0]?.position.file).toBe(`${root}/templates/hello/sms.hbs`);
  });

  it('gives the workspace where all is well', async () => {
    const { workspace, problems } = await loadDirectories(directories());
    expect(problems).toEqual([]);
    expect(workspace?.files.size).toBe(Object.keys(shopFiles).length);
  });
});
