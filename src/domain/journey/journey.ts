import type { Audience } from '../audience/audience.js';
import type { Expression, HistoryCall, Uses } from '../expression/expression.js';
import type { RecordKind } from '../expression/kind.js';
import type { Scope } from '../expression/scope.js';
import type { Json } from '../json.js';
import type { ChannelName } from '../message/message.js';
import type { OccasionShift } from '../occasions/occasions.js';
import type { JourneyPolicy } from '../policy/journey-policy.js';
import type { Position } from '../problem.js';
import type { Cron } from '../time/cron.js';
import type { Duration } from '../time/duration.js';
import type { Calendar, Instant } from '../time/instant.js';
import type { TimeOfDay, Weekday } from '../time/zone.js';

/** A journey as the checker leaves it: every name resolved, every expression compiled, every step with its successor. */
export interface Journey {
  readonly name: string;
  /** The first 16 hex digits of the SHA-256 of the file: people inside stay on the version they entered. */
  readonly version: string;
  readonly title: string | undefined;
  readonly draft: boolean;
  /** The time in which it starts people, both ends included. */
  readonly runs: { readonly from: Limit | undefined; readonly to: Limit | undefined };
  readonly purpose: string;
  /** In addition to the purpose's: tighter, never looser. */
  readonly policy: JourneyPolicy | undefined;
  /** 1 (first) to 9. */
  readonly priority: number;
  readonly about: About | undefined;
  readonly triggers: readonly Trigger[];
  readonly entry: Entry;
  readonly limits: Limits;
  /** The share kept out as the control group, from 0 to below 1. */
  readonly holdout: number;
  readonly onChange: 'pin' | 'move' | 'exit';
  /** Under `move`, the new ids of steps that were renamed. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly exits: readonly ExitRule[];
  readonly goals: readonly GoalRule[];
  readonly lastsAtMost: Duration;
  readonly first: Next;
  readonly steps: ReadonlyMap<string, Step>;
  /** Done however an enrolment ends, one after the other. */
  readonly atEnd: readonly EndStep[];
  /** Calls over history, of the triggers' conditions and of everything else: what has to be read. */
  readonly calls: { readonly entering: readonly HistoryCall[]; readonly inside: readonly HistoryCall[] };
  /** What else its expressions ask for: audiences, scores, credit. */
  readonly uses: Uses;
  /** Event types that its triggers listen to. */
  readonly startsOn: ReadonlySet<string>;
  /** Event types that its exits, goals and waits listen to. */
  readonly listensTo: ReadonlySet<string>;
  /** Of those, the ones that `about` ties: earlier events of these types are looked at, at entry and at a wait. */
  readonly tiedTypes: readonly string[];
}

/** The entry key: a field of the event (its path), which also ties events that have it, or an expression, which ties none. */
export type About =
  | { readonly kind: 'field'; readonly path: readonly string[]; readonly ties: ReadonlySet<string> }
  | { readonly kind: 'expression'; readonly value: Expression };

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

/** Past one of them nobody starts. Without `per` it is over the journey's life; `credit` in rials. */
export interface Limits {
  readonly entries?: { readonly amount: number; readonly per: Duration | undefined };
  readonly credit?: { readonly amount: number; readonly per: Duration | undefined };
}

export interface Entry {
  readonly again: { readonly kind: 'always' | 'never' } | { readonly kind: 'after'; readonly duration: Duration };
  readonly whileInside: 'ignore' | 'restart' | 'update';
}

/** Without `event` it is tested at every event of the customer and before every send. */
export interface ExitRule {
  readonly event: string | undefined;
  readonly when: Expression | undefined;
}

export interface GoalRule {
  readonly event: string | undefined;
  readonly when: Expression | undefined;
  readonly value: Expression | undefined;
  /** Counted from entry. */
  readonly within: Limit;
  readonly continues: boolean;
}

/** What comes after a step: another one, the end, or back to the `wait_for` whose staying arm this was. */
export type Next =
  | { readonly kind: 'step'; readonly id: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'back'; readonly to: string };

export type Step =
  | SendStep
  | AskStep
  | WaitStep
  | WaitUntilStep
  | WaitForStep
  | ChooseStep
  | SplitStep
  | GrantStep
  | TakeBackStep
  | SetStep
  | EmitStep
  | WebhookStep
  | TaskStep
  | StopStep;

/** The kinds that `at_end` may hold. None of them waits there. */
export type EndStep = SetStep | EmitStep | TaskStep | TakeBackStep | WebhookStep;

interface StepBase {
  readonly id: string;
  readonly next: Next;
  readonly position: Position;
}

/** What a `send` and an `ask` have in common. */
export interface MessageStep extends StepBase {
  readonly template: string;
  /** The step's own purpose, else the journey's. */
  readonly purpose: string;
  readonly with: Readonly<Record<string, TextOrExpression>>;
  /** The channels to try, in their order; undefined: the customer's and the policy's. `reply`: where they last wrote. */
  readonly via: readonly (ChannelName | 'reply')[] | undefined;
  /** The next channel, if there is no receipt by then. */
  readonly fallbackAfter: Duration | undefined;
  readonly notAfter: Limit | undefined;
  /** `else`: where it leads when it was suppressed or failed on every channel (and, for an ask, unanswered). */
  readonly otherwise: Next | undefined;
}

