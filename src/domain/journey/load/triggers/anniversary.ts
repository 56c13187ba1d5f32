import { fieldAt } from '../../../catalogue/catalogue.js';
import { didYouMean } from '../../../did-you-mean.js';
import { familyOf, printKind } from '../../../expression/kinds.js';
import type { Calendar } from '../../../time/instant.js';
import { printNode, type Node } from '../../../yaml/node.js';
import { readText, readWord } from '../../../yaml/read.js';
import type { Context } from '../context.js';
import { readRequiredTime } from './required-time.js';
import { anniversaryData } from './start-data.js';
import type { TriggerReader } from './trigger.js';

/** `{ anniversary: customer.birth_date, calendar: jalali, at: "10:00" }`. */
export const anniversary: TriggerReader = {
  keys: ['calendar', 'at'],
  read(fields, context) {
    const field = readField(fields.get('anniversary'), context);
    const calendar = readWord<Calendar>(fields.get('calendar'), ['jalali', 'gregorian'], context.problems);
    const at = readRequiredTime(fields, 'an anniversary', context);
    return {
      data: anniversaryData,
      startedBy: 'anniversary',
      make: field && at && ((base) => ({ ...base, kind: 'anniversary', field, calendar, at })),
    };
  },
};

const expected = 'expected an attribute of the customer that is a date, such as customer.birth_date';

/** The path below `customer`. */
function readField(node: Node | undefined, { parts: { catalogue }, problems }: Context): readonly string[] | undefined {
  const text = readText(node, 'an attribute of the customer, such as customer.birth_date', problems);
  if (node === undefined || text === undefined) return undefined;
  const [first, ...path] = text.replace(/^=\s*/, '').split('.');
  if (first !== 'customer' || path.length === 0) return problems.error(node.at, `${expected}, got ${printNode(node)}`);
  const kind = fieldAt(catalogue.customer, path)?.kind;
  const name = path.join('.');
  if (kind === undefined) {
    const near = didYouMean(name, Object.keys(catalogue.customer.fields)) || '; declare it in customers.yaml';
    return problems.error(node.at, `"customer" has no field "${name}"${near}`);
  }
  if (familyOf(kind) === 'time') return path;
  return problems.error(node.at, `${expected}; "${text}" is ${printKind(kind)}`);
}
