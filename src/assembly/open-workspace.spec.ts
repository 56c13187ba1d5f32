import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shopFiles } from '../../test/given/workspace.js';
import { loadConfig } from '../config/load-config.js';
import { createLog } from '../ops/log.js';
import { openWorkspace } from './open-workspace.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'peyk-workspace-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What is said while the shop's files and these are opened. */
async function opened(files: Readonly<Record<string, string>>, env: Record<string, string> = {}): Promise<string> {
  for (const [name, text] of Object.entries({ ...shopFiles, ...files })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const lines: string[] = [];
  const log = createLog({ level: 'warn', secrets: [] }, { write: (line) => void lines.push(line) });
  const directories = {
    PEYK_JOURNEYS_DIR: path.join(folder, 'journeys'),
    PEYK_TEMPLATES_DIR: path.join(folder, 'templates'),
  };
  await openWorkspace(loadConfig({ ...directories, ...env }), log);
  return lines.join('\n');
}

const linked = { 'templates/offer/sms.hbs': '{{link "https://shop.example/a"}}\n' };
const letter = { 'templates/letter/email.hbs': '---\nsubject: s\n---\n<a href="{{unsubscribe}}">x</a>\n' };
const served = { PEYK_PUBLIC_URL: 'https://links.shop.example' };

describe('without a public address', () => {
  it('is said which links nobody sees the clicks of', async () => {
    expect(await opened(linked)).toContain(
      '{{link}} in offer prints its target, and no click is seen: PEYK_PUBLIC_URL is not set',
    );
  });

  it('nothing is served whose readers would say in vain that they want no more', async () => {
    await expect(opened({ ...linked, ...letter })).rejects.toThrow(
      '{{unsubscribe}} in letter leads nowhere: set PEYK_PUBLIC_URL to where customers reach this server',
    );
  });

  it('nothing is said where there is no link', async () => {
    expect(await opened({})).not.toContain('PEYK_PUBLIC_URL');
  });
});

it('with one, both are served', async () => {
  expect(await opened({ ...linked, ...letter }, served)).not.toContain('PEYK_PUBLIC_URL');
});
