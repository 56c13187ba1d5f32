import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peyk-migration-'));
  mkdirSync(join(folder, 'migrations'));
  writeFileSync(join(folder, 'migrations/0007-old.ts'), '');
  const index =
    "import { Old0007 } from './0007-old.js';\n\nexport const migrations: readonly (new () => M)[] = [Old0007];\n";
  writeFileSync(join(folder, 'migrations/index.ts'), index);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function run(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [resolve('scripts/migration-new.mjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
}

describe('npm run migration:new', () => {
  it('writes the three files with the next number, and lists the migration', () => {
    const { status, stdout } = run('add-consent');
    expect(status).toBe(0);
    expect(stdout).toContain('wrote migrations/0008-add-consent.down.sql');
    expect(readdirSync(join(folder, 'migrations')).filter((name) => name.startsWith('0008'))).toEqual([
      '0008-add-consent.down.sql',
      '0008-add-consent.sql',
      '0008-add-consent.ts',
    ]);
    const code = readFileSync(join(folder, 'migrations/0008-add-consent.ts'), 'utf8');
    expect(code).toContain('export class AddConsent0008 extends SqlMigration');
    const index = readFileSync(join(folder, 'migrations/index.ts'), 'utf8');
    expect(index).toContain("import { AddConsent0008 } from './0008-add-consent.js';");
    expect(index).toContain('= [Old0007, AddConsent0008];');
  });

  it('counts on from what it wrote', () => {
    run('one');
    run('two');
    const index = readFileSync(join(folder, 'migrations/index.ts'), 'utf8');
    expect(index).toContain('= [Old0007, One0008, Two0009];');
  });

  it.each([[], ['Bad Name'], ['../up'], ['9-lives']])('says how to use it when asked for %p', (...args) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain('usage: npm run migration:new');
    expect(readdirSync(join(folder, 'migrations'))).toHaveLength(2);
  });
});
