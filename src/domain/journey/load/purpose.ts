import type { Node } from '../../yaml/node.js';
import { readText, unknownWord } from '../../yaml/read.js';
import type { Context } from './context.js';

/** A purpose that `policy.yaml` declares. */
export function readPurpose(node: Node | undefined, { parts: { policy }, problems }: Context): string | undefined {
  const purpose = readText(node, 'a purpose of policy.yaml', problems);
  if (node === undefined || purpose === undefined || policy === undefined || policy.purposes.has(purpose))
    return purpose;
  const names = [...policy.purposes.keys()];
  const there = names.length === 0 ? 'there is none yet' : `there are ${names.join(', ')}`;
  return problems.error(
    node.at,
    unknownWord(`purpose "${purpose}" is not declared in policy.yaml`, purpose, names, there),
  );
}
