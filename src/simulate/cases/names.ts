import type { Journey } from '../../domain/journey/journey.js';
import { mergeType } from '../../domain/merging/merge-faults.js';
import { printNode, type Node } from '../../domain/yaml/node.js';
import type { Problems } from '../../domain/yaml/problems.js';
import { unknownWord, type Fields } from '../../domain/yaml/read.js';
import { nodeAt } from './json-of.js';
import { stepIdsOf, type CaseParts } from './parts.js';
import { exitsOf } from './reasons.js';

/** What there is in one case; undefined where it cannot be known. */
export interface CaseNames {
  readonly steps: readonly string[] | undefined;
  readonly customers: readonly string[] | undefined;
  /** Reasons of `exited`. */
  readonly exits: readonly string[] | undefined;
}

export function namesOf(fields: Fields, journeys: ReadonlySet<string>, parts: CaseParts): CaseNames {
  const loaded = parts.journeys && [...journeys].flatMap((name) => parts.journeys?.get(name) ?? []);
  return {
    steps: stepIdsOf(journeys, parts),
    customers: loaded?.some(reachesOthers) === false ? customersIn(fields) : undefined,
    exits: loaded && exitsOf(loaded),
  };
}

/** What a journey emits to somebody else makes a customer of them. */
function reachesOthers({ steps, atEnd }: Journey): boolean {
  return [...steps.values(), ...atEnd].some(
    (step) => step.kind === 'emit' && (step.subject !== undefined || step.type === mergeType),
  );
}

function customersIn(fields: Fields): readonly string[] {
  const events = itemsOf(fields.get('timeline')).flatMap((item) => textsAt(item, 'event.subject'));
  const merged = itemsOf(fields.get('timeline')).flatMap((item) => textsAt(item, 'event.data.into'));
  return [...new Set([...givenIn(fields), ...events, ...merged])];
}

function givenIn(fields: Fields): readonly string[] {
  return itemsOf(fields.get('customers')).flatMap((item) => textsAt(item, 'id'));
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' ? node.items : [];
}

function textsAt(item: Node, place: string): readonly string[] {
  const found = nodeAt(item, place);
  return found.kind === 'scalar' && found !== item && found.text !== '' ? [found.text] : [];
}

/** Who is not listed is there from their first event on, and nothing is known of them: often a slip of the pen. */
export function warnOfStrangers(fields: Fields, problems: Problems): void {
  const given = givenIn(fields);
  if (given.length === 0) return;
  const strangers = new Map<string, Node>();
  for (const item of itemsOf(fields.get('timeline'))) {
    const subject = nodeAt(item, 'event.subject');
    const [name] = textsAt(item, 'event.subject');
    const [type = ''] = textsAt(item, 'event.type');
    if (name === undefined || given.includes(name) || strangers.has(name)) continue;
    if (!type.startsWith('customer.')) strangers.set(name, subject);
  }
  for (const [name, subject] of strangers) {
    const sentence = `${printNode(subject)} is none of the customers of this case, and nothing is known of them`;
    problems.warning(subject.at, unknownWord(sentence, name, given, 'add them to customers'));
  }
}
