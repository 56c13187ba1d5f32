import type { Json } from '../../json.js';
import { localOfJson, withLocal, type Cell } from '../checking.js';
import type { Kind } from '../kind.js';
import type { Node } from '../node.js';
import { checkCondition } from '../operators/logic.js';
import type { HistoryEvent, Scope } from '../scope.js';
import { broken } from '../typed.js';
import { textLiteral } from './history-window.js';
import type { Call } from './definition.js';

/** Whether an event counts; unknown is no. */
export type HistoryCondition = (event: HistoryEvent, scope: Scope) => boolean;

/** It sees the data of each event as `past`, beside the other names. */
export function checkHistoryCondition(node: Node, data: Kind, call: Call): HistoryCondition | 'refused' {
  const { site, checking, usage } = call;
  if (textLiteral(node) !== undefined) {
    checking.error(node, `expected a condition here: ${usage}`);
    return 'refused';
  }
  const past: Cell<Json> = { value: undefined };
  const inside = { ...withLocal(site, 'past', localOfJson(data, checking.newPath(), past)), insideHistoryCall: true };
  const condition = checkCondition(node, inside, checking, `"${call.node.name}" takes`);
  if (condition === broken) return 'refused';
  return (event, scope) => {
    checking.budget.spend(1);
    past.value = event.data;
    return condition.run(scope) === true;
  };
}
