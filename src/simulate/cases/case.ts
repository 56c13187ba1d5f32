import type { Customer } from '../../domain/customer.js';
import type { Trace } from '../../domain/journey/decision.js';
import type { Json } from '../../domain/json.js';
import type { Position } from '../../domain/problem.js';
import type { Instant } from '../../domain/time/instant.js';
import type { Launch, SimulatedEvent, Simulation, WebhookResults } from '../simulation.js';

export type Kind = Trace['kind'];

/** `journeys/<name>.cases.yaml`: what a journey is expected to do. */
export interface CasesFile {
  readonly file: string;
  readonly journey: string;
  readonly cases: readonly Case[];
}

export interface Case {
  readonly name: string;
  readonly position: Position;
  readonly customers: readonly Customer[];
  readonly events: readonly SimulatedEvent[];
  readonly launches: readonly Launch[];
  readonly from: Instant | undefined;
  readonly until: Instant;
  /** The case's own journey, and the others that run too. */
  readonly journeys: ReadonlySet<string>;
  readonly channelResults: Simulation['channelResults'];
  /** What web hooks answer, by the id of their step. */
  readonly webhookResults: WebhookResults;
  readonly expect: readonly Expected[];
}

/** One item of `expect`: a kind of line, and what its fields hold, in the form in which `simulate --json` prints them. */
export interface Expected {
  readonly kind: Kind;
  readonly position: Position;
  readonly fields: Readonly<Record<string, Json>>;
  readonly textContains: readonly string[];
}

/** A line of `simulate --json`. */
export interface Line {
  readonly at: string;
  readonly kind: Kind;
  readonly customer: string;
  readonly journey: string;
  readonly [field: string]: Json | undefined;
}
