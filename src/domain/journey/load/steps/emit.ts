import type { Kind } from '../../../expression/kind.js';
import type { Scope } from '../../../expression/scope.js';
import { printNode, type Node } from '../../../yaml/node.js';
import type { Template } from '../../right-hand-side.js';
import type { StepContext } from '../context.js';
import { readEventType } from '../event-types.js';
import type { Flow } from '../flow.js';
import { readJsonTemplate } from '../json-templates.js';
import { readUncertainValue } from '../values.js';
import { single } from './single.js';
import type { StepReader } from './step.js';

/** `emit: type`, with `data` and `subject`. */
export const emit: StepReader = {
  keys: ['data', 'subject'],
  example: 'emit: repair.rated',
  read({ fields, flow, at, context, id: makeId }) {
    const node = fields.get('emit');
    const id = makeId(`emit-${node?.kind === 'scalar' ? node.text : ''}`);
    const type = readEmitted(node, context);
    const kind = type === undefined ? undefined : context.parts.catalogue.eventKind(type);
    const data = readData(fields.get('data'), node, kind, flow, context);
    const subjectNode = fields.get('subject');
    // A null subject emits nothing.
    const subject = subjectNode && readUncertainValue(subjectNode, flow, context)?.value;
    if (type === undefined || data === undefined) return undefined;
    return single(flow, (next) => ({ kind: 'emit', id, next, position: at, type, data, subject }));
  },
};

/** A type that a business may send. */
function readEmitted(node: Node | undefined, context: StepContext): string | undefined {
  const { parts, problems } = context;
  const type = readEventType(node, context);
  if (node === undefined || type === undefined || parts.catalogue.eventKind(type) === undefined) return type;
  if (parts.catalogue.isBroadcast(type))
    return problems.error(node.at, `${type} is broadcast and has no subject; a journey emits events of a customer`);
  const why = parts.catalogue.whyRefused(type);
  return why === undefined || parts.catalogue.isOpenToBusiness(type) ? type : problems.error(node.at, why);
}

function readData(
  node: Node | undefined,
  typeNode: Node | undefined,
  kind: Kind | undefined,
  flow: Flow,
  context: StepContext,
): Template | undefined {
  const place = typeNode?.kind === 'scalar' ? typeNode.text : 'the event';
  if (node !== undefined && node.kind !== 'map')
    return context.problems.error(
      node.at,
      `expected data as a mapping, such as { score: =csat.value }, got ${printNode(node)}`,
    );
  if (node === undefined) tellMissing(kind, place, typeNode, context);
  const leafy = node && readJsonTemplate(node, kind ?? { kind: 'any' }, place, flow, context);
  return { evaluate: (scope: Scope) => leafy?.evaluate(scope) ?? {} };
}

function tellMissing(kind: Kind | undefined, place: string, node: Node | undefined, { problems }: StepContext): void {
  if (kind?.kind !== 'record' || node === undefined) return;
  const needed = Object.entries(kind.fields).flatMap(([name, { optional }]) => (optional ? [] : [name]));
  if (needed.length > 0) problems.error(node.at, `data is missing; ${place} has to have ${needed.join(', ')}`);
}
