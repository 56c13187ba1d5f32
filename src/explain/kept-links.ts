import type { LinkCodes } from '../domain/message/short-links.js';
import type { KeptLink } from '../store/explain/read-kept-links.sql.js';

/** What the links of one customer's messages became when they were decided; one that is not kept was not served then. */
export function keptLinks(links: readonly KeptLink[]): LinkCodes {
  const known = new Map(links.map((link) => [nameOf(link.ref, link.channel, link.target), link]));
  return {
    codeFor: ({ message, channel }, target) => {
      const found = known.get(nameOf(message, channel, target ?? null));
      return found && { code: found.code, url: found.url ?? `/${found.code}`, target };
    },
  };
}

function nameOf(message: string, channel: string, target: string | null): string {
  return JSON.stringify([message, channel, target]);
}