export interface SendStep extends MessageStep {
  readonly kind: 'send';
}

export interface AskStep extends MessageStep {
  readonly kind: 'ask';
  readonly answers: Answers;
  /** Counted from the sending. */
  readonly within: Limit;
  /** One of these events closes it. */
  readonly unless: readonly string[];
  /** How often it is sent again after a reply that fits none. */
  readonly reask: number;
  readonly saveAs: string | undefined;
}

/** `wait`: until then, counted from when it is reached. */
export interface WaitStep extends StepBase {
  readonly kind: 'wait';
  readonly ends: Limit;
}

export interface WaitUntilStep extends StepBase {
  readonly kind: 'wait_until';
  readonly moment: Limit | 'best_hour';
  /** Where it leads when the moment comes, when it had passed; both end in `next`. */
  readonly then: Next;
  readonly otherwise: Next;
}

export interface WaitForStep extends StepBase {
  readonly kind: 'wait_for';
  /** Written as a list of arms; the short form names one event. */
  readonly listed: boolean;
  readonly arms: readonly EventArm[];
  readonly clocks: readonly ClockArm[];
  readonly atMost: Limit | undefined;
  /** Where a time-out leads: `else`, or simply on. */
  readonly otherwise: Next;
}

export interface EventArm {
  readonly event: string;
  readonly when: Expression | undefined;
  readonly since: 'entry' | 'last_wait';
  /** Whether `about` ties this event type: only events with the same key count. */
  readonly tied: boolean;
  readonly saveAs: string | undefined;
  readonly then: Next;
  /** After its `then` the wait goes on. */
  readonly stays: boolean;
}

/** `{after: 2 days}`: once, and the wait goes on. */
export interface ClockArm {
  readonly after: Duration;
  readonly when: Expression | undefined;
  readonly then: Next;
}

export interface ChooseStep extends StepBase {
  readonly kind: 'choose';
  readonly branches: readonly { readonly when: Expression; readonly then: Next }[];
  readonly otherwise: Next | undefined;
}

export interface SplitStep extends StepBase {
  readonly kind: 'split';
  /** `upTo`: the shares of this arm and of those above it. */
  readonly arms: readonly { readonly name: string; readonly upTo: number; readonly then: Next }[];
}

export interface GrantStep extends StepBase {
  readonly kind: 'grant';
  /** Rials, like the others. */
  readonly amount: Amount;
  readonly expires: Limit | undefined;
  readonly atMost: Amount | undefined;
  readonly roundTo: Amount | undefined;
  readonly saveAs: string | undefined;
}

/** The rest of the grant, or the open task, saved under that name. */
export interface TakeBackStep extends StepBase {
  readonly kind: 'take_back';
  readonly name: string;
  readonly atMost: Amount | undefined;
  readonly saveAs: string | undefined;
}

export interface SetStep extends StepBase {
  readonly kind: 'set';
  readonly values: Readonly<Record<string, TextOrExpression>>;
}

export interface EmitStep extends StepBase {
  readonly kind: 'emit';
  readonly type: string;
  readonly data: Template;
  /** Undefined: this customer. */
  readonly subject: TextOrExpression | undefined;
}

export interface WebhookStep extends StepBase {
  readonly kind: 'webhook';
  readonly url: TextOrExpression;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body: Template | undefined;
  readonly timeOut: Duration | undefined;
  readonly saveAs: string | undefined;
  readonly otherwise: Next | undefined;
}

export interface TaskStep extends StepBase {
  readonly kind: 'task';
  readonly title: TextOrExpression;
  /** The title as the file has it, for a picture. */
  readonly written?: string;
  readonly assignTo: TextOrExpression | undefined;
  readonly due: Limit | undefined;
  readonly results: readonly string[];
  /** The journey waits until it is done, so long at most; undefined: it goes on at once. */
  readonly within: Limit | undefined;
  readonly saveAs: string | undefined;
  readonly otherwise: Next | undefined;
}

export interface StopStep extends StepBase {
  readonly kind: 'stop';
  readonly reason: TextOrExpression;
  /** The same where it is written out. */
  readonly written?: string;
}

/** A right-hand side: text with Handlebars in it, or `=expression`. Unknown is undefined. */
export interface TextOrExpression {
  evaluate(scope: Scope): Json | undefined;
}

/** A duration from when it is reached, or a moment: undefined where the moment is unknown. */
export interface Limit {
  until(scope: Scope, from: Instant): Instant | undefined;
}

/** Money in rials, not yet rounded; undefined where it is unknown. */
export interface Amount {
  of(scope: Scope): number | undefined;
}

/** JSON whose leaves are texts or expressions, such as the `data` of an `emit`; what is unknown is left out. */
export interface Template {
  evaluate(scope: Scope): Json;
}

/** Which replies an `ask` takes. Words are folded. */
export type Answers =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'words';
      readonly options: readonly { readonly value: string | number; readonly words: readonly string[] }[];
    }
  | { readonly kind: 'text' };
