import type { Audience } from '../domain/audience/audience.js';
import type { Customer } from '../domain/customer.js';
import type { Trace } from '../domain/journey/decision.js';
import type { Witness } from '../domain/journey/witness.js';
import type { Json, JsonObject } from '../domain/json.js';
import type { Merge } from '../domain/merging/merge-faults.js';
import type { ChannelName } from '../domain/message/message.js';
import type { Instant } from '../domain/time/instant.js';
import type { Workspace } from '../domain/workspace.js';
import type { IncomingEvent } from '../intake/intake.js';

export interface SimulatedEvent extends IncomingEvent {
  /** When it arrives; its own time may be earlier. */
  readonly arrival: Instant;
}

/** Somebody starts a journey by hand, with the inputs that its trigger asks for. */
export interface Launch {
  readonly at: Instant;
  readonly journey: string;
  readonly data: JsonObject;
  /** Undefined: everybody whom the trigger's own audience lets in. */
  readonly audience?: Audience | undefined;
}

/** What a web hook answers, by the id of its step. */
export type WebhookResults = Readonly<Record<string, { readonly status: number; readonly body?: Json }>>;

export interface Simulation {
  readonly workspace: Workspace;
  readonly customers: readonly Customer[];
  readonly events: readonly SimulatedEvent[];
  readonly launches?: readonly Launch[] | undefined;
  /** Both included. Events that arrive before `from` are history: they start nothing. Default: the first arrival. */
  readonly from: Instant | undefined;
  readonly until: Instant;
  /** What becomes of a channel's messages, where it is not a delivery. */
  readonly channelResults: Readonly<Partial<Record<ChannelName, 'failed' | 'silent'>>>;
  /** Default: 200 and an empty body. */
  readonly webhookResults?: WebhookResults | undefined;
  readonly print: (line: Trace) => void;
  /** Who hears of this customer's decisions, rule by rule. */
  readonly witness?: ((customer: string) => Witness | undefined) | undefined;
  /** Who has become a second name of whom. */
  readonly merged?: ((merge: Merge) => void) | undefined;
  /** What a person should hear of that is no line. */
  readonly warn?: ((message: string) => void) | undefined;
}
