import type { Customer } from '../customer.js';
import type { JsonObject } from '../json.js';
import type { ChannelName } from '../message/message.js';

/** How a change is noted that came of a merge: with the id that is a second name since. */
export const mergedSource = 'merged:';

/** Who two customers are when they are one: what `into` has stands, `from` fills the gaps, and whoever said no once has said no. */
export function mergedCustomer(from: Customer, into: Customer): Customer {
  return {
    id: into.id,
    attributes: { ...withoutNulls(from.attributes), ...withoutNulls(into.attributes) },
    consent: mergedConsent(from.consent, into.consent),
    closed: mergedClosed(from.closed, into.closed),
  };
}

/** Null is as good as absent. */
function withoutNulls(attributes: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
}

function mergedConsent(from: Customer['consent'], into: Customer['consent']): Customer['consent'] {
  const words = Object.entries({ ...from, ...into });
  return Object.fromEntries(words.map(([purpose, given]) => [purpose, given && !saidNo(from, purpose)]));
}

function saidNo(consent: Customer['consent'], purpose: string): boolean {
  return Object.hasOwn(consent, purpose) && consent[purpose] === false;
}

function mergedClosed(from: Customer['closed'], into: Customer['closed']): Customer['closed'] {
  const purposes = new Set([...Object.keys(from), ...Object.keys(into)]);
  const channels = (purpose: string): readonly ChannelName[] =>
    [from, into].flatMap((closed) => (Object.hasOwn(closed, purpose) ? (closed[purpose] ?? []) : []));
  return Object.fromEntries([...purposes].map((purpose) => [purpose, [...new Set(channels(purpose))]]));
}

/** What a customer has gained, as a change from outside is kept. */
export function gainedBy(before: Customer, after: Customer): JsonObject {
  const attributes = Object.entries(after.attributes).filter(([name]) => (before.attributes[name] ?? null) === null);
  const words = Object.entries(after.consent).filter(([purpose, given]) => before.consent[purpose] !== given);
  return {
    ...Object.fromEntries(attributes),
    ...(words.length > 0 && { consent: Object.fromEntries(words) }),
  };
}

/** The purposes of which somebody wants nothing. */
export function withdrawnBy({ consent }: Customer): readonly string[] {
  return Object.keys(consent).filter((purpose) => consent[purpose] === false);
}

/** The channels on which somebody wants nothing of a purpose. */
export function closedBy({ closed }: Customer): readonly { readonly purpose: string; readonly channel: ChannelName }[] {
  return Object.entries(closed).flatMap(([purpose, all]) => all.map((channel) => ({ purpose, channel })));
}
