import { readRecord } from '../../../catalogue/read-kind.js';
import type { RecordKind } from '../../../expression/kind.js';
import { printNode, type Node } from '../../../yaml/node.js';
import { isNothing } from '../../../yaml/read.js';
import type { Context } from '../context.js';
import type { TriggerReader } from './trigger.js';

/** `{ manual: { kind: text, closes_at: time } }`. */
export const manual: TriggerReader = {
  keys: [],
  read(fields, context) {
    const inputs = readInputs(fields.get('manual'), context);
    return { data: inputs, startedBy: 'manual', make: (base) => ({ ...base, kind: 'manual', inputs }) };
  },
};

function readInputs(node: Node | undefined, { problems }: Context): RecordKind {
  if (node?.kind === 'map') return readRecord(node, problems);
  if (node !== undefined && !isNothing(node)) {
    problems.error(node.at, `expected inputs and their kinds, such as { closes_at: time }, got ${printNode(node)}`);
  }
  return { kind: 'record', fields: {} };
}
