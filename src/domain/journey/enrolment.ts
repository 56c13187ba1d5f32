import type { HistoryEvent } from '../expression/scope.js';
import type { Json, JsonObject } from '../json.js';
import type { Instant } from '../time/instant.js';

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
  readonly triggerEvent: { readonly id: string; readonly time: Instant };
  readonly saved: Readonly<Record<string, Json>>;
  /** The wait it stands at, and the waits around it whose staying arm is running. */
  readonly waits: Readonly<Record<string, WaitState>>;
  /** Events decided since the last wait ended that a wait inside a staying arm may still count. */
  readonly missed: readonly HistoryEvent[];
  /** The customer's decision number when the last wait ended. */
  readonly lastWait: number;
  readonly expiresAt: Instant;
  readonly goalReached: boolean;
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
