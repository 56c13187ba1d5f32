import type { Entry } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { readMap, readText, readWord, type Fields } from '../yaml/read.js';
import { printNode } from '../yaml/node.js';
import type { Purpose } from './policy.js';

const shape = {
  what: 'a purpose',
  keys: ['consent', 'in_doubt'],
  later: ['quiet_hours', 'caps', 'when_capped', 'blackout', 'except', 'not_after', 'footer', 'sample'],
};

/** The purposes, ranked by their place in the file. */
export function readPurposes(policy: Fields, problems: Problems): ReadonlyMap<string, Purpose> {
  const node = policy.get('purposes');
  if (node === undefined)
    problems.error(policy.at, 'purposes is missing; write at least "transactional: { consent: not_needed }"');
  else if (node.kind !== 'map') problems.error(node.at, `expected purposes by name, got ${printNode(node)}`);
  else if (node.entries.length === 0)
    problems.error(node.at, 'there is no purpose; write "transactional: { consent: not_needed }"');
  const entries = node?.kind === 'map' ? node.entries : [];
  return new Map(entries.map((entry, rank) => [entry.key, readPurpose(entry, rank, problems)]));
}

function readPurpose({ key, at, value }: Entry, rank: number, problems: Problems): Purpose {
  if (!/^[a-z][a-z0-9_-]*$/.test(key))
    problems.error(at, `"${key}" is no name for a purpose; expected small letters, such as service`);
  const fields = readMap(value, shape, problems);
  if (fields !== undefined) readConsent(fields, problems);
  const inDoubt = readWord(fields?.get('in_doubt'), ['again', 'never'] as const, problems);
  // The default is `never` only where consent is required or caps are set, neither of which is built yet.
  return { name: key, rank, consent: 'not_needed', inDoubt: inDoubt ?? 'again' };
}

function readConsent(fields: Fields, problems: Problems): void {
  const node = fields.get('consent');
  if (node === undefined) problems.error(fields.at, 'consent is missing; write consent: not_needed');
  const consent = readText(node, 'not_needed', problems);
  if (node === undefined || consent === undefined || consent === 'not_needed') return;
  problems.error(node.at, `consent: ${consent} is not supported yet; the one that is built is not_needed`);
}
