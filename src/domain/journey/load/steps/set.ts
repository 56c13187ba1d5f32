import { didYouMean } from '../../../did-you-mean.js';
import { printNode, type Entry, type Node } from '../../../yaml/node.js';
import type { TextOrExpression } from '../../right-hand-side.js';
import type { Block, StepContext } from '../context.js';
import type { Flow } from '../flow.js';
import { readJsonTemplate } from '../json-templates.js';
import { single } from './single.js';
import type { StepReader } from './step.js';

/** `set: { tier: gold }`: attributes of the customer. */
export const set: StepReader = {
  keys: [],
  example: 'set: { tier: gold }',
  read({ fields, flow, at, context, id: makeId }) {
    const node = fields.get('set');
    const entries = node?.kind === 'map' ? node.entries : [];
    const id = makeId(`set-${entries[0]?.key ?? ''}`);
    if (node?.kind !== 'map' || entries.length === 0) return refuse(node, context);
    const values: Record<string, TextOrExpression> = {};
    for (const entry of entries) {
      const value = readAttribute(entry, flow, context);
      if (value !== undefined) values[entry.key] = value;
    }
    return single(flow, (next) => ({ kind: 'set', id, next, position: at, values }));
  },
};

function refuse(node: Node | undefined, { problems }: StepContext): Block | undefined {
  if (node === undefined) return undefined;
  const got = node.kind === 'map' ? 'none' : printNode(node);
  return problems.error(node.at, `expected attributes and their values, such as { tier: gold }, got ${got}`);
}

function readAttribute({ key, at, value }: Entry, flow: Flow, context: StepContext): TextOrExpression | undefined {
  const { customer } = context.parts.catalogue;
  if (key === 'id' || key === 'consent') return context.problems.error(at, whyFixed[key]);
  const field = Object.hasOwn(customer.fields, key) ? customer.fields[key] : undefined;
  if (field !== undefined) {
    const fits = checkBuiltIn(key, value, context);
    return fits ? readJsonTemplate(value, field.kind, key, flow, context) : undefined;
  }
  const near = didYouMean(key, Object.keys(customer.fields)) || '; declare it in customers.yaml';
  return context.problems.error(at, `a customer has no attribute "${key}"${near}`);
}

const whyFixed = {
  id: 'the id of a customer does not change',
  consent: 'consent is given and withdrawn by events; emit consent.granted or consent.withdrawn',
};

/** A phone, an address or a zone that is written out has to be one. */
function checkBuiltIn(key: string, node: Node, { parts: { catalogue }, problems }: StepContext): boolean {
  if (node.kind !== 'scalar' || node.value === null || /^=|\{\{/.test(node.text)) return true;
  if (!['phone', 'email', 'timezone'].includes(key)) return true;
  const [problem] = catalogue.checkCustomer({ [key]: node.text }).problems;
  if (problem === undefined) return true;
  problems.error(node.at, `${key}: ${problem.message}`);
  return false;
}
