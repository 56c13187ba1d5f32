import type { Contacts } from '../domain/policy/contacts.js';
import type { Cap } from '../domain/policy/policy.js';
import { isWorking, type DurationUnit } from '../domain/time/duration.js';
import type { Instant } from '../domain/time/instant.js';
import type { Workspace } from '../domain/workspace.js';

/** The messages that somebody may still ask about. */
export type KeptContacts = (contacts: Contacts, now: Instant) => Contacts;

/** Caps look back so far and no further; where somebody asks what messages cost, all are kept. */
export function keptContacts(workspace: Workspace): KeptContacts {
  const caps = workspace.journeys.flatMap(({ policy }) => policy?.caps ?? []);
  const purposes = [...workspace.policy.purposes.values()];
  const all = [...caps, ...purposes.flatMap((purpose) => purpose.caps)];
  if (asksCosts(workspace) || all.some(({ per }) => isWorking(per))) return (contacts) => contacts;
  const longest = Math.max(0, ...all.map(lengthOf));
  const capped = new Set(
    purposes.filter((purpose) => caps.length > 0 || purpose.caps.length > 0).map(({ name }) => name),
  );
  return (contacts, now) => {
    const isAsked = ({ purpose, at }: Contacts[number]): boolean => capped.has(purpose) && at > now - longest;
    return contacts.every(isAsked) ? contacts : contacts.filter(isAsked);
  };
}

function asksCosts({ journeys, audiences, scores }: Workspace): boolean {
  const conditions = [...audiences.values()].map(({ condition }) => condition);
  const values = [...scores.values()].map(({ value }) => value);
  return [...journeys, ...conditions, ...values].some(({ uses }) => uses.spent);
}

/** In milliseconds, and rather too long: months differ, and clocks change. */
function lengthOf({ per }: Cap): number {
  return per.amount * longestOf[per.unit] + 3 * day;
}

const day = 86_400_000;
const longestOf: Readonly<Record<DurationUnit, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day,
  week: 7 * day,
  month: 32 * day,
  year: 367 * day,
  'working hour': Infinity,
  'working day': Infinity,
};
