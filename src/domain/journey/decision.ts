import type { HistoryEvent } from '../expression/scope.js';
import type { Json, JsonObject } from '../json.js';
import type { ChannelName, Content, TemplateContext } from '../message/message.js';
import type { Clock, Instant } from '../time/instant.js';
import type { Enrolment } from './enrolment.js';

/** What a decision is about. One event passes an enrolment three times: exits, goals and waits; then come the triggers. */
export type Stimulus =
  | { readonly kind: 'exits' | 'goals' | 'waits'; readonly event: HistoryEvent }
  | { readonly kind: 'trigger'; readonly event: HistoryEvent; readonly lastExit: Instant | undefined }
  /** The same start for someone inside whose journey says `while_inside: restart`: this ends the old enrolment. */
  | { readonly kind: 'restart' }
  /** A timer of it has fallen due. */
  | { readonly kind: 'timer' };

/** What was decided: the enrolment as it stands now (undefined: none came of it), what is to be done, and why. */
export interface Decision {
  readonly enrolment: Enrolment | undefined;
  readonly effects: readonly Effect[];
  readonly trace: readonly Trace[];
}

export type Effect = Remember | Change | Consent | Queue | TakeBack;

/** The event joins the customer's history. */
export interface Remember {
  readonly kind: 'remember';
  readonly event: HistoryEvent;
}

/** A JSON Merge Patch on the customer's attributes. */
export interface Change {
  readonly kind: 'change';
  readonly patch: JsonObject;
}

/** The last word on a purpose; with a channel it opens or closes that channel only. */
export interface Consent {
  readonly kind: 'consent';
  readonly purpose: string;
  readonly channel: ChannelName | undefined;
  readonly given: boolean;
}

/** A message for the outbox: the first attempt leaves, the others are tried on a permanent failure, in their order. */
export interface Queue {
  readonly kind: 'queue';
  readonly customer: string;
  readonly journey: string;
  readonly key: string | undefined;
  readonly enrolment: number;
  readonly step: string;
  readonly template: string;
  readonly purpose: string;
  readonly attempts: readonly [Attempt, ...Attempt[]];
  /** Later than this it may not leave. */
  readonly leaveBy: Instant | undefined;
}

export interface Attempt {
  readonly channel: ChannelName;
  readonly to: string;
  readonly content: Content;
  /** What an e-mail's template saw: it is rendered from it again when it leaves. */
  readonly context: TemplateContext | undefined;
  readonly clock: Clock;
}

/** Whatever is still queued of an enrolment that has ended, or of a purpose (on a channel) withdrawn, does not leave. */
export interface TakeBack {
  readonly kind: 'take_back';
  readonly of:
    | { readonly journey: string; readonly enrolment: number }
    | { readonly purpose: string; readonly channel: ChannelName | undefined };
}

export type NotEnteredReason = 'draft' | 'stale_event' | 'condition_false' | 'paused' | 'already_active' | 're_entry';
export type SuppressedReason = 'opted_out' | 'no_address' | 'too_late' | 'render_error';

/** One line of what happened, as `peyk simulate --json` prints it (journey-semantics, 12) and metrics count it. */
export type Trace = {
  readonly at: Instant;
  readonly customer: string;
  readonly journey: string;
  readonly key?: string | undefined;
  readonly step?: string | undefined;
} & TraceDetail;

export type TraceDetail =
  | { readonly kind: 'entered'; readonly started_by: string }
  | { readonly kind: 'not_entered'; readonly reason: NotEnteredReason }
  | SentDetail
  | {
      readonly kind: 'suppressed';
      readonly template: string;
      readonly reason: SuppressedReason;
      readonly detail?: string;
    }
  | { readonly kind: 'failed'; readonly template: string; readonly channel: ChannelName; readonly reason: string }
  | {
      readonly kind: 'waiting';
      readonly for?: string | readonly string[] | undefined;
      readonly until?: Instant | undefined;
    }
  | { readonly kind: 'resumed'; readonly by: 'event' | 'timeout' | 'time'; readonly event?: string }
  | { readonly kind: 'chosen'; readonly branch: number | 'else' | 'none' }
  | { readonly kind: 'goal'; readonly value?: Json | undefined }
  | { readonly kind: 'exited'; readonly reason: string };

export interface SentDetail {
  readonly kind: 'sent';
  readonly template: string;
  readonly channel: ChannelName;
  readonly to: string;
  readonly text: string;
  readonly subject?: string;
  readonly parts?: number;
}
