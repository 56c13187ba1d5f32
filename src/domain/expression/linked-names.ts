import type { Node } from './node.js';
import { parse } from './parse.js';

export interface LinkedNames {
  readonly audiences: readonly string[];
  readonly scores: readonly string[];
}

/** Which audiences and scores an expression asks for, as written; none where it cannot be read. */
export function namesLinked(source: string): LinkedNames {
  const parsed = parse(source);
  const calls = 'node' in parsed ? callsIn(parsed.node) : [];
  const named = (...functions: readonly string[]): readonly string[] =>
    calls.flatMap(({ name, text }) => (functions.includes(name) ? [text] : []));
  return { audiences: named('in_audience'), scores: named('score', 'quintile') };
}

interface TextCall {
  readonly name: string;
  readonly text: string;
}

function callsIn(node: Node): readonly TextCall[] {
  const inner = childrenOf(node).flatMap(callsIn);
  if (node.op !== 'call') return inner;
  const [first] = node.args;
  const text = first?.op === 'value' ? first.value : undefined;
  return typeof text === 'string' ? [{ name: node.name, text }, ...inner] : inner;
}

function childrenOf(node: Node): readonly Node[] {
  if ('of' in node) return node.op === 'index' ? [node.of, node.at] : [node.of];
  if ('left' in node) return [node.left, node.right];
  if ('sides' in node) return node.sides;
  switch (node.op) {
    case 'value':
    case 'name':
      return [];
    case 'call':
      return node.receiver === undefined ? node.args : [node.receiver, ...node.args];
    case 'list':
      return node.items;
    case 'map':
      return node.entries.flat();
    case 'choice':
      return [node.condition, node.then, node.otherwise];
  }
}
