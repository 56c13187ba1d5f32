import type { BeginChat, Messenger } from '../../channels/chat-begin.js';
import type { Instant } from '../../domain/time/instant.js';
import { insertChatLink } from '../../store/chats/insert-chat-link.sql.js';
import type { Connection } from '../../store/connection.js';
import { findCustomer } from '../../store/customers/find-customer.sql.js';
import { rootOf } from '../../store/merging/root-of.js';
import { newStartCode } from './start-code.js';

/** A day: it stands in a message that is read today. */
export const VALID_SECONDS = 86_400;

export type ChatLink =
  | { readonly kind: 'made'; readonly customer: string; readonly link: string; readonly expiresAt: Instant }
  | { readonly kind: 'unknown_customer' }
  /** Nobody would hear who follows it. */
  | { readonly kind: 'no_hooks' }
  | { readonly kind: 'no_bot'; readonly reason: string };

/** Links to our bots, each for one customer and one chat. */
export class ChatLinks {
  constructor(
    private readonly connection: Connection,
    private readonly beginChat: BeginChat,
    private readonly hears: boolean,
  ) {}

  async make(given: string, messenger: Messenger): Promise<ChatLink> {
    if (!this.hears) return { kind: 'no_hooks' };
    const customer = await rootOf(this.connection, given);
    const [known] = await this.connection.run(findCustomer, [customer]);
    if (known === undefined) return { kind: 'unknown_customer' };
    const code = newStartCode();
    const begun = await this.beginChat(messenger, code);
    if (begun.kind === 'fails') return { kind: 'no_bot', reason: begun.reason };
    const [row] = await this.connection.run(insertChatLink, [code, customer, messenger, VALID_SECONDS]);
    if (row === undefined) throw new Error('the link was not kept');
    return { kind: 'made', customer, link: begun.link, expiresAt: row.expires_at };
  }
}
