import { fieldAt } from '../../catalogue/catalogue.js';
import { nearest } from '../../did-you-mean.js';
import { mistaken, type Kind } from '../../expression/kind.js';
import { printNode, type Node, type ScalarNode } from '../../yaml/node.js';
import type { About } from '../journey.js';
import type { Context } from './context.js';
import { readEqualsExpression } from './expressions.js';
import type { Triggers } from './triggers.js';
import type { ReadStart } from './triggers/trigger.js';

/** `about` before it is known which event types the journey listens to. */
export type ReadAbout =
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | Extract<About, { kind: 'expression' }>;

export function readAbout(node: Node | undefined, triggers: Triggers, context: Context): ReadAbout | undefined {
  if (node === undefined) return undefined;
  if (node.kind !== 'scalar' || node.value === null) {
    return context.problems.error(
      node.at,
      `expected a field of the event, such as repair_id, or =expression, got ${printNode(node)}`,
    );
  }
  if (!node.text.startsWith('=')) return readField(node, triggers, context);
  const checked = readEqualsExpression(node, { flow: triggers.flow }, context);
  return checked && { kind: 'expression', value: checked.expression };
}

function readField(node: ScalarNode, { starts }: Triggers, context: Context): ReadAbout | undefined {
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(node.text)) {
    return context.problems.error(
      node.at,
      `expected a field of the event, such as repair_id or order.id, or =expression, got ${printNode(node)}`,
    );
  }
  const path = node.text.split('.');
  const wrong = starts.map((start) => checkField(path, start, context)).find((problem) => problem !== undefined);
  return wrong === undefined ? { kind: 'field', path } : context.problems.error(node.at, wrong);
}

/** A type that there is not, and a start that cannot be read, have been told. */
function checkField(
  path: readonly string[],
  { data, event, startedBy }: ReadStart,
  { parts: { catalogue } }: Context,
): string | undefined {
  if (data === mistaken || event === '') return undefined;
  const name = path.join('.');
  const isThere = event === undefined ? fieldAt(data, path) !== undefined : catalogue.hasField(event, path);
  if (!isThere) return `"${name}" is no field of ${event ?? `what ${startedBy} gives`}${hint(name, data)}`;
  const leaf = fieldAt(data, path)?.kind.kind;
  return leaf === 'record' || leaf === 'list'
    ? `"${name}" is no single value in ${event ?? startedBy}; name a field of it`
    : undefined;
}

function hint(name: string, kind: Kind): string {
  const fields = kind.kind === 'record' ? Object.keys(kind.fields) : [];
  const near = nearest(name, fields);
  if (near !== undefined) return `; did you mean "${near}"?`;
  return fields.length === 0 ? '' : `; it has ${fields.join(', ')}`;
}
