import { randomUUID } from 'node:crypto';
import { didYouMean } from '../../domain/did-you-mean.js';
import { mergeType, type Merge } from '../../domain/merging/merge-faults.js';
import type { EventDecider } from '../../intake/intake.js';
import type { Connection } from '../../store/connection.js';
import { findCustomer } from '../../store/customers/find-customer.sql.js';
import { neighbours } from '../../store/explain/neighbours.sql.js';
import { rootOf } from '../../store/merging/root-of.js';

/** What came of the wish that one customer be merged into another one. */
export type Merged =
  /** `into`: the id by which both go from now on. */
  | { readonly kind: 'merged' | 'one_already'; readonly into: string }
  /** The other way round: there is nothing left to merge. */
  | { readonly kind: 'circle'; readonly into: string }
  | { readonly kind: 'unknown'; readonly id: string; readonly near: string }
  | { readonly kind: 'dead'; readonly reason: string };

/** Merges two known customers as their event would; an event may name one who is not known yet, a person does not mean to. */
export async function mergeByHand(
  connection: Connection,
  decider: EventDecider,
  { from, into }: Merge,
): Promise<Merged> {
  for (const id of [from, into]) {
    const near = await whoElse(connection, id);
    if (near !== undefined) return { kind: 'unknown', id, near };
  }
  const [own, root] = [await rootOf(connection, from), await rootOf(connection, into)];
  if (own === root) return { kind: own === from ? 'circle' : 'one_already', into: root };
  const data = { from, into };
  const event = { id: randomUUID(), source: '/peyk/merge', type: mergeType, customer: root, time: undefined, data };
  const [outcome] = await decider.decide({ source: 'file', events: [event] });
  return outcome?.kind === 'dead' ? { kind: 'dead', reason: outcome.reason } : { kind: 'merged', into: root };
}

/** Undefined for somebody who is known; else who may have been meant. */
async function whoElse(connection: Connection, id: string): Promise<string | undefined> {
  const [row] = await connection.run(findCustomer, [id]);
  if (row !== undefined) return undefined;
  return didYouMean(
    id,
    (await connection.run(neighbours, [id])).map((one) => one.id),
  );
}
