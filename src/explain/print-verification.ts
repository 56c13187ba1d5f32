import { isJsonObject, type Json } from '../domain/json.js';
import type { Difference, Unverified } from './differences.js';
import type { Verification, VerifyWhom } from './verify.js';

export interface Printing {
  readonly json: boolean;
  /** Hides phone numbers and addresses. */
  readonly mask: (text: string) => string;
}

/** A line each difference and each thing that could not be verified, then the counts; as JSON one object. */
export function printVerification(
  verification: Verification,
  whom: VerifyWhom,
  { json, mask }: Printing,
): readonly string[] {
  const seed = 'seed' in whom ? whom.seed : undefined;
  if (json) return [JSON.stringify(masked({ ...plain(verification), ...(seed !== undefined && { seed }) }, mask))];
  return [
    ...verification.differences.map((one) => printDifference(one, mask)),
    ...verification.unverified.map((one) => printUnverified(one, mask)),
    summary(verification, seed),
  ];
}

const LONGEST = 200;

function printDifference({ customer, what, expected, found }: Difference, mask: Printing['mask']): string {
  const [one, other] = [printValue(expected, mask), printValue(found, mask)];
  const alike = one === other ? ' (they differ in what is hidden)' : '';
  return `${mask(`${customer}: ${what}`)}: expected ${one}, found ${other}${alike}`;
}

/** Masked before it is cut: half a number is not recognised as one. */
function printValue(value: Json | undefined, mask: Printing['mask']): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(masked(value, mask));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function printUnverified({ customer, what, why }: Unverified, mask: Printing['mask']): string {
  return mask(`${customer}: ${what}: could not be verified: ${why}`);
}

function summary(verification: Verification, seed: number | undefined): string {
  const { customers, enrolments, messages, differences, unverified } = verification;
  const chosen = seed === undefined ? '' : ` (seed ${String(seed)})`;
  return [
    `${String(customers)} customers${chosen}, ${String(enrolments)} enrolments, ${String(messages)} messages`,
    `${String(differences.length)} differences`,
    `${String(unverified.length)} could not be verified`,
  ].join('; ');
}

/** Texts, and numbers that are phone numbers. */
export function masked(value: Json, mask: Printing['mask']): Json {
  if (typeof value === 'string') return mask(value);
  if (typeof value === 'number') return mask(String(value)) === String(value) ? value : mask(String(value));
  if (Array.isArray(value)) return value.map((item) => masked(item, mask));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, masked(part, mask)]));
}

function plain(verification: Verification): Record<string, Json> {
  return JSON.parse(JSON.stringify(verification)) as Record<string, Json>;
}
