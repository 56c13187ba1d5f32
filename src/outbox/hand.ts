import { isJsonObject } from '../domain/json.js';
import type { Claimed } from './claimed.js';

interface Held {
  readonly message: Claimed;
  /** Messages of one text may go in one call; undefined for what goes by itself. */
  readonly text: string | undefined;
}

/** The messages that a lane has claimed and not yet called for, in the order in which they leave. */
export class Hand {
  private held: Held[] = [];
  /** Halves of calls for many that were refused: first in turn, each a call. */
  private halves: (readonly Claimed[])[] = [];
  /** What another provider of the channel could not take, and what there are no tokens for yet. */
  private adopted: Claimed[] = [];
  private readonly countOf = new Map<string, number>();

  get size(): number {
    return this.held.length + this.halves.reduce((sum, half) => sum + half.length, 0);
  }

  get waitingForTokens(): number {
    return this.adopted.length;
  }

  adopt(messages: readonly Claimed[]): void {
    this.adopted.push(...messages);
  }

  /** So many of them may leave; gives how many there were. */
  putAdopted(atMost: number): number {
    const messages = this.adopted.splice(0, atMost);
    this.put(messages);
    return messages.length;
  }

  put(messages: readonly Claimed[]): void {
    for (const message of messages) {
      const text = sharedText(message);
      this.held.push({ message, text });
      if (text !== undefined) this.countOf.set(text, (this.countOf.get(text) ?? 0) + 1);
    }
  }

  /** What a call for many was refused for: the halves are tried by themselves, so that one bad one is soon alone. */
  putHalves(messages: readonly Claimed[]): void {
    const middle = Math.ceil(messages.length / 2);
    const halves = [messages.slice(0, middle), messages.slice(middle)];
    this.halves.unshift(...halves.filter(({ length }) => length > 0));
  }

  /** The next message, with up to so many in all that have its text and other addresses. None: the hand is empty. */
  take(atMost: number): readonly Claimed[] {
    const half = this.halves.shift();
    if (half !== undefined) return half;
    const first = this.held.shift();
    if (first === undefined) return [];
    const { text } = first;
    this.forget(first);
    if (text === undefined || atMost < 2 || !this.countOf.has(text)) return [first.message];
    return [first.message, ...this.takeAlike(text, first.message.address, atMost - 1)];
  }

  /** Takes out those that are meant. */
  remove(isMeant: (message: Claimed) => boolean): readonly Claimed[] {
    const removed = this.held.filter(({ message }) => isMeant(message));
    const others = [...this.halves.flat(), ...this.adopted].filter(isMeant);
    if (removed.length + others.length === 0) return [];
    this.held = this.held.filter(({ message }) => !isMeant(message));
    this.halves = this.halves
      .map((half) => half.filter((message) => !isMeant(message)))
      .filter(({ length }) => length > 0);
    this.adopted = this.adopted.filter((message) => !isMeant(message));
    for (const one of removed) this.forget(one);
    return [...removed.map(({ message }) => message), ...others];
  }

  private takeAlike(text: string, address: string, atMost: number): readonly Claimed[] {
    const addresses = new Set([address]);
    const taken: Claimed[] = [];
    this.held = this.held.filter((one) => {
      if (one.text !== text || taken.length === atMost || addresses.has(one.message.address)) return true;
      addresses.add(one.message.address);
      taken.push(one.message);
      this.forget(one);
      return false;
    });
    return taken;
  }

  private forget({ text }: Held): void {
    if (text === undefined) return;
    const left = (this.countOf.get(text) ?? 0) - 1;
    if (left > 0) this.countOf.set(text, left);
    else this.countOf.delete(text);
  }
}

/** A probe tries with one; a registered text has a way of its own; what cannot be read fails by itself. */
function sharedText({ channel, content, probe }: Claimed): string | undefined {
  if (probe || channel !== 'sms' || !isJsonObject(content) || content['lookup'] !== undefined) return undefined;
  const { text, parts } = content;
  return typeof text === 'string' && typeof parts === 'number' ? text : undefined;
}
