/** A reply to one of the account's lines. `date`: seconds since 1970. */
export interface InboxEntry {
  readonly messageid: number;
  readonly message: string;
  readonly sender: string;
  readonly receptor: string;
  readonly date: number;
}

/** Somebody who does not want to hear from a line; reason 2 is an answer of «لغو۱۱». */
export interface BlockedNumber {
  readonly number: string;
  readonly blockreason: number;
  readonly date: number;
}

/** What came to the account's lines, which of it was read, and who has blocked them. */
export class Inbox {
  readonly #replies: InboxEntry[] = [];
  readonly #read = new Set<number>();
  readonly #blocked = new Map<string, BlockedNumber[]>();
  #lastId = 35_850_000;

  /** Somebody (09…) writes to a line. */
  receive(line: string, sender: string, message: string, date = Math.floor(Date.now() / 1_000)): InboxEntry {
    this.#lastId += 1;
    const entry = { messageid: this.#lastId, message, sender, receptor: line, date };
    this.#replies.push(entry);
    return entry;
  }

  block(line: string, number: string, blockreason = 2): void {
    const entry = { number, blockreason, date: Math.floor(Date.now() / 1_000) };
    this.#blocked.set(line, [...this.blockedBy(line), entry]);
  }

  of(line: string, isRead: boolean, since = 0): readonly InboxEntry[] {
    return this.#replies.filter(
      ({ receptor, messageid, date }) => receptor === line && this.#read.has(messageid) === isRead && date >= since,
    );
  }

  markRead(entries: readonly InboxEntry[]): void {
    for (const { messageid } of entries) this.#read.add(messageid);
  }

  blockedBy(line: string): readonly BlockedNumber[] {
    return this.#blocked.get(line) ?? [];
  }

  clear(): void {
    this.#replies.splice(0);
    this.#read.clear();
    this.#blocked.clear();
  }
}
