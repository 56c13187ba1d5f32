import type { Kind } from '../../../expression/kind.js';
import type { MapNode, Node } from '../../../yaml/node.js';
import type { Context } from '../context.js';
import { kindSavedBy } from '../saving.js';

interface Saver {
  readonly name: string;
  readonly node: MapNode;
}

/** Every mapping with a `save_as`, however deep. */
function saversIn(node: Node): readonly Saver[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'list') return node.items.flatMap(saversIn);
  const own = node.entries.flatMap(({ key, value }) =>
    key === 'save_as' && value.kind === 'scalar' ? [{ name: value.text, node }] : saversIn(value),
  );
  return own;
}

/** Every `save_as` below a node. */
export function savedNames(node: Node): readonly string[] {
  return saversIn(node).map(({ name }) => name);
}

/** The same with what each saves. */
export function savedBelow(node: Node, context: Context): readonly { readonly name: string; readonly kind: Kind }[] {
  return saversIn(node).map((saver) => ({ name: saver.name, kind: kindSavedBy(saver.node, context) }));
}

/** Names under which a grant or a task is saved. */
export function takeableNames(node: Node): ReadonlySet<string> {
  const holders = saversIn(node).filter((saver) =>
    saver.node.entries.some(({ key }) => key === 'grant' || key === 'task'),
  );
  return new Set(holders.map(({ name }) => name));
}
