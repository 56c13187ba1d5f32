import type { Customer } from '../../domain/customer.js';
import { changed } from '../../domain/journey/facts.js';
import { hasLostZero } from '../../domain/message/address.js';
import { printNode, type Node } from '../../domain/yaml/node.js';
import type { Problems } from '../../domain/yaml/problems.js';
import { readList, unknownWord } from '../../domain/yaml/read.js';
import { jsonOfMap, nodeAt, quoting } from './json-of.js';
import type { CaseParts } from './parts.js';

/** Who is there before the first event. */
export function readCustomers(node: Node | undefined, parts: CaseParts, problems: Problems): readonly Customer[] {
  const found = new Map<string, Customer>();
  for (const item of readList(node, 'customers', problems)) {
    const customer = readCustomer(item, parts, problems);
    if (customer === undefined) continue;
    if (found.has(customer.id))
      problems.error(item.at, `the customer "${customer.id}" stands here twice; a customer is given once`);
    found.set(customer.id, customer);
  }
  return [...found.values()];
}

function readCustomer(node: Node, parts: CaseParts, problems: Problems): Customer | undefined {
  if (node.kind !== 'map')
    return problems.error(
      node.at,
      `expected a customer such as { id: c1, phone: "09121234567" }, got ${printNode(node)}`,
    );
  const { id, ...attributes } = jsonOfMap(node);
  if (typeof id !== 'string' && typeof id !== 'number')
    return problems.error(node.at, `id is missing; give the customer's id, such as c1`);
  const phone = nodeAt(node, 'phone');
  const known = phone === node ? attributes : { ...attributes, phone: readPhone(phone, problems) };
  const { patch, problems: faults, warnings } = parts.catalogue.checkCustomer(known);
  for (const { place, message } of faults) {
    const at = nodeAt(node, place);
    problems.error(at.at, `${place} ${quoting(at, message)}`);
  }
  for (const message of warnings) tellWarning(message, node, problems);
  checkPurposes(nodeAt(node, 'consent'), node, parts, problems);
  const text = nodeAt(node, 'id');
  const name = text.kind === 'scalar' ? text.text : String(id);
  return faults.length > 0 ? undefined : changed({ id: name, attributes: {}, consent: {}, closed: {} }, patch);
}

/** A warning that names an attribute stands at it. */
function tellWarning(message: string, node: Extract<Node, { kind: 'map' }>, problems: Problems): void {
  const entry = node.entries.find(({ key }) => message.includes(`"${key}"`));
  if (entry !== undefined || !message.includes('phone')) problems.warning(entry?.at ?? node.at, message);
}

/** Without quotes YAML makes a number of it; what is written counts all the same. */
function readPhone(node: Node, problems: Problems): string | null {
  if (node.kind !== 'scalar' || node.value === null) return null;
  if (hasLostZero(node.text))
    problems.warning(node.at, `this phone number seems to have lost its zero; write "0${node.text}", with quotes`);
  else if (typeof node.value === 'number')
    problems.warning(
      node.at,
      `quote this phone number: without quotes YAML takes it for a number, and its zero is lost; write "${node.text}"`,
    );
  return node.text;
}

function checkPurposes(consent: Node, customer: Node, { purposes }: CaseParts, problems: Problems): void {
  if (consent === customer || consent.kind !== 'map' || purposes === undefined) return;
  for (const { key, at } of consent.entries)
    if (!purposes.includes(key))
      problems.error(
        at,
        unknownWord(`there is no purpose "${key}"`, key, purposes, `expected one of ${purposes.join(', ')}`),
      );
}
