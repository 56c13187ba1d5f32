import type { Value } from '../../expression/expression.js';
import type { Kind } from '../../expression/kind.js';
import { toJson } from '../../expression/to-json.js';
import type { Json } from '../../json.js';
import { printNode, type Node, type ScalarNode } from '../../yaml/node.js';
import type { TextOrExpression } from '../right-hand-side.js';
import type { Context } from './context.js';
import { readEqualsExpression, readUncertainExpression, type Checked } from './expressions.js';
import type { Flow } from './flow.js';
import { compileText } from './texts.js';

/** A right-hand side, with the kind that it gives. */
export interface ReadValue {
  readonly value: TextOrExpression;
  readonly kind: Kind;
  /** What it is wherever it is evaluated; absent for expressions and texts with Handlebars. */
  readonly constant?: Json;
}

/** Text that may hold Handlebars, `=expression`, or a number or boolean as it is. */
export function readValue(node: Node, flow: Flow, context: Context): ReadValue | undefined {
  return read(node, flow, context, readEqualsExpression);
}

/** The same where an unknown `=expression` has its meaning. */
export function readUncertainValue(node: Node, flow: Flow, context: Context): ReadValue | undefined {
  return read(node, flow, context, readUncertainExpression);
}

/** A value that is printed: of a title, an address, a name. */
export function readPlainText(
  node: Node | undefined,
  what: string,
  flow: Flow,
  context: Context,
): TextOrExpression | undefined {
  if (node === undefined) return undefined;
  if (node.kind !== 'scalar' || node.text.trim() === '')
    return context.problems.error(node.at, `expected ${what}, got ${printNode(node)}`);
  const found = readValue(node, flow, context);
  if (found === undefined || !['list', 'record'].includes(found.kind.kind)) return found?.value;
  return context.problems.error(node.spot(1), `expected ${what}, got a ${found.kind.kind}`);
}

function read(
  node: Node,
  flow: Flow,
  context: Context,
  readExpression: typeof readEqualsExpression,
): ReadValue | undefined {
  if (node.kind !== 'scalar' || node.value === null) {
    return context.problems.error(node.at, `expected a text or =expression, got ${printNode(node)}`);
  }
  if (typeof node.value !== 'string') return constantOf(node.value);
  if (!node.text.startsWith('=')) return readTextValue(node, flow, context);
  const checked = readExpression(node, { flow }, context);
  return checked && { value: valueOf(checked), kind: checked.expression.kind };
}

function constantOf(constant: string | number | boolean): ReadValue {
  const kind: Kind = {
    kind: typeof constant === 'string' ? 'text' : typeof constant === 'boolean' ? 'boolean' : 'number',
  };
  return { value: { evaluate: () => constant }, kind, constant };
}

function readTextValue(node: ScalarNode, flow: Flow, context: Context): ReadValue {
  if (!node.text.includes('{{')) return constantOf(node.text);
  return { value: compileText(node, flow, context), kind: { kind: 'text' } };
}

function valueOf({ expression }: Checked): TextOrExpression {
  return { evaluate: (scope) => toJson(expression.evaluate(scope), expression.kind, scope.clock) };
}

/** The same as JSON of another kind: a time as a date, an amount of money as whole rials. */
export function converted({ expression }: Checked, target: Kind): TextOrExpression {
  const kind = target.kind === 'time' || target.kind === 'date' ? target : expression.kind;
  const whole = target.kind === 'money';
  return {
    evaluate: (scope) =>
      toJson(whole ? floored(expression.evaluate(scope)) : expression.evaluate(scope), kind, scope.clock),
  };
}

function floored(value: Value): Value {
  return typeof value === 'number' ? Math.floor(value) : value;
}
