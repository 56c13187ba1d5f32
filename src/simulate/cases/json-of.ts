import type { Json, JsonObject } from '../../domain/json.js';
import type { Position } from '../../domain/problem.js';
import type { Node } from '../../domain/yaml/node.js';

/** YAML as the JSON that it stands for. */
export function jsonOf(node: Node): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(jsonOf);
  return jsonOfMap(node);
}

export function jsonOfMap({ entries }: Extract<Node, { kind: 'map' }>): JsonObject {
  return Object.fromEntries(entries.map(({ key, value }) => [key, jsonOf(value)]));
}

/** What stands at a place such as `data.lines[0].price`, or the nearest thing around it. */
export function nodeAt(node: Node, place: string): Node {
  const steps = place.split(/[.[\]]+/).filter((step) => step !== '');
  let found = node;
  for (const step of steps) {
    const next = childOf(found, step);
    if (next === undefined) return found;
    found = next;
  }
  return found;
}

export function positionAt(node: Node, place: string): Position {
  return nodeAt(node, place).at;
}

function childOf(node: Node, step: string): Node | undefined {
  if (node.kind === 'list') return node.items[Number(step)];
  return node.kind === 'map' ? node.entries.find(({ key }) => key === step)?.value : undefined;
}

/** Remedy for a number that should have been a text: in a spreadsheet's eyes and YAML's, `17` is no text. */
export function quoting(node: Node, message: string): string {
  const isBare = node.kind === 'scalar' && node.plain && typeof node.value !== 'string' && node.value !== null;
  return isBare && message.includes('expected text') ? `${message}; quote it: "${node.text}"` : message;
}
