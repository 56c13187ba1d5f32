import { Environment } from '@marcbachmann/cel-js';

/**
 * Evaluates a condition of repair-status (journey-language, 1), parsed once, so many times on estimates of different costs;
 * `known` and `toman` are registered as any program of cel-js registers its functions. Throws where an answer is not as it
 * has to be.
 */
export function evaluateConditions(count: number): void {
  const condition = environment().parse('known(estimate) && estimate.cost > toman(5000000)');
  let held = 0;
  for (let number = 0; number < count; number += 1) {
    const cost = number % 2 === 0 ? 40_000_000 : 120_000_000;
    if (condition({ estimate: { cost } }) === true) held += 1;
  }
  if (held !== Math.floor(count / 2)) throw new Error(`${String(held)} of ${String(count)} conditions held`);
}

function environment(): Environment {
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  environment.registerFunction('toman(int): double', (tomans: bigint) => Number(tomans) * 10);
  environment.registerFunction('known(dyn): bool', (value: unknown) => value !== undefined && value !== null);
  return environment;
}
