import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { processIdentity, servesFolder } from './process-identity.js';

describe('the identity of a process', () => {
  it('stays while it lives, differs between processes, and ends with it', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    const identity = processIdentity(pid);
    expect(identity).toBeDefined();
    expect(processIdentity(pid)).toBe(identity);
    expect(identity).not.toBe(processIdentity(process.pid));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(processIdentity(pid)).toBeUndefined();
  });

  it('is none for numbers that no process has', () => {
    expect(processIdentity(2_147_483_646)).toBeUndefined();
    expect(processIdentity(-1)).toBeUndefined();
    expect(processIdentity(Number.NaN)).toBeUndefined();
  });
});

describe('a process that serves a folder', () => {
  it('is one that works in it', async () => {
    const folder = realpathSync(tmpdir());
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()', folder], { cwd: folder });
    await once(child, 'spawn');
    expect(servesFolder(child.pid ?? 0, folder)).toBe(true);
    expect(servesFolder(process.pid, folder)).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(servesFolder(child.pid ?? 0, folder)).toBe(false);
  });
});
