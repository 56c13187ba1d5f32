import type { Heard } from '../channels/inbound.js';
import { reach } from '../crash-points.js';
import type { EventOutcome, IncomingEvent } from '../intake/intake.js';
import type { Connection } from '../store/connection.js';
import { readContact, sortChats, type Contact } from './chats/chat-joining.js';
import { Gathering } from './gathering.js';
import { findReceipts, isReceipt, type Found, type Receipt, type Told } from './receipt-events.js';
import { isReply, replyEvents, type Door, type Reply } from './reply-events.js';

/** What became of something that a provider told; `early`: kept until its message is settled; `unreadable`: its ids cannot be kept. */
export type HeardResult = 'accepted' | 'duplicate' | 'dead' | 'early' | 'unknown' | 'unreadable' | 'joined';

/** Hears what was counted, by channel. */
export type CountHeard = (
  channel: string,
  kind: 'receipt' | 'reply' | 'chat',
  result: HeardResult,
  number: number,
) => void;

/** Decides events; resolves after the commit. */
export type Decide = (events: readonly IncomingEvent[]) => Promise<readonly EventOutcome[]>;

/** Makes events of what providers tell and has them decided, on the path of every event. */
export class WayBack {
  /** Receipts of a busy day come one by one. */
  private readonly finding = new Gathering<Told, Found>((told) => findReceipts(this.connection, told));

  constructor(
    private readonly connection: Connection,
    private readonly decide: Decide,
    private readonly count: CountHeard,
  ) {}

  /** Resolves when all is kept: it may be told again any number of times. */
  async take(door: Door, heard: readonly Heard[]): Promise<void> {
    const receipts = heard.filter(
      (one): one is Receipt => one.kind !== 'reply' && one.kind !== 'contact' && isReceipt(one),
    );
    const contacts = heard.flatMap((one) => (one.kind === 'contact' ? (readContact(door, one) ?? []) : []));
    const replies = heard.filter((one): one is Reply => one.kind === 'reply' && isReply(one));
    const unreadable = heard.length - receipts.length - replies.length - contacts.length;
    if (unreadable > 0) this.count(door.channel, 'receipt', 'unreadable', unreadable);
    await Promise.all([this.takeReceipts(door, receipts), this.takeReplies(door, replies, contacts)]);
  }

  private async takeReceipts(door: Door, receipts: readonly Receipt[]): Promise<void> {
    const told = receipts.map((receipt) => ({ provider: door.provider, receipt }));
    const found = await this.finding.add(told);
    for (const kind of ['early', 'unknown'] as const) {
      this.count(door.channel, 'receipt', kind, found.filter((one) => one.kind === kind).length);
    }
    const events = found.flatMap((one) => (one.kind === 'event' ? [one.event] : []));
    if (events.length > 0) reach('receipt.taken');
    const outcomes = events.length > 0 ? await this.decide(events) : [];
    if (events.length > 0) reach('receipt.kept');
    this.tell(door, 'receipt', outcomes);
  }

  private async takeReplies(door: Door, replies: readonly Reply[], contacts: readonly Contact[]): Promise<void> {
    const chats = await sortChats(this.connection, door, replies, contacts);
    this.count(door.channel, 'chat', 'joined', chats.joined);
    this.count(door.channel, 'chat', 'unknown', chats.strangers);
    const events = [...chats.events, ...(await replyEvents(this.connection, door, chats.others))];
    if (events.length > 0) reach('reply.taken');
    const outcomes = events.length > 0 ? await this.decide(events) : [];
    if (events.length > 0) reach('reply.kept');
    this.tell(
      door,
      'reply',
      outcomes.filter((_, place) => events[place]?.type === 'message.received'),
    );
  }

  private tell({ channel }: Door, kind: 'receipt' | 'reply', outcomes: readonly EventOutcome[]): void {
    for (const result of ['accepted', 'duplicate', 'dead'] as const) {
      this.count(channel, kind, result, outcomes.filter((outcome) => outcome.kind === result).length);
    }
  }
}
