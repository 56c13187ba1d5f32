import { noFacts } from '../facts.js';
import { boolean, mixesMoney, moneyRemedy, printKind, settle, unify } from '../kinds.js';
import { presenceOf } from '../presence.js';
import { broken, type Typed } from '../typed.js';
import type { Call, FunctionDefinition } from './definition.js';

function checkKnown({ operands: [node], site, checking }: Call): Typed {
  const operand = node && checking.check(node, site);
  if (operand === undefined || operand === broken) return broken;
  const facts = { ...noFacts, whenTrue: operand.facts.known };
  return { kind: boolean, run: presenceOf(operand), maybeUnknown: false, facts };
}

function checkDefault({ node, operands: [first, second], site, checking }: Call): Typed {
  if (first === undefined || second === undefined) return broken;
  const [value, otherwise] = settle(checking.check(first, site), checking.check(second, site));
  const kind = unify(value.kind, otherwise.kind);
  if (kind === undefined) {
    const kinds = `${printKind(value.kind)} cannot default to ${printKind(otherwise.kind)}`;
    const remedy = mixesMoney(value.kind, otherwise.kind) ? `: ${moneyRemedy(value, otherwise)}` : '';
    return checking.error(node, kinds + remedy);
  }
  return {
    kind,
    run: (scope) => value.run(scope) ?? otherwise.run(scope),
    maybeUnknown: value.maybeUnknown && otherwise.maybeUnknown,
    facts: noFacts,
  };
}

export const presenceFunctions: readonly FunctionDefinition[] = [
  { name: 'known', usage: 'known(x)', form: 'call', least: 1, most: 1, check: checkKnown },
  { name: 'has', usage: 'has(x)', form: 'call', least: 1, most: 1, check: checkKnown },
  { name: 'default', usage: 'default(x, y)', form: 'call', least: 2, most: 2, check: checkDefault },
];
