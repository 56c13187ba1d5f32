import type { Position } from '../problem.js';

/** YAML as the checker reads it: what stands there, and where. */
export type Node = MapNode | ListNode | ScalarNode;

export interface MapNode {
  readonly kind: 'map';
  readonly at: Position;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: string;
  readonly at: Position;
  readonly value: Node;
}

export interface ListNode {
  readonly kind: 'list';
  readonly at: Position;
  readonly items: readonly Node[];
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly at: Position;
  readonly value: string | number | boolean | null;
  /** As it is written: `1.50` stays so, where `value` is 1.5. */
  readonly text: string;
  readonly plain: boolean;
  /** Where YAML may have taken an unquoted value apart: before a comma in braces, or before a comment. */
  readonly cutAt: string | undefined;
  /** Where a character of `text` stands in the file. */
  spot(offset: number): Position;
}

/** What a node is, for a sentence that begins `expected …, got`. */
export function printNode(node: Node): string {
  if (node.kind === 'map') return 'a mapping';
  if (node.kind === 'list') return 'a list';
  if (node.value === null && node.text === '') return 'nothing';
  return typeof node.value === 'string' ? `"${shortened(node.text)}"` : shortened(node.text);
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : text;
}
