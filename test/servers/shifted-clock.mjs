/**
 * A process whose system clock is wrong: with `--import` of this, its wall clock is CLOCK_SHIFT_MS ahead, and each SIGUSR2
 * sets it CLOCK_STEP_MS further on, which it says. The monotonic clock goes on as it does on a machine whose clock is set.
 */
const trueNow = Date.now;
const step = Number(process.env.CLOCK_STEP_MS ?? 0);
let shift = Number(process.env.CLOCK_SHIFT_MS ?? 0);

process.on('SIGUSR2', () => {
  shift += step;
  console.log(`the clock was set by ${String(step)} ms`);
});

const now = () => trueNow() + shift;
Date.now = now;
globalThis.Date = new Proxy(Date, {
  construct: (target, values, as) => Reflect.construct(target, values.length === 0 ? [now()] : values, as),
  apply: (target) => new target(now()).toString(),
});
