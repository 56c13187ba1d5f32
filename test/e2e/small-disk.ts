import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const BLOCKS = [1_048_576, 65_536, 4_096].map((size) => Buffer.alloc(size, 1));

/** A file system of a few megabytes. Only root may mount one. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  /** Or why there can be none here. */
  static mount(megabytes: number): SmallDisk | { readonly unavailable: string } {
    const folder = mkdtempSync(path.join(tmpdir(), 'peyk-small-disk-'));
    const size = `size=${String(megabytes)}m,mode=755`;
    const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder], {
      encoding: 'utf8',
    });
    if (status === 0) return new SmallDisk(folder);
    rmSync(folder, { recursive: true });
    return { unavailable: `no tmpfs can be mounted: ${error?.message ?? stderr.trim()}` };
  }

  /** Not a byte is left. */
  fill(): void {
    for (const block of BLOCKS) while (this.takes(block));
    chmodSync(this.ballast, 0o600);
  }

  empty(): void {
    rmSync(this.ballast);
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get ballast(): string {
    return path.join(this.folder, 'ballast');
  }

  private takes(block: Buffer): boolean {
    try {
      appendFileSync(this.ballast, block);
      return true;
    } catch {
      return false;
    }
  }
}
