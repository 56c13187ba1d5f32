import type { Uses } from '../../expression/expression.js';

/** What all of these ask for together. */
export function mergeUses(all: readonly Uses[]): Uses {
  return {
    audiences: [...new Set(all.flatMap(({ audiences }) => audiences))],
    scores: [...new Set(all.flatMap(({ scores }) => scores))],
    population: all.some(({ population }) => population),
    credit: all.some(({ credit }) => credit),
    spent: all.some(({ spent }) => spent),
  };
}
