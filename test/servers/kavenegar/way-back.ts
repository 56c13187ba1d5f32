import type { Params } from './faults.js';
import type { Inbox } from './inbox.js';
import type { Account, Reply } from './methods.js';

const repliesAtOnce = 100;
const onPage = 200;

/** `sms/receive`: the oldest hundred; unread ones are read by that. */
export function receive({ linenumber, isread }: Params, { inbox }: Account): Reply {
  if (linenumber === undefined || isread === undefined) return { status: 400, entries: null };
  const entries = inbox.of(linenumber, isread === '1').slice(0, repliesAtOnce);
  inbox.markRead(entries);
  return { status: 200, entries };
}

/** `sms/inboxpaged`: two hundred a page; unread ones are read by that as well. */
export function inboxPaged({ linenumber, isread, startdate, pagenumber }: Params, { inbox }: Account): Reply {
  if (linenumber === undefined || isread === undefined) return { status: 400, entries: null };
  const found = inbox.of(linenumber, isread === '1', Number(startdate ?? 0));
  const entries = pageOf(found, pagenumber);
  inbox.markRead(entries);
  return { status: 200, entries };
}

/** `line/blocked/list`. */
export function blockedList({ linenumber, blockreason, pagenumber }: Params, { inbox }: Account): Reply {
  if (linenumber === undefined) return { status: 400, entries: null };
  const all: ReturnType<Inbox['blockedBy']> = inbox.blockedBy(linenumber);
  const found = all.filter((one) => blockreason === undefined || one.blockreason === Number(blockreason));
  return { status: 200, entries: pageOf(found, pagenumber) };
}

function pageOf<Entry>(entries: readonly Entry[], page = '1'): readonly Entry[] {
  return entries.slice((Number(page) - 1) * onPage, Number(page) * onPage);
}
