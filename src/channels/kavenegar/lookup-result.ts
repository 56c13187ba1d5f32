import type { LookupResult } from '../channel.js';
import { integer, type Answer } from './answer.js';
import { classOf, unknownMessage } from './statuses.js';

/** As many ids as one `statuslocalmessageid` may ask for. */
export const idsAtOnce = 500;

/** What an answer to `sms/statuslocalmessageid` says of each id that was asked for. */
export function lookupResults(ids: readonly number[], answer: Answer): ReadonlyMap<number, LookupResult> {
  if (answer.kind !== 'answered')
    return all(ids, answer.kind === 'unreadable' ? noJson(answer.httpStatus) : answer.detail);
  if (classOf(answer.status) !== 'taken') return all(ids, `Kavenegar ${String(answer.status)}: ${answer.message}`);
  const told = new Map(answer.entries.map((entry) => [integer(entry['localid']), entry]));
  return new Map(ids.map((id) => [id, fromEntry(told.get(id)?.['status'], told.get(id)?.['messageid'])]));
}

function fromEntry(...[status, messageId]: Parameters<typeof integer>[0][]): LookupResult {
  const known = integer(status);
  if (known === undefined) return { kind: 'cannot_tell', reason: 'Kavenegar did not mention this message' };
  if (known === unknownMessage) return { kind: 'never_arrived' };
  const id = integer(messageId);
  return { kind: 'arrived', providerId: id === undefined ? undefined : String(id) };
}

function all(ids: readonly number[], reason: string): ReadonlyMap<number, LookupResult> {
  return new Map(ids.map((id) => [id, { kind: 'cannot_tell', reason }]));
}

function noJson(httpStatus: number): string {
  return `HTTP ${String(httpStatus)} without Kavenegar's JSON`;
}
