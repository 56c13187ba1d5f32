import { readShare } from '../share.js';
import type { Entry, Node } from '../yaml/node.js';
import { printNode } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { readMap, readText, readWord, type Fields } from '../yaml/read.js';
import { readCaps } from './caps.js';
import { checkBorrowed, consentFor, type Borrowed } from './consent.js';
import { readMentions, type Mention } from './mentions.js';
import type { ReadLimit } from './not-after.js';
import type { Purpose } from './policy.js';
import { readQuietHours } from './quiet-hours.js';

const shape = {
  what: 'a purpose',
  keys: [
    'consent',
    'quiet_hours',
    'caps',
    'when_capped',
    'blackout',
    'except',
    'not_after',
    'footer',
    'sample',
    'in_doubt',
  ],
};

/** What the purposes of one file are read with; names of other files and of one another are gathered on the way. */
interface Reading {
  readonly problems: Problems;
  readonly readLimit: ReadLimit;
  readonly mentions: Mention[];
  readonly borrowed: Borrowed[];
}

/** As it stands in the file: what follows from the other purposes is not known yet. */
type Written = Omit<Purpose, 'inDoubt'> & { readonly inDoubt: Purpose['inDoubt'] | undefined };

/** The purposes, ranked by their place in the file. */
export function readPurposes(
  policy: Fields,
  mentions: Mention[],
  readLimit: ReadLimit,
  problems: Problems,
): ReadonlyMap<string, Purpose> {
  const reading: Reading = { problems, readLimit, mentions, borrowed: [] };
  const entries = purposeEntries(policy, problems);
  const written = new Map(entries.map((entry, rank) => [entry.key, readPurpose(entry, rank, reading)]));
  checkBorrowed(reading.borrowed, written, problems);
  return new Map([...written].map(([name, purpose]) => [name, { ...purpose, inDoubt: inDoubt(purpose, written) }]));
}

/** Where some may not have been read: any name may be one of theirs, so that nothing is told that follows. */
export class DoubtedPurposes extends Map<string, Purpose> {
  override has(): boolean {
    return true;
  }
}

function purposeEntries(policy: Fields, problems: Problems): readonly Entry[] {
  const node = policy.get('purposes');
  if (!policy.mentions('purposes'))
    problems.error(policy.at, 'purposes is missing; write at least "transactional: { consent: not_needed }"');
  else if (node !== undefined && node.kind !== 'map')
    problems.error(node.at, `expected purposes by name, got ${printNode(node)}`);
  else if (node?.entries.length === 0)
    problems.error(node.at, 'there is no purpose; write "transactional: { consent: not_needed }"');
  return node?.kind === 'map' ? node.entries : [];
}

function readPurpose({ key, at, value }: Entry, rank: number, reading: Reading): Written {
  const { problems } = reading;
  if (!/^[a-z][a-z0-9_-]*$/.test(key) || key === 'required' || key === 'not_needed')
    problems.error(at, `"${key}" is no name for a purpose; expected small letters, such as service`);
  const fields = readMap(value, shape, problems);
  const given = (name: string): Node | undefined => fields?.get(name);
  return {
    name: key,
    rank,
    consent: fields === undefined ? 'required' : readConsent(key, fields, reading),
    quietHours: readQuietHours(given('quiet_hours'), problems),
    caps: readCaps(given('caps'), problems),
    whenCapped: readWord(given('when_capped'), ['defer', 'drop'] as const, problems) ?? 'defer',
    blackout: readMentions(given('blackout'), 'occasion', reading.mentions, problems),
    except: readMentions(given('except'), 'audience', reading.mentions, problems),
    notAfter: readNotAfter(given('not_after'), reading),
    footer: readFooter(given('footer'), problems),
    sample: readShare(given('sample'), problems),
    inDoubt: readWord(given('in_doubt'), ['again', 'never'] as const, problems),
  };
}

function readConsent(by: string, fields: Fields, { borrowed, problems }: Reading): Purpose['consent'] {
  const node = fields.get('consent');
  if (!fields.mentions('consent'))
    problems.error(fields.at, 'consent is missing; write consent: required or not_needed');
  const word = readText(node, 'required, not_needed or a purpose whose consent counts', problems);
  if (node === undefined || word === undefined || word === 'required') return 'required';
  if (word === 'not_needed') return word;
  borrowed.push({ by, as: word, at: node.at });
  return { as: word };
}

function readNotAfter(node: Node | undefined, { readLimit, problems }: Reading): Purpose['notAfter'] {
  return node && readLimit(node, problems);
}

function readFooter(node: Node | undefined, problems: Problems): string | undefined {
  const footer = readText(node, 'a footer such as "لغو۱۱"', problems)?.trim();
  if (node === undefined || footer?.includes('{{') !== true) return footer;
  return problems.error(node.at, 'a footer is the same for everybody; write it without {{ }}');
}

/** Rather lost than twice where people are easily annoyed. */
function inDoubt(purpose: Written, purposes: ReadonlyMap<string, Written>): Purpose['inDoubt'] {
  const isDelicate = consentFor(purpose.name, purposes).required || purpose.caps.length > 0;
  return purpose.inDoubt ?? (isDelicate ? 'never' : 'again');
}
