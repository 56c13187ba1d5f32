import type { Budget } from '../budget.js';
import { isFields, isItems } from '../equal.js';
import type { Value } from '../expression.js';
import { familyOf, integer, printKind, text } from '../kinds.js';
import { broken, strict, type Typed } from '../typed.js';
import { plain, type Call, type FunctionDefinition } from './definition.js';
import { join, lengthOf } from './text.js';

function checkSize({ operands: [node], usage, site, checking }: Call): Typed {
  const operand = node === undefined ? broken : checking.check(node, site);
  if (node === undefined || operand === broken) return broken;
  if (!['text', 'list', 'record', 'any'].includes(familyOf(operand.kind))) {
    return checking.error(node, `${printKind(operand.kind)} has no size: ${usage}`);
  }
  const { budget } = checking;
  return strict(integer, [operand], (scope) => sizeOf(operand.run(scope), budget));
}

function sizeOf(value: Value, budget: Budget): number | undefined {
  if (typeof value === 'string') return lengthOf(value, budget);
  if (isItems(value)) return value.length;
  return isFields(value) ? countFields(value, budget) : undefined;
}

function countFields(fields: Readonly<Record<string, Value>>, budget: Budget): number {
  const values = Object.values(fields);
  budget.spend(values.length);
  return values.filter((value) => (value ?? undefined) !== undefined).length;
}

function joinItems(budget: Budget, items: Value, separator = ''): Value {
  return isItems(items) ? join(budget, items, separator) : undefined;
}

export const collectionFunctions: readonly FunctionDefinition[] = [
  { name: 'size', usage: 'size(x)', form: 'either', least: 1, most: 1, check: checkSize },
  plain('join', {
    usage: 'list.join(separator?)',
    takes: ['list', 'text'],
    optional: 1,
    gives: text,
    apply: joinItems,
  }),
];
