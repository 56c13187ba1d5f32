import type { Audience } from '../audience/audience.js';
import type { Expression } from '../expression/expression.js';
import type { RecordKind } from '../expression/kind.js';
import type { OccasionShift } from '../occasions/occasions.js';
import type { Cron } from '../time/cron.js';
import type { Duration } from '../time/duration.js';
import type { Calendar } from '../time/instant.js';
import type { TimeOfDay, Weekday } from '../time/zone.js';

/** What starts people: an event, or time, or somebody who launches it. */
export type Trigger =
  | EventTrigger
  | EveryTrigger
  | CronTrigger
  | OccasionTrigger
  | AnniversaryTrigger
  | AbsenceTrigger
  | CreditExpiringTrigger
  | ManualTrigger;

/** The triggers that a clock sets off, for the people of an audience. */
export type ScheduledTrigger = Exclude<Trigger, EventTrigger | ManualTrigger>;

interface TriggerBase {
  readonly when: Expression | undefined;
  readonly audience: Audience | undefined;
  readonly maxAge: Duration;
  /** `as`, else the event type, the occasion or the kind of trigger: what `started_by` says. */
  readonly startedBy: string;
}

export interface EventTrigger extends TriggerBase {
  readonly kind: 'event';
  readonly event: string;
  /** Without a subject: tried on every member of the audience. */
  readonly broadcast: boolean;
}

export interface EveryTrigger extends TriggerBase {
  readonly kind: 'every';
  readonly every: 'day' | 'month' | Weekday;
  readonly at: TimeOfDay;
}

/** Five fields of POSIX, on the workspace's clock. */
export interface CronTrigger extends TriggerBase {
  readonly kind: 'cron';
  readonly cron: Cron;
}

export interface OccasionTrigger extends TriggerBase {
  readonly kind: 'occasion';
  readonly occasion: string;
  readonly shift: OccasionShift;
}

/** `field`: the attribute of the customer that holds the date. */
export interface AnniversaryTrigger extends TriggerBase {
  readonly kind: 'anniversary';
  readonly field: readonly string[];
  readonly calendar: Calendar | undefined;
  readonly at: TimeOfDay;
}

/** None of these events for so long. */
export interface AbsenceTrigger extends TriggerBase {
  readonly kind: 'absence';
  readonly of: readonly string[];
  readonly for: Duration;
  readonly at: TimeOfDay | undefined;
}

export interface CreditExpiringTrigger extends TriggerBase {
  readonly kind: 'credit_expiring';
  /** How long before. */
  readonly lead: Duration;
  readonly at: TimeOfDay;
}

/** Launched by hand with these inputs. */
export interface ManualTrigger extends TriggerBase {
  readonly kind: 'manual';
  readonly inputs: RecordKind;
}
