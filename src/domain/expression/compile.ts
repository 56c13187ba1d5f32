import { Budget } from './budget.js';
import { checkNode } from './check.js';
import type { Checking } from './checking.js';
import type { Compiled, ExpressionEnvironment, ExpressionProblem } from './environment.js';
import type { Expression, Value } from './expression.js';
import { withPaths } from './facts.js';
import { Needs } from './needs.js';
import type { Node } from './node.js';
import { checkCondition } from './operators/logic.js';
import { parse } from './parse.js';
import type { Scope } from './scope.js';
import { broken, type Run, type Typed } from './typed.js';

export { isTrue } from './expression.js';
export type { Compiled, ExpressionEnvironment, ExpressionProblem } from './environment.js';

/**
 * Reads, checks and compiles an expression. It never throws: what is wrong is in `problems`, with its place. What it makes
 * never throws either and costs a bounded time; it keeps state while it runs, so that it cannot be called within itself.
 */
export function compileExpression(
  source: string,
  environment: ExpressionEnvironment,
  expect: 'condition' | 'value',
): Compiled {
  try {
    const parsed = parse(source);
    return 'problem' in parsed ? refused([parsed.problem]) : compileNode(source, parsed.node, environment, expect);
  } catch {
    return refused([{ severity: 'error', start: 0, end: source.length, message: 'this expression cannot be read' }]);
  }
}

function refused(problems: readonly ExpressionProblem[]): Compiled {
  return { expression: undefined, problems, knownWhenTrue: [], maybeUnknown: false };
}

function compileNode(
  source: string,
  node: Node,
  environment: ExpressionEnvironment,
  expect: 'condition' | 'value',
): Compiled {
  const problems: ExpressionProblem[] = [];
  const checking = newChecking(environment, problems);
  const site = { known: withPaths(new Set(), environment.known), locals: new Map(), insideHistoryCall: false };
  const typed = expect === 'condition' ? checkCondition(node, site, checking, 'expected') : checking.check(node, site);
  if (problems.some(({ severity }) => severity === 'error')) return refused(problems);
  return {
    expression: toExpression(source, typed, checking),
    problems,
    knownWhenTrue: typed.facts.whenTrue.filter((path) => !path.startsWith('#')),
    maybeUnknown: typed.maybeUnknown,
  };
}

function newChecking(environment: ExpressionEnvironment, problems: ExpressionProblem[]): Checking {
  let paths = 0;
  const checking: Checking = {
    environment,
    budget: new Budget(),
    needs: new Needs(),
    check: (node, site) => checkNode(node, site, checking),
    error: ({ start, end }, message) => {
      problems.push({ severity: 'error', start, end, message });
      return broken;
    },
    warning: ({ start, end }, message) => {
      problems.push({ severity: 'warning', start, end, message });
    },
    newPath: () => `#${String(++paths)}`,
  };
  return checking;
}

function toExpression(source: string, { kind, run }: Typed, { needs, budget }: Checking): Expression {
  const { calls, uses } = needs;
  return {
    source,
    kind,
    calls,
    uses,
    evaluate: (scope, payer) => {
      budget.reset();
      const value = attempt(run, scope);
      payer?.spend(1 + budget.spent);
      return value;
    },
  };
}

/** Too dear, or a scope that is not what it was declared to be: unknown, as everything that fails. */
function attempt(run: Run, scope: Scope): Value {
  try {
    return run(scope);
  } catch {
    return undefined;
  }
}
