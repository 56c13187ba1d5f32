import { checkType } from '../../catalogue/load.js';
import type { Node } from '../../yaml/node.js';
import { readText } from '../../yaml/read.js';
import type { Context, StepContext } from './context.js';

/** An event type of the catalogue. */
export function readEventType(node: Node | undefined, { parts, problems }: Context): string | undefined {
  const type = readText(node, 'an event type', problems);
  if (node === undefined || type === undefined) return undefined;
  const problem = checkType(type, parts.catalogue);
  return problem === undefined ? type : problems.error(node.at, problem);
}

/** One that an exit, a goal or a wait listens to. */
export function readListenedType(node: Node | undefined, context: StepContext): string | undefined {
  const type = readEventType(node, context);
  if (node === undefined || type === undefined) return undefined;
  context.listensTo.add(type);
  warnOfUntied(type, node, context);
  return type;
}

/** Of the engine's types these are about a customer as such; of any other one may think that it is tied. */
const ofTheCustomer = /^(?:customer|consent)\./;

function warnOfUntied(type: string, node: Node, { tie, parts, problems }: StepContext): void {
  if (tie === undefined || ofTheCustomer.test(type) || parts.catalogue.hasField(type, tie)) return;
  const field = tie.join('.');
  problems.warning(
    node.at,
    `${type} has no field "${field}", by which this journey is told apart: it concerns every enrolment of the customer`,
  );
}
