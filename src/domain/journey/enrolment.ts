import type { HistoryEvent } from '../expression/scope.js';
import type { Json, JsonObject } from '../json.js';
import type { ChannelName } from '../message/message.js';
import type { Instant } from '../time/instant.js';
import type { HoldReason, SuppressedReason } from './decision.js';

/**
 * One customer's way through one journey. `active`: it stands at a step; `watching`: its steps have ended, its goal
 * still counts; `ended`. Plain JSON apart from nothing: it is kept in a row and comes back the same.
 */
export interface Enrolment {
  readonly customer: string;
  readonly journey: string;
  /** The journey file that it entered on, and finishes on. */
  readonly version: string;
  /** The customer's decision number of its entry; with the journey's name it identifies the enrolment. */
  readonly seq: number;
  /** The value of `about`, as text; undefined where the journey has none. */
  readonly key: string | undefined;
  readonly status: 'active' | 'watching' | 'ended';
  /** Where it stands; undefined before the first step and after the last. */
  readonly step: string | undefined;
  readonly startedBy: string;
  readonly enteredAt: Instant;
  readonly endedAt: Instant | undefined;
  readonly reason: string | undefined;
  /** When its next timer falls due. */
  readonly wakeAt: Instant | undefined;
  readonly state: EnrolmentState;
}

export interface EnrolmentState {
  /** The triggering event's data. */
  readonly trigger: JsonObject;
  /** `scheduled`: not an event but a clock or a launch started it; `id` is then its instant. */
  readonly triggerEvent: { readonly id: string; readonly time: Instant; readonly scheduled?: true };
  readonly saved: Readonly<Record<string, Json>>;
  /** The wait it stands at, and the waits around it whose staying arm is running. */
  readonly waits: Readonly<Record<string, WaitState>>;
  /** Events decided since the last wait ended that a wait inside a staying arm may still count. */
  readonly missed: readonly HistoryEvent[];
  /** The customer's decision number when the last wait ended. */
  readonly lastWait: number;
  readonly expiresAt: Instant;
  readonly goalReached: boolean;
  // What few journeys need is left out where it is not needed.
  /** It was kept out as the control group. */
  readonly holdout?: true | undefined;
  /** The message that is held at the step where it stands. */
  readonly held?: HeldMessage | undefined;
  /** Messages that were held and then given up, the newest last: they are nowhere else. */
  readonly withheld?: readonly WithheldMessage[] | undefined;
  /** The question that it waits at. */
  readonly ask?: OpenAsk | undefined;
  /** The message or web hook whose outcome its step waits for. */
  readonly awaits?: string | undefined;
  /** The channel on which the customer last wrote. */
  readonly repliedOn?: ChannelName | undefined;
  /** Open tasks by id; `name` under which one was saved, `kept` where the end does not withdraw it. */
  readonly tasks?: Readonly<Record<string, OpenTask>> | undefined;
  /** Grants by the name under which they were saved. */
  readonly grants?: Readonly<Record<string, string>> | undefined;
}

export interface HeldMessage {
  /** When it was first tested. */
  readonly since: Instant;
  readonly until: Instant;
  /** Of messages of one instant the older goes first: the decision number at which it was first held. */
  readonly setBy: number;
  /** Why; not known of those held before this was kept. */
  readonly reason?: HoldReason;
}

/** Held from `since`, given up `at`. */
export interface WithheldMessage {
  readonly step: string;
  readonly template: string;
  readonly since: Instant;
  readonly at: Instant;
  readonly reason: SuppressedReason;
}

export interface OpenAsk {
  readonly step: string;
  /** The channels on which it was sent. */
  readonly channels: readonly ChannelName[];
  readonly sentAt: Instant;
  readonly setBy: number;
  readonly until: Instant | undefined;
  /** How often it may still be repeated. */
  readonly left: number;
}

export interface OpenTask {
  readonly name?: string | undefined;
  readonly kept?: true | undefined;
}

export interface WaitState {
  /** When it was reached. */
  readonly since: Instant;
  /** The decision number at which it was set: of timers of one instant the earlier set goes first. */
  readonly setBy: number;
  readonly until: Instant | undefined;
  /** When its clock arms fall due: a moment once set does not move. */
  readonly clocks: readonly Instant[];
  /** Numbers of the clock arms that are done with. */
  readonly fired: readonly number[];
  /** Numbers of those whose condition held when they fell due, while a staying arm ran. */
  readonly held: readonly number[];
  /** Events that met an arm but stand behind one that was taken first, or came while a staying arm ran. */
  readonly pending: readonly { readonly arm: number; readonly event: HistoryEvent }[];
}

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Written out, as every decision makes one: to spread it would cost more than to decide. */
export function copyOf(one: Enrolment): Mutable<Enrolment> {
  const { customer, journey, version, seq, key, status, step, startedBy, enteredAt, endedAt, reason, wakeAt, state } =
    one;
  return { customer, journey, version, seq, key, status, step, startedBy, enteredAt, endedAt, reason, wakeAt, state };
}

export function copyOfState(one: EnrolmentState): Mutable<EnrolmentState> {
  const { trigger, triggerEvent, saved, waits, missed, lastWait, expiresAt, goalReached } = one;
  const copy: Mutable<EnrolmentState> = {
    trigger,
    triggerEvent,
    saved,
    waits,
    missed,
    lastWait,
    expiresAt,
    goalReached,
  };
  if (one.holdout !== undefined) copy.holdout = one.holdout;
  if (one.held !== undefined) copy.held = one.held;
  if (one.withheld !== undefined) copy.withheld = one.withheld;
  if (one.ask !== undefined) copy.ask = one.ask;
  if (one.awaits !== undefined) copy.awaits = one.awaits;
  if (one.repliedOn !== undefined) copy.repliedOn = one.repliedOn;
  if (one.tasks !== undefined) copy.tasks = one.tasks;
  if (one.grants !== undefined) copy.grants = one.grants;
  return copy;
}
