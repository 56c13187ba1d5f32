import { checkType } from '../../catalogue/load.js';
import type { Node } from '../../yaml/node.js';
import { readText } from '../../yaml/read.js';
import type { Context } from './context.js';

/** An event type of the catalogue. */
export function readEventType(node: Node | undefined, { parts, problems }: Context): string | undefined {
  const type = readText(node, 'an event type', problems);
  if (node === undefined || type === undefined) return undefined;
  const problem = checkType(type, parts.catalogue);
  return problem === undefined ? type : problems.error(node.at, problem);
}

/** One that an exit, a goal or a wait listens to. */
export function readListenedType(node: Node | undefined, context: Context): string | undefined {
  const type = readEventType(node, context);
  if (type !== undefined) context.listensTo.add(type);
  return type;
}
