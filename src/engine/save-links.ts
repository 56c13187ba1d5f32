import type { Connection } from '../store/connection.js';
import { insertLinks } from '../store/links/insert-links.sql.js';
import type { QueuedMessage } from './queue-messages.js';

/** Where the short links of these messages lead, those of channels that may still be tried too; ids count from `first`. */
export async function saveLinks(tx: Connection, messages: readonly QueuedMessage[], first: number): Promise<void> {
  const rows = messages.flatMap(({ message, now }, place) =>
    message.attempts.flatMap(({ channel, links = [] }) =>
      links.map((link) => ({ id: first + place, message, now, channel, ...link })),
    ),
  );
  if (rows.length === 0) return;
  await tx.run(insertLinks, [
    rows.map(({ code }) => code),
    rows.map(({ target }) => target ?? null),
    rows.map(({ id }) => id),
    rows.map(({ message }) => message.customer),
    rows.map(({ message }) => message.journey),
    rows.map(({ message }) => message.template),
    rows.map(({ message }) => message.purpose),
    rows.map(({ channel }) => channel),
    rows.map(({ now }) => now),
  ]);
}
