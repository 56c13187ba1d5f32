import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity } from './process-identity.js';

/**
 * The processes that use a running server, a file each (pid and start time): the last to leave stops it. So a short command
 * never stops the server below `peyk serve`, and what a `kill -9` left is forgotten.
 */
export class Users {
  private readonly folder: string;

  constructor(home: string) {
    this.folder = join(home, 'users');
  }

  /** Adds this process; the result is the name to leave with. */
  join(): string {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const name = this.freeName();
    writeFileSync(join(this.folder, name), processIdentity(process.pid) ?? '', { mode: 0o600 });
    return name;
  }

  leave(name: string): void {
    rmSync(join(this.folder, name), { force: true });
  }

  /** How many live uses there are; files of dead processes are removed on the way. */
  count(): number {
    const names = this.names();
    const dead = names.filter((name) => !this.isAlive(name));
    for (const name of dead) this.leave(name);
    return names.length - dead.length;
  }

  private freeName(): string {
    const taken = new Set(this.names());
    for (let use = 1; ; use += 1) {
      const name = `${String(process.pid)}-${String(use)}`;
      if (!taken.has(name)) return name;
    }
  }

  private isAlive(name: string): boolean {
    try {
      return readFileSync(join(this.folder, name), 'utf8') === processIdentity(Number.parseInt(name, 10));
    } catch {
      return false;
    }
  }

  private names(): string[] {
    try {
      return readdirSync(this.folder);
    } catch {
      return [];
    }
  }
}
