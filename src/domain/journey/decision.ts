import type { Grant } from '../credit/credit-book.js';
import type { HistoryEvent } from '../expression/scope.js';
import type { Json, JsonObject } from '../json.js';
import type { ChannelName, Content, TemplateContext } from '../message/message.js';
import type { ShortLink } from '../message/short-links.js';
import type { Duration } from '../time/duration.js';
import type { Clock, Instant } from '../time/instant.js';
import type { Enrolment } from './enrolment.js';
import type { Trigger } from './trigger.js';

/** What a decision is about. One event passes an enrolment three times: exits, goals and waits; then come the triggers. */
export type Stimulus =
  | { readonly kind: 'exits' | 'goals' | 'waits'; readonly event: HistoryEvent }
  | ({ readonly kind: 'trigger'; readonly event: HistoryEvent } & Before)
  /** A clock, or somebody's launch, starts this customer. */
  | ({ readonly kind: 'start'; readonly start: Start } & Before)
  /** The same start for someone inside whose journey says `while_inside: restart`: this ends the old enrolment. */
  | { readonly kind: 'restart' }
  /** A timer of it has fallen due. */
  | { readonly kind: 'timer' }
  /** The same start for someone inside whose journey says `while_inside: update`: it goes on with this data. */
  | { readonly kind: 'update'; readonly data: JsonObject }
  /** The customer wrote on this channel. */
  | { readonly kind: 'wrote'; readonly channel: ChannelName }
  /** A reply that the open `ask` takes; without a value it fits no answer, and the question is repeated. */
  | { readonly kind: 'reply'; readonly event: HistoryEvent; readonly answer: Answer | undefined }
  /** What became of a message that a step waits for, with the channel that took it, failed last or is tried next. */
  | {
      readonly kind: 'outcome';
      readonly message: string;
      readonly result: 'accepted' | 'failed' | 'withheld' | 'moved';
      readonly channel: ChannelName;
      readonly failedOn?: ChannelName | undefined;
    }
  /** What a web hook answered. */
  | { readonly kind: 'webhook'; readonly step: string; readonly status: number; readonly body: Json | undefined };

/** What a trigger is tried against: the last exit with this key; a restart tests neither that nor the control group nor limits. */
interface Before {
  readonly lastExit: Instant | undefined;
  readonly restarting?: true;
}

/** A scheduled or launched start, or a broadcast event's: its instant, and what becomes `trigger`. */
export interface Start {
  readonly trigger: Trigger;
  readonly at: Instant;
  readonly data: JsonObject;
  /** The broadcast event. */
  readonly event?: HistoryEvent;
}

export interface Answer {
  readonly value: string | number;
  /** How much of the reply it is: of several that fit, the longest wins. */
  readonly length: number;
}

/** What was decided: the enrolment as it stands now (undefined: none came of it), what is to be done, and why. */
export interface Decision {
  readonly enrolment: Enrolment | undefined;
  readonly effects: readonly Effect[];
  readonly trace: readonly Trace[];
  /** Someone inside, who therefore did not start, goes on with the new data. */
  readonly updates?: true;
  /** The event met a wait. */
  readonly met?: true;
}

export type Effect =
  | Remember
  | Change
  | Consent
  | Queue
  | TakeBack
  | Settled
  | Granted
  | Lessened
  | Redeemed
  | Emitted
  | Called
  | TaskOpened
  | TaskClosed;

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
  /** Names it among this customer's messages. */
  readonly message: string;
  readonly at: Instant;
  readonly customer: string;
  readonly journey: string;
  readonly key: string | undefined;
  readonly enrolment: number;
  readonly step: string;
  readonly template: string;
  readonly purpose: string;
  readonly attempts: readonly [Attempt, ...Attempt[]];
  /** Later than this it is not sent at all. */
  readonly notAfter: Instant | undefined;
  /** What is still queued then is tested again: the earlier of that, of the next quiet hours and of the next blackout. */
  readonly leaveBy: Instant | undefined;
  /** A question asked again: the same message, which no cap counts twice. */
  readonly repeats?: true;
  /** The next channel is tried if there is no receipt after this long. */
  readonly fallbackAfter: Duration | undefined;
  /** Whether its step waits to hear what became of it. */
  readonly awaited: boolean;
}

export interface Attempt {
  readonly channel: ChannelName;
  readonly to: string;
  readonly content: Content;
  /** What an e-mail's template saw: it is rendered from it again when it leaves. */
  readonly context: TemplateContext | undefined;
  readonly clock: Clock;
  /** What its links are served under, where they are. */
  readonly links?: readonly ShortLink[];
}

