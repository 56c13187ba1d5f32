import type { Problem } from '../problem.js';
import { printNode, type Node, type ScalarNode } from './node.js';
import type { Problems } from './problems.js';
import { isCutShort, quoteIt } from './traps.js';

/** The text of an expression; what YAML has taken apart is told. */
export function readSource(node: Node, problems: Problems): ScalarNode | undefined {
  if (node.kind !== 'scalar') {
    return problems.error(
      node.at,
      `expected an expression, got ${printNode(node)}; ${quoteIt} if it begins with a bracket`,
    );
  }
  if (node.text.trim() === '') return problems.error(node.at, 'expected an expression, got nothing');
  if (node.cutAt === undefined || !isCutShort(node.text)) return node;
  return problems.error(node.at, `${quoteIt}: YAML ends it before "${node.cutAt}"`);
}

/** What is wrong in an expression, at its place in the file. `skip`: how far into the text the expression begins. */
export function tellProblems(
  found: readonly (Pick<Problem, 'severity' | 'message'> & { readonly start: number })[],
  node: ScalarNode,
  problems: Problems,
  skip = 0,
): void {
  problems.add(found.map(({ severity, start, message }) => ({ severity, position: node.spot(start + skip), message })));
}
