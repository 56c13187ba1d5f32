import type { Effect, Queue, TakeBack } from '../domain/journey/decision.js';
import type { ChannelName } from '../domain/message/message.js';
import type { Instant } from '../domain/time/instant.js';

/** Whether a message was taken back: for certain, or only if it was on a certain channel by then. */
type Taken = 'no' | 'may' | 'must';

export interface ExpectedMessage {
  readonly message: Queue;
  readonly at: Instant;
  readonly bundle: number;
  readonly taken: Taken;
  /** Queued by one event and taken back by another of one instant: in one batch it never was, in two it was withdrawn. */
  readonly optional: boolean;
  /** Channels that were closed behind it: if it had not left by then, it falls back there no more. */
  readonly closed: readonly ChannelName[];
}

/** The messages that decisions have queued, and which of them later ones took back. */
export class ExpectedMessages {
  private readonly messages: { -readonly [K in keyof ExpectedMessage]: ExpectedMessage[K] }[] = [];

  get all(): readonly ExpectedMessage[] {
    return this.messages;
  }

  /** Takes one moment's effects. */
  take(effects: readonly Effect[], { at, bundle }: Pick<ExpectedMessage, 'at' | 'bundle'>): void {
    const earlier = this.messages.length;
    for (const effect of effects) {
      if (effect.kind === 'queue')
        this.messages.push({ message: effect, at, bundle, taken: 'no', optional: false, closed: [] });
      else if (effect.kind === 'take_back') this.takeBack(effect.of, earlier);
    }
  }

  private takeBack(of: TakeBack['of'], earlier: number): void {
    for (const [place, one] of this.messages.entries()) {
      const taken = takes(of, one.message);
      if (taken === 'no') continue;
      if (one.taken !== 'must') one.taken = taken;
      if ('channel' in of && of.channel !== undefined) one.closed = [...one.closed, of.channel];
      if (place >= earlier) one.optional = true;
    }
  }
}

function takes(of: TakeBack['of'], { journey, enrolment, purpose, attempts }: Queue): Taken {
  if ('journey' in of) return of.journey === journey && of.enrolment === enrolment ? 'must' : 'no';
  if (of.purpose !== purpose) return 'no';
  if (of.channel === undefined) return 'must';
  if (!attempts.some(({ channel }) => channel === of.channel)) return 'no';
  return attempts.length === 1 ? 'must' : 'may';
}
