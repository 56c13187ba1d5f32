import type { Field, Kind, RecordKind } from '../expression/kind.js';
import { printNode, type Entry, type ListNode, type MapNode, type Node } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { unknownWord } from '../yaml/read.js';

const plainKinds = ['text', 'integer', 'number', 'money', 'boolean', 'time', 'date'] as const;
const expected = `expected ${plainKinds.join(', ')}, [kind] or {…}`;

/** `text`, `[money]`, `{ model: text, year?: integer }`. What cannot be read is `any`, and a problem. */
export function readKind(node: Node, problems: Problems): Kind {
  if (node.kind === 'map') return readRecord(node, problems);
  if (node.kind === 'list') return readListKind(node, problems);
  const plain = plainKinds.find((kind) => kind === node.text);
  if (plain !== undefined) return { kind: plain };
  const sentence = `${printNode(node)} is no kind`;
  problems.error(
    node.at,
    node.text === '' ? `${expected}, got nothing` : unknownWord(sentence, node.text, plainKinds, expected),
  );
  return { kind: 'any' };
}

/** A mapping of fields to kinds; `?` after a name marks what may be absent. */
export function readRecord({ entries }: MapNode, problems: Problems): RecordKind {
  const fields: Record<string, Field> = {};
  for (const entry of entries) {
    const name = readFieldName(entry, problems);
    if (Object.hasOwn(fields, name)) problems.error(entry.at, `"${name}" stands here twice; a field may be given once`);
    fields[name] = { kind: readKind(entry.value, problems), optional: entry.key.endsWith('?') };
  }
  return { kind: 'record', fields };
}

function readFieldName({ key, at }: Entry, problems: Problems): string {
  const name = key.endsWith('?') ? key.slice(0, -1) : key;
  if (!/^[A-Za-z_]\w*$/.test(name) || name === '__proto__') {
    problems.error(at, `"${name}" is no name for a field; expected letters, digits and "_", such as repair_id`);
  }
  return name;
}

function readListKind({ at, items }: ListNode, problems: Problems): Kind {
  const [only, ...rest] = items;
  if (only === undefined || rest.length > 0) {
    problems.error(at, 'expected one kind between the brackets, such as [text]');
    return { kind: 'any' };
  }
  return { kind: 'list', of: readKind(only, problems) };
}
