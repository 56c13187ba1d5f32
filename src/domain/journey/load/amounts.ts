import { familyOf, moneyRemedy, printKind } from '../../expression/kinds.js';
import { parseMoney } from '../../policy/money.js';
import { printNode, type Node, type ScalarNode } from '../../yaml/node.js';
import type { Amount } from '../right-hand-side.js';
import type { Context } from './context.js';
import { readEqualsExpression } from './expressions.js';
import type { Flow } from './flow.js';

export const expectedMoney = 'expected money with its unit, such as "20000 toman"';

/** `20000 toman`, or `=trigger.amount * 0.05`. */
export function readAmount(node: Node | undefined, flow: Flow, context: Context): Amount | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar' && node.text.startsWith('=')) return readExpressionAmount(node, flow, context);
  const rials = readMoney(node, context, `${expectedMoney}, or =expression`);
  return rials === undefined ? undefined : { of: () => rials };
}

/** Money as it is written, in rials. */
export function readMoney(node: Node, { problems }: Context, expected = expectedMoney): number | undefined {
  const rials = node.kind === 'scalar' ? parseMoney(node.text) : undefined;
  return rials ?? problems.error(node.at, `${expected}, got ${printNode(node)}${unitFor(node)}`);
}

function unitFor(node: Node): string {
  const isPlain = node.kind === 'scalar' && /^\d+$/.test(node.text);
  return isPlain ? `; write "${node.text} toman" or "${node.text} rial"` : '';
}

function readExpressionAmount(node: ScalarNode, flow: Flow, context: Context): Amount | undefined {
  const checked = readEqualsExpression(node, { flow }, context);
  if (checked === undefined) return undefined;
  const { expression } = checked;
  const family = familyOf(expression.kind);
  if (family === 'money' || family === 'any') {
    return {
      of: (scope) => {
        const value = expression.evaluate(scope);
        return typeof value === 'number' ? value : undefined;
      },
    };
  }
  const remedy = family === 'number' ? `; ${moneyRemedy()}` : '';
  return context.problems.error(node.spot(1), `expected money, got ${printKind(expression.kind)}${remedy}`);
}
