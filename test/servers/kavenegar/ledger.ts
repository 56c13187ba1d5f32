/** A message that truly left for its receiver. `at`: milliseconds since 1970. */
export interface Sent {
  readonly receptor: string;
  readonly text: string;
  readonly localid: string | undefined;
  readonly at: number;
}

/** A message as the service keeps it, and as an entry shows it. */
export interface Entry {
  readonly messageid: number;
  readonly message: string;
  readonly status: number;
  readonly statustext: string;
  readonly sender: string;
  readonly receptor: string;
  readonly date: number;
  readonly cost: number;
}

export interface Draft {
  readonly receptor: string;
  readonly text: string;
  readonly localid: string | undefined;
  readonly sender: string;
}

const pricePerPart = 1200;
const queued = { status: 1, statustext: 'در صف ارسال' };
const blocked = { status: 14, statustext: 'بلاک شده است' };

/** What the account has sent, by message id and by the caller's own id, and what is left of its credit. */
export class Ledger {
  /** In rials; undefined never runs out. */
  credit: number | undefined;
  readonly blocked = new Set<string>();
  /** Hears of every new message, before its sender has an answer. */
  onAccepted: ((entry: Entry) => void) | undefined;
  /** How often a message came that was there already, by its `localid`, and so was not sent again. */
  repeats = 0;
  readonly #byMessageId = new Map<number, Entry>();
  readonly #byLocalId = new Map<string, Entry>();
  readonly #counts = new Map<string, number>();
  #sent: Sent[] = [];
  #lastId = 8_792_343;

  byMessageId(id: string): Entry | undefined {
    return this.#byMessageId.get(Number(id));
  }

  byLocalId(id: string): Entry | undefined {
    return this.#byLocalId.get(id);
  }

  /** What these would cost now: repeats and blocked receivers cost nothing. */
  price(drafts: readonly Draft[]): number {
    return drafts.reduce((sum, draft) => sum + (this.#goesOut(draft) ? costOf(draft.text) : 0), 0);
  }

  /** A known `localid` gives the message that is there; else it is sent, or kept as blocked. */
  accept(draft: Draft): Entry {
    const known = draft.localid === undefined ? undefined : this.#byLocalId.get(draft.localid);
    if (known !== undefined) {
      this.repeats += 1;
      return known;
    }
    const goesOut = this.#goesOut(draft);
    const entry = this.#entry(draft, goesOut);
    this.#byMessageId.set(entry.messageid, entry);
    if (draft.localid !== undefined) this.#byLocalId.set(draft.localid, entry);
    if (goesOut) this.#send(draft, entry.cost);
    this.onAccepted?.(entry);
    return entry;
  }

  /** The operator has told what became of it: 10 delivered, 11 undelivered. */
  outcome(messageid: number, status: number, statustext = 'رسیده به گیرنده'): void {
    const entry = this.#byMessageId.get(messageid);
    if (entry === undefined) return;
    const told = { ...entry, status, statustext };
    this.#byMessageId.set(messageid, told);
    for (const [localid, one] of this.#byLocalId) if (one === entry) this.#byLocalId.set(localid, told);
  }

  sent(): readonly Sent[] {
    return this.#sent;
  }

  /** How often each text left for each receiver, under `receptor + "\n" + text`. */
  counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  clear(): void {
    this.#byMessageId.clear();
    this.#byLocalId.clear();
    this.#counts.clear();
    this.#sent = [];
    this.repeats = 0;
  }

  #goesOut(draft: Draft): boolean {
    const isRepeat = draft.localid !== undefined && this.#byLocalId.has(draft.localid);
    return !isRepeat && !this.blocked.has(draft.receptor);
  }

  #entry(draft: Draft, goesOut: boolean): Entry {
    this.#lastId += 1;
    return {
      messageid: this.#lastId,
      message: draft.text,
      ...(goesOut ? queued : blocked),
      sender: draft.sender,
      receptor: draft.receptor,
      date: Math.floor(Date.now() / 1000),
      cost: goesOut ? costOf(draft.text) : 0,
    };
  }

  #send({ receptor, text, localid }: Draft, cost: number): void {
    if (this.credit !== undefined) this.credit -= cost;
    this.#sent.push({ receptor, text, localid, at: Date.now() });
    const key = `${receptor}\n${text}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }
}

/** Persian goes in parts of 70, or of 67 each where there are several. */
function costOf(text: string): number {
  return pricePerPart * (text.length <= 70 ? 1 : Math.ceil(text.length / 67));
}
