import { nearest } from '../../did-you-mean.js';
import type { Kind } from '../kind.js';
import { isGrant, money } from '../kinds.js';
import type { NameNode, Node } from '../node.js';
import { presenceOf } from '../presence.js';
import { broken, strict, type Typed } from '../typed.js';
import type { Call, FunctionDefinition } from './definition.js';
import { checkWindow, startOf } from './history-window.js';

/** `credit()`: all that is unspent; `credit(gift)`: what is left of the grant that was saved under this name. */
function checkCredit(call: Call): Typed {
  const { operands, checking } = call;
  const [node] = operands;
  checking.needs.credit();
  return node === undefined ? strict(money, [], ({ standing }) => standing.credit()) : checkRest(node, call);
}

function checkRest(node: Node, { site, checking }: Call): Typed {
  if (node.op !== 'name') return checking.error(node, noGrant(node));
  const grant = checking.check(node, site);
  if (grant === broken) return broken;
  if (!isGrantName(node, grant.kind) || site.locals.has(node.name)) {
    const names = Object.entries(checking.environment.names);
    const grants = names.flatMap(([name, field]) => (isGrant(field.kind) ? [name] : []));
    return checking.error(node, noGrant(node, nearest(node.name, grants) ?? grants[0]));
  }
  const isThere = presenceOf(grant);
  const { name } = node;
  return strict(money, [grant], (scope) => (isThere(scope) === true ? scope.standing.rest(name) : undefined));
}

const builtIn: ReadonlySet<string> = new Set(['event', 'trigger', 'trigger_event', 'started_by', 'customer', 'now']);

function isGrantName({ name }: NameNode, kind: Kind): boolean {
  return isGrant(kind) && !builtIn.has(name);
}

function noGrant(node: Node, near?: string): string {
  if (node.op === 'value' && typeof node.value === 'string') {
    return `the grant is named without quotes: credit(${node.value})`;
  }
  const what = node.op === 'name' ? `"${node.name}" is no grant` : 'this is no grant';
  if (near !== undefined) return `${what}; did you mean "${near}"?`;
  return `${what}; give a grant step a save_as and write credit(name), or credit() for all of the customer's credit`;
}

/** `spent("90 days")`, `spent()`: what messages to the customer cost. */
function checkSpent({ operands: [node], checking }: Call): Typed {
  const window = node && checkWindow(node, checking);
  if (node !== undefined && window === undefined) return broken;
  checking.needs.spent();
  const start = startOf(window);
  return strict(money, [], (scope) => scope.standing.spent(start(scope), scope.now));
}

export const creditFunctions: readonly FunctionDefinition[] = [
  { name: 'credit', usage: 'credit(gift)', form: 'call', least: 0, most: 1, check: checkCredit },
  { name: 'spent', usage: 'spent("90 days")', form: 'call', least: 0, most: 1, check: checkSpent },
];
