import type { Value } from '../../expression/expression.js';
import type { Kind } from '../../expression/kind.js';
import type { Json } from '../../json.js';
import { printInstant } from '../../time/instant.js';
import { printNode, type Node } from '../../yaml/node.js';
import type { TextOrExpression } from '../journey.js';
import type { Context } from './context.js';
import { readEqualsExpression } from './expressions.js';
import type { Flow } from './flow.js';
import { compileText } from './texts.js';

/** A right-hand side, with the kind that it gives. */
export interface ReadValue {
  readonly value: TextOrExpression;
  readonly kind: Kind;
}

/** Text that may hold Handlebars, `=expression`, or a number or boolean as it is. */
export function readValue(node: Node, flow: Flow, context: Context): ReadValue | undefined {
  if (node.kind !== 'scalar' || node.value === null) {
    return context.problems.error(node.at, `expected a text or =expression, got ${printNode(node)}`);
  }
  if (typeof node.value === 'string' && node.text.startsWith('=')) {
    const checked = readEqualsExpression(node, { flow }, context);
    return checked && { value: expressionValue(checked.expression), kind: checked.expression.kind };
  }
  if (typeof node.value === 'string') return { value: compileText(node, flow, context), kind: { kind: 'text' } };
  const constant = node.value;
  return { value: { evaluate: () => constant }, kind: { kind: typeof constant === 'boolean' ? 'boolean' : 'number' } };
}

function expressionValue(expression: { readonly kind: Kind; evaluate(scope: Scope): Value }): TextOrExpression {
  return { evaluate: (scope) => toJson(expression.evaluate(scope), expression.kind) };
}

type Scope = Parameters<TextOrExpression['evaluate']>[0];

/** Inside an expression times are milliseconds; outside they are ISO 8601. Unknown is undefined, and left out of records. */
export function toJson(value: Value, kind: Kind): Json | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number') return kind.kind === 'time' || kind.kind === 'date' ? printInstant(value) : value;
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map((item) => toJson(item, kind.kind === 'list' ? kind.of : anything) ?? null);
  const fields = kind.kind === 'record' ? kind.fields : {};
  const entries = Object.entries(value).map(
    ([name, item]) => [name, toJson(item, fields[name]?.kind ?? anything)] as const,
  );
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

const anything: Kind = { kind: 'any' };

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}
