import { serve } from '../../src/cli/serve.js';
import { arm, crashPoints, type CrashPoint } from '../../src/crash-points.js';
import { times } from './times.js';

/** `peyk serve` that kills itself at the boundary of PEYK_CRASH_AT: `call.made`, or `call.made:3` for the third time there. */
const order = process.env['PEYK_CRASH_AT'];
delete process.env['PEYK_CRASH_AT'];
if (order !== undefined) dieAt(order);
process.exitCode = await serve({ demo: false, times });

function dieAt(wanted: string): void {
  const [name = '', nth = '1'] = wanted.split(':');
  const point = pointOf(name);
  let left = Number(nth);
  arm((reached) => {
    if (reached !== point) return;
    left -= 1;
    if (left === 0) die();
  });
}

function pointOf(name: string): CrashPoint {
  const point = crashPoints.find((candidate) => candidate === name);
  if (point === undefined) throw new Error(`PEYK_CRASH_AT: there is no ${name}; there are ${crashPoints.join(', ')}`);
  return point;
}

/** At once, and nothing of this process goes on meanwhile: no statement is written, no buffer flushed. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
