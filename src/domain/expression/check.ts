import type { Checking, Site } from './checking.js';
import { checkCall } from './functions/registry.js';
import type { BinaryNode, ChoiceNode, LogicNode, NegativeNode, Node, NotNode } from './node.js';
import { checkField, checkIndex, checkName } from './operators/access.js';
import { checkArithmetic, checkNegative } from './operators/arithmetic.js';
import { checkEquality } from './operators/equality.js';
import { checkList, checkMap, checkValue } from './operators/literal.js';
import { checkChoice, checkLogic, checkNot } from './operators/logic.js';
import { checkMembership } from './operators/membership.js';
import { checkOrder } from './operators/order.js';
import type { Typed } from './typed.js';

/** The rule of each part. */
export function checkNode(node: Node, site: Site, checking: Checking): Typed {
  switch (node.op) {
    case 'value':
      return checkValue(node);
    case 'name':
      return checkName(node, site, checking);
    case 'field':
      return checkField(node, site, checking);
    case 'index':
      return checkIndex(node, site, checking);
    case 'call':
      return checkCall(node, site, checking);
    case 'list':
      return checkList(node, site, checking);
    case 'map':
      return checkMap(node, site, checking);
    default:
      return checkOperation(node, site, checking);
  }
}

type Operation = ChoiceNode | LogicNode | NotNode | NegativeNode | BinaryNode;

function checkOperation(node: Operation, site: Site, checking: Checking): Typed {
  switch (node.op) {
    case 'choice':
      return checkChoice(node, site, checking);
    case 'and':
    case 'or':
      return checkLogic(node, site, checking);
    case 'not':
      return checkNot(node, site, checking);
    case 'negative':
      return checkNegative(node, site, checking);
    case 'binary':
      return checkBinary(node, site, checking);
  }
}

function checkBinary(node: BinaryNode, site: Site, checking: Checking): Typed {
  const { operator } = node;
  switch (operator) {
    case '==':
    case '!=':
      return checkEquality(node, site, checking);
    case 'in':
      return checkMembership(node, site, checking);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return checkOrder(node, operator, site, checking);
    default:
      return checkArithmetic(node, operator, site, checking);
  }
}