/** Whatever is still queued of an enrolment that has ended, or of a purpose (on a channel) withdrawn, does not leave. */
export interface TakeBack {
  readonly kind: 'take_back';
  readonly of:
    | { readonly journey: string; readonly enrolment: number }
    | { readonly purpose: string; readonly channel: ChannelName | undefined };
}

/** A provider has taken the message, at this cost in rials; or it has failed on every channel, and no longer counts. */
export interface Settled {
  readonly kind: 'settled';
  readonly message: string;
  readonly result: 'accepted' | 'failed';
  readonly cost: number;
}

/** Credit for the customer. */
export interface Granted {
  readonly kind: 'granted';
  readonly grant: Grant;
}

/** So much of a grant is gone: taken back, or run out. */
export interface Lessened {
  readonly kind: 'lessened';
  readonly grant: string;
  readonly amount: number;
}

export interface Redeemed {
  readonly kind: 'redeemed';
  readonly amount: number;
  readonly reference: string;
  readonly at: Instant;
}

/** An event of a journey's own; it is decided right after the present one. */
export interface Emitted {
  readonly kind: 'emitted';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly data: JsonObject;
}

/** A call of a web hook; its answer comes back as a stimulus where `awaited`. */
export interface Called {
  readonly kind: 'called';
  readonly journey: string;
  readonly key: string | undefined;
  readonly enrolment: number;
  readonly step: string;
  readonly url: string;
  readonly method: string;
  readonly body: Json | undefined;
  readonly timeOut: Duration | undefined;
  readonly awaited: boolean;
}

export interface TaskOpened {
  readonly kind: 'task_opened';
  readonly id: string;
  readonly journey: string;
  readonly key: string | undefined;
  readonly enrolment: number;
  readonly step: string;
  readonly title: string;
  readonly assignTo: string | undefined;
  readonly due: Instant | undefined;
  readonly results: readonly string[];
}

/** Nobody needs to do it any more. */
export interface TaskClosed {
  readonly kind: 'task_closed';
  readonly id: string;
}

/** In the order in which they are tested. */
export type NotEnteredReason =
  | 'draft'
  | 'stale_event'
  | 'condition_false'
  | 'not_in_audience'
  | 'not_running'
  | 'paused'
  | 'already_active'
  | 're_entry'
  | 'holdout'
  | 'limit';

/** Why a message did not leave, in the order in which it is tested; the reasons of a hold are in `HoldReason`. */
export type SuppressedReason =
  | 'excepted'
  | 'opted_out'
  | 'no_consent'
  | 'no_address'
  | 'sample'
  | 'too_late'
  | 'capped'
  | 'render_error';

export type HoldReason = 'blackout' | 'quiet_hours' | 'capped';

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
  | { readonly kind: 'deferred'; readonly template: string; readonly reason: HoldReason; readonly until: Instant }
  | { readonly kind: 'failed'; readonly template: string; readonly channel: ChannelName; readonly reason: string }
  | {
      readonly kind: 'waiting';
      readonly for?: string | readonly string[] | undefined;
      readonly until?: Instant | undefined;
    }
  | { readonly kind: 'resumed'; readonly by: 'event' | 'timeout' | 'time'; readonly event?: string }
  | { readonly kind: 'chosen'; readonly branch: number | 'else' | 'none' }
  | { readonly kind: 'split'; readonly branch: string }
  | {
      readonly kind: 'granted' | 'taken_back' | 'credit_expired';
      readonly amount?: number | undefined;
      readonly expires_at?: Instant | undefined;
      readonly balance?: number | undefined;
    }
  | { readonly kind: 'asked'; readonly template: string; readonly until?: Instant | undefined }
  | { readonly kind: 'answered'; readonly value: Json }
  | { readonly kind: 'set'; readonly values: JsonObject }
  | {
      readonly kind: 'emitted';
      readonly type: string;
      readonly data: JsonObject;
      readonly to_customer?: string | undefined;
    }
  /** At the end of an enrolment nobody waits for the answer: whoever calls fills in the status. */
  | { readonly kind: 'webhook'; readonly url: string; readonly status?: number | undefined }
  | {
      readonly kind: 'task';
      readonly task_id: string;
      readonly title: string;
      readonly assign_to?: string | undefined;
      readonly due?: Instant | undefined;
    }
  | { readonly kind: 'goal'; readonly value?: Json | undefined; readonly holdout?: true | undefined }
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
