import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canEnter, findNobody } from './service-user.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peyk-user-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

describe('the unprivileged user', () => {
  it('is nobody, by the list of users', () => {
    const list = join(folder, 'passwd');
    writeFileSync(list, 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533:nobody:/:/bin/false\n');
    expect(findNobody(list)).toEqual({ uid: 65534, gid: 65533 });
  });

  it('that is missing gives the remedy', () => {
    const list = join(folder, 'passwd');
    writeFileSync(list, 'root:x:0:0::/root:/bin/sh\n');
    expect(() => findNobody(list)).toThrow(/refuses to run as root.*PEYK_DATABASE_URL/);
  });
});

describe('entering a folder', () => {
  const stranger = { uid: 3_999_999, gid: 3_999_999 };

  it('takes every folder on the way', () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    for (const [mode, may] of [
      [0o755, true],
      [0o711, true],
      [0o750, false],
      [0o700, false],
    ] as const) {
      chmodSync(folder, mode);
      chmodSync(inner, 0o755);
      expect(canEnter(stranger, inner)).toBe(may);
    }
  });

  it('goes by owner first, then by group', () => {
    const { uid, gid } = statSync(folder);
    chmodSync(folder, 0o710);
    expect(canEnter({ uid, gid: stranger.gid }, folder)).toBe(true);
    expect(canEnter({ uid: stranger.uid, gid }, folder)).toBe(true);
    chmodSync(folder, 0o017);
    expect(canEnter({ uid, gid }, folder)).toBe(false);
  });
});
