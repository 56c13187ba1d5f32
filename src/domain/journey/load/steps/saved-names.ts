import type { Node } from '../../../yaml/node.js';

/** Every `save_as` below a node. */
export function savedNames(node: Node): readonly string[] {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'list') return node.items.flatMap(savedNames);
  return node.entries.flatMap(({ key, value }) =>
    key === 'save_as' && value.kind === 'scalar' ? [value.text] : savedNames(value),
  );
}
