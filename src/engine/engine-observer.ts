import type { Emitted, Trace } from '../domain/journey/decision.js';
import type { Instant } from '../domain/time/instant.js';
import type { IntakeSource } from '../intake/intake.js';

/** What the engine tells of its work: metrics and logs listen. */
export interface EngineObserver {
  events(source: IntakeSource, result: 'accepted' | 'duplicate' | 'dead', number: number): void;
  decided(trace: readonly Trace[]): void;
  /** A message was handed to the outbox. */
  queued(channel: string, purpose: string): void;
  /** A queued message came back from the outbox: too late, or withdrawn while a provider had it. */
  cameBack(channel: string, purpose: string, status: 'suppressed' | 'withdrawn'): void;
  /** How late the oldest of the timers just decided was, in milliseconds. */
  timerLag(milliseconds: number): void;
  /** A timer or event that could not be decided, with the error that a person has to look at. */
  poisoned(what: { customer: string; event?: string }, error: unknown): void;
  /** An event that a journey emitted is not decided: the chain that led to it is too long. */
  cut(event: Emitted): void;
  /** A journey has reached one of its limits. */
  pausedItself(journey: string, reason: string): void;
  /** A journey's file has changed: how many people stand where, before they are moved or leave. */
  changing(journey: string, how: string, people: readonly { step: string | null; people: number }[]): void;
  /** Something went wrong that will be tried again by itself. */
  trouble(where: string, error: unknown): void;
}

/** The instant to decide at, where time is virtual; undefined: the database's clock counts. */
export type VirtualClock = () => Instant | undefined;
