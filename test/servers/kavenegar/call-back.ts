import type { InboxEntry } from './inbox.js';

/** As Kavenegar calls a line's status address; gives the HTTP status. */
export async function callBackStatus(url: string, messageid: number, status: number): Promise<number> {
  return (await fetch(`${url}?${query({ messageid, status })}`)).status;
}

/** As Kavenegar calls a line's address for replies, by POST or GET. */
export async function callBackReply(
  url: string,
  { sender, receptor, message, messageid }: InboxEntry,
  method: 'GET' | 'POST' = 'GET',
): Promise<number> {
  const fields = query({ from: sender, to: receptor, message, messageid });
  if (method === 'GET') return (await fetch(`${url}?${fields}`)).status;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return (await fetch(url, { method, headers, body: fields })).status;
}

function query(fields: Readonly<Record<string, string | number>>): string {
  return new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
