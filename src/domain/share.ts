import { printNode, type Node } from './yaml/node.js';
import type { Problems } from './yaml/problems.js';

/** `5%` as 0.05; undefined for anything but 0% to 100%. */
export function parseShare(text: string): number | undefined {
  const [, percent] = /^(\d{1,3}(?:\.\d{1,9})?) ?%$/.exec(text) ?? [];
  const share = Number(percent) / 100;
  return percent !== undefined && share <= 1 ? share : undefined;
}

export function readShare(node: Node | undefined, problems: Problems): number | undefined {
  if (node === undefined) return undefined;
  const share = node.kind === 'scalar' ? parseShare(node.text) : undefined;
  return share ?? problems.error(node.at, `expected a share from 0% to 100%, such as "5%", got ${printNode(node)}`);
}
