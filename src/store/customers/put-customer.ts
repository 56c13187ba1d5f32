import type { Customer } from '../../domain/customer.js';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.js';
import { changed, unsettles, mergePatch } from '../../domain/journey/facts.js';
import { printInstant } from '../../domain/time/instant.js';
import type { Connection, Database } from '../connection.js';
import { claimCustomers, type ClaimedCustomer } from '../engine/claim-customers.sql.js';
import { insertChanges } from '../engine/insert-changes.sql.js';
import { saveCustomers } from '../engine/save-customers.sql.js';
import { testAgain } from '../engine/test-again.sql.js';
import { rootOf } from '../merging/root-of.js';
import { withdrawOfPurposes } from '../engine/withdraw-of-purposes.sql.js';

export interface PutResult {
  /** The id that the customer goes by. */
  readonly id: string;
  readonly created: boolean;
  /** False where the profile was the same before. */
  readonly changed: boolean;
  /** As it is kept now. */
  readonly attributes: JsonObject;
  readonly consent: Customer['consent'];
}

/**
 * Makes `profile` (checked, in its normal form) the whole of what is known of a customer: attributes that it leaves out or
 * sets to null are forgotten, consent that it does not speak of is kept; null for a purpose makes it unknown again. Takes the customer's lock, so that it stands
 * before or after each decision, never beside one; the difference is kept with its instant.
 */
export async function putCustomer(database: Database, given: string, profile: JsonObject): Promise<PutResult> {
  for (let id = given; ; id = await rootOf(database, id)) {
    const result = await putOwn(database, id, profile);
    if (result !== undefined) return result;
  }
}

/** Undefined where the id is a second name by now. */
function putOwn(database: Database, id: string, profile: JsonObject): Promise<PutResult | undefined> {
  return database.transaction(async (tx) => {
    // A decision number of its own: it stands between two others.
    const [row] = await tx.run(claimCustomers, [[id], [1], null]);
    if (row === undefined) throw new Error(`customer ${id} could not be claimed`);
    if (row.merged_into !== null) return undefined;
    const before = customerOf(row);
    const patch = difference(before, profile);
    const after = changed(before, patch);
    const isChanged = Object.keys(patch).length > 0;
    if (isChanged) await save(tx, row, after, patch);
    return { id, created: row.fresh, changed: isChanged, attributes: after.attributes, consent: after.consent };
  });
}

function customerOf({ id, attributes, consent }: ClaimedCustomer): Customer {
  return { id, attributes: attributes ?? {}, consent: consent ?? {}, closed: {} };
}

/** The JSON Merge Patch from what was known to the profile. */
function difference(before: Customer, { consent = null, ...attributes }: JsonObject): JsonObject {
  const patch = patchBetween(before.attributes, mergePatch({}, attributes) as JsonObject);
  const words = isJsonObject(consent)
    ? Object.entries(consent).filter(([name, given]) => isNews(before, name, given))
    : [];
  return words.length === 0 ? patch : { ...patch, consent: Object.fromEntries(words) };
}

function isNews({ consent }: Customer, purpose: string, given: Json): boolean {
  return (consent[purpose] ?? null) !== given;
}

function patchBetween(before: JsonObject, after: JsonObject): JsonObject {
  const patch: JsonObject = {};
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) patch[name] = null;
  for (const [name, value] of Object.entries(after)) {
    const old = before[name] ?? null;
    if (!isJsonObject(value) || !isJsonObject(old)) {
      if (!isSame(old, value)) patch[name] = value;
      continue;
    }
    const inner = patchBetween(old, value);
    if (Object.keys(inner).length > 0) patch[name] = inner;
  }
  return patch;
}

/** Lists in their order, objects whatever the order of their names (jsonb does not keep it). */
function isSame(a: Json, b: Json): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, at) => isSame(item, b[at] ?? null));
  if (isJsonObject(a) && isJsonObject(b)) return Object.keys(patchBetween(a, b)).length === 0;
  return a === b;
}

async function save(tx: Connection, row: ClaimedCustomer, after: Customer, patch: JsonObject): Promise<void> {
  const closed = JSON.stringify(row.closed ?? {});
  await tx.run(saveCustomers, [
    [row.id],
    [JSON.stringify(after.attributes)],
    [JSON.stringify(after.consent)],
    [closed],
  ]);
  await tx.run(insertChanges, [[row.id], [printInstant(row.decided_at)], ['http'], [JSON.stringify(patch)]]);
  const withdrawn = withdrawnPurposes(patch);
  if (withdrawn.length > 0) await tx.run(withdrawOfPurposes, [withdrawn.map(() => row.id), withdrawn]);
  if (unsettles(patch)) await tx.run(testAgain, [[row.id], [printInstant(row.decided_at)]]);
}

/** Whoever says no is not written to again, not even by what is queued already. */
function withdrawnPurposes({ consent = null }: JsonObject): readonly string[] {
  return isJsonObject(consent) ? Object.keys(consent).filter((purpose) => consent[purpose] === false) : [];
}
