import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Bench } from '../bench.js';
import type { Run } from '../measure.js';

const STARTS = 20;

/** How long somebody waits who only asks what there is. */
export const help: Bench = {
  name: 'help',
  unit: 'starts',
  work: '`peyk --help`; beside it `node -e 0`',
  beside: 'node',
  atLeast: 1 / 3,
  open: ({ scale }) => {
    const starts = Math.max(3, Math.round(STARTS * scale));
    return Promise.resolve({
      ours: () => started(starts, ['bin/peyk.js', '--help']),
      bare: () => started(starts, ['-e', '0']),
      profile: () => Promise.reject(new Error('help ends before a profile is worth it')),
      close: () => Promise.resolve(),
    });
  },
};

/** One after the other. */
async function started(starts: number, args: readonly string[]): Promise<Run> {
  const began = performance.now();
  for (let start = 0; start < starts; start += 1) {
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(code)}`);
  }
  return { rate: starts / ((performance.now() - began) / 1000) };
}
