import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/** Waits for the end of its standard input, which comes when the parent ends however it ends; then ends the broker. */
const script = `
const { rmSync } = require('node:fs');
const [pid, folder] = process.argv.slice(1);
process.stdin.resume();
process.stdin.on('error', () => {});
process.stdin.on('close', () => {
  try { process.kill(Number(pid), 'SIGKILL'); } catch {}
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
`;

/** Ends `pid` and removes `folder` when this process ends, also by kill -9. The result calls it off. */
export function watchOver(pid: number, folder: string): () => void {
  const dog = spawn(process.execPath, ['-e', script, String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  dog.on('error', () => undefined);
  dog.stdin.on('error', () => undefined);
  dog.unref();
  if (dog.stdin instanceof Socket) dog.stdin.unref();
  return () => {
    dog.kill('SIGKILL');
  };
}
