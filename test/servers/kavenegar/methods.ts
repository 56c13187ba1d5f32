import type { Params } from './faults.js';
import type { Inbox } from './inbox.js';
import type { Draft, Entry, Ledger } from './ledger.js';
import { lookup } from './registered.js';
import { blockedList, inboxPaged, receive } from './way-back.js';

/** What the envelope says: `return.status` and the entries. */
export interface Reply {
  readonly status: number;
  readonly entries: unknown;
}

export interface Account {
  readonly ledger: Ledger;
  /** The lines it may send from; any, if undefined. */
  readonly senders: readonly string[] | undefined;
  readonly inbox: Inbox;
  /** Registered texts by name, with %token, %token2 … in them. */
  readonly templates: ReadonlyMap<string, string>;
}

const mostReceptors = 200;
const mostIds = 500;
const longestText = 900;
const defaultSender = '10004346';

/** The methods it knows, as `scope/method`. */
export const methods: ReadonlyMap<string, (params: Params, account: Account) => Reply> = new Map([
  ['sms/send', send],
  ['sms/status', status],
  ['sms/statuslocalmessageid', statusByLocalId],
  ['account/info', info],
  ['verify/lookup', lookup],
  ['call/maketts', call],
  ['sms/receive', receive],
  ['sms/inboxpaged', inboxPaged],
  ['line/blocked/list', blockedList],
]);

function send(params: Params, account: Account): Reply {
  const { receptor, message, sender = defaultSender } = params;
  if (receptor === undefined || message === undefined) return refused(400);
  if (message === '' || message.length > longestText) return refused(413);
  if (account.senders?.includes(sender) === false) return refused(412);
  return sendAll(receptor.split(','), params['localid']?.split(','), { text: message, sender }, account.ledger);
}

/** It rings from a number of the account's, whatever lines there are. */
function call({ receptor, message, localid }: Params, { ledger }: Account): Reply {
  if (receptor === undefined || message === undefined) return refused(400);
  if (message === '' || message.length > longestText) return refused(413);
  return sendAll(receptor.split(','), localid?.split(','), { text: message, sender: 'voice' }, ledger);
}

function sendAll(
  receptors: readonly string[],
  localids: readonly string[] | undefined,
  common: { readonly text: string; readonly sender: string },
  ledger: Ledger,
): Reply {
  if (receptors.length > mostReceptors) return refused(414);
  if (localids !== undefined && localids.length !== receptors.length) return refused(419);
  return sendEach(receptors, localids ?? [], common, ledger);
}

function sendEach(
  receptors: readonly string[],
  localids: readonly string[],
  common: { readonly text: string; readonly sender: string },
  ledger: Ledger,
): Reply {
  const drafts: Draft[] = [];
  for (const [index, written] of receptors.entries()) {
    const receptor = normalised(written);
    if (receptor === undefined) return refused(411);
    drafts.push({ ...common, receptor, localid: localids[index] });
  }
  if (ledger.credit !== undefined && ledger.price(drafts) > ledger.credit) return refused(418);
  return { status: 200, entries: drafts.map((draft) => ledger.accept(draft)) };
}

function status(params: Params, { ledger }: Account): Reply {
  return eachId(params['messageid'], (id) => ({ messageid: Number(id), ...stateOf(ledger.byMessageId(id)) }));
}

function statusByLocalId(params: Params, { ledger }: Account): Reply {
  return eachId(params['localid'], (id) => {
    const entry = ledger.byLocalId(id);
    return { messageid: entry?.messageid ?? 0, localid: id, ...stateOf(entry) };
  });
}

function info(_: Params, { ledger }: Account): Reply {
  return { status: 200, entries: { remaincredit: ledger.credit ?? 1e9, expiredate: 4_102_444_800, type: 'master' } };
}

function eachId(ids: string | undefined, entryOf: (id: string) => unknown): Reply {
  if (ids === undefined) return refused(400);
  const list = ids.split(',');
  return list.length > mostIds ? refused(414) : { status: 200, entries: list.map(entryOf) };
}

function stateOf(entry: Entry | undefined): { readonly status: number; readonly statustext: string } {
  if (entry === undefined) return { status: 100, statustext: 'شناسه پیامک نامعتبر است' };
  return { status: entry.status, statustext: entry.statustext };
}

function refused(code: number): Reply {
  return { status: code, entries: null };
}

/** 09…, 9…, +98… and 0098… are the same Iranian mobile; 00… anything else. */
function normalised(receptor: string): string | undefined {
  const mobile = /^(?:\+98|0098|98|0)?(9\d{9})$/.exec(receptor);
  if (mobile?.[1] !== undefined) return `0${mobile[1]}`;
  const foreign = /^(?:\+|00)([1-9]\d{6,14})$/.exec(receptor);
  return foreign?.[1] === undefined ? undefined : `00${foreign[1]}`;
}
