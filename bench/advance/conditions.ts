import { Environment } from '@marcbachmann/cel-js';

/** Evaluates one parsed condition so many times on events of different costs. Throws where an answer is not as it has to be. */
export function evaluateConditions(count: number): void {
  const condition = new Environment({ unlistedVariablesAreDyn: true }).parse('event.cost > 5000000.0');
  let held = 0;
  for (let number = 0; number < count; number += 1) {
    const cost = number % 2 === 0 ? 4_000_000 : 12_000_000;
    if (condition({ event: { cost } }) === true) held += 1;
  }
  if (held !== Math.floor(count / 2)) throw new Error(`${String(held)} of ${String(count)} conditions held`);
}
