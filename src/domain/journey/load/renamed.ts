import { printNode, type Node } from '../../yaml/node.js';
import { readText, unknownWord, type Fields } from '../../yaml/read.js';
import type { Journey } from '../journey.js';
import type { Context } from './context.js';

/** `renamed: { old-id: new-id }`: where people who stand at a step that has another id now go on. */
export function readRenamed(
  fields: Fields,
  onChange: Journey['onChange'],
  ids: readonly string[],
  { problems }: Context,
): ReadonlyMap<string, string> {
  const node = fields.get('renamed');
  if (node === undefined) return new Map();
  if (onChange !== 'move')
    problems.error(fields.keyAt('renamed'), 'renamed goes with on_change: move; otherwise nobody is moved');
  if (node.kind !== 'map')
    problems.error(node.at, `expected old ids and new ones, such as { old-id: new-id }, got ${printNode(node)}`);
  const entries = node.kind === 'map' ? node.entries : [];
  return new Map(
    entries.flatMap(({ key, at, value }) => {
      if (ids.includes(key)) problems.error(at, `"${key}" is the id of a step still; a renamed one has gone`);
      const id = readNewId(value, ids, problems);
      return id === undefined ? [] : [[key, id] as const];
    }),
  );
}

function readNewId(node: Node, ids: readonly string[], problems: Context['problems']): string | undefined {
  const id = readText(node, 'the id of a step', problems);
  if (id === undefined || ids.includes(id)) return id;
  const there = `there are ${ids.slice(0, 12).join(', ')}${ids.length > 12 ? ', …' : ''}`;
  return problems.error(node.at, unknownWord(`there is no step "${id}"`, id, ids, there));
}
