import { isJsonObject, type Json, type JsonObject } from '../domain/json.js';
import { asciiUrl, plainLinks } from '../domain/message/short-links.js';
import type { Links } from '../domain/message/templates.js';
import type { Calendar } from '../domain/time/instant.js';

/** An e-mail as it waits: what its template saw, and what its links have become. */
export interface StoredEmail {
  readonly context: JsonObject;
  readonly now: number;
  readonly zone: string;
  readonly calendar: Calendar;
  readonly links: readonly StoredLink[];
  /** For mail programs to offer. */
  readonly unsubscribe: string | undefined;
}

/** Without a target: where the customer says that they want no more. */
export interface StoredLink {
  readonly url: string;
  readonly target?: string;
}

export function readEmail(content: unknown): StoredEmail {
  if (!isJsonObject(content)) throw new TypeError(expected);
  const { context, now, zone, calendar, links = [], unsubscribe } = content;
  if (!isJsonObject(context) || typeof now !== 'number' || typeof zone !== 'string' || !isCalendar(calendar)) {
    throw new TypeError(expected);
  }
  if (!Array.isArray(links) || !links.every(isLink)) throw new TypeError(expectedLinks);
  if (unsubscribe !== undefined && typeof unsubscribe !== 'string') throw new TypeError(expectedLinks);
  return { context, now, zone, calendar, links, unsubscribe };
}

/** The addresses that it was decided with; nothing is made anew. */
export function linksOf(links: readonly StoredLink[]): Links {
  const urls = new Map(links.map(({ url, target }) => [target, url]));
  return {
    link: (target) => urls.get(asciiUrl(target)) ?? target,
    unsubscribe: () => urls.get(undefined) ?? plainLinks.unsubscribe(),
  };
}

function isCalendar(value: Json | undefined): value is Calendar {
  return value === 'jalali' || value === 'gregorian';
}

function isLink(value: Json): value is JsonObject & StoredLink {
  if (!isJsonObject(value)) return false;
  const { url, target } = value;
  return typeof url === 'string' && (target === undefined || typeof target === 'string');
}

const expected = 'the content of an e-mail has to be {context, now, zone, calendar}';
const expectedLinks = 'the links of an e-mail have to be [{url, target}], what ends them a text';
