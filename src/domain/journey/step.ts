import type { Expression } from '../expression/expression.js';
import type { ChannelName } from '../message/message.js';
import type { Position } from '../problem.js';
import type { Duration } from '../time/duration.js';
import type { Amount, Limit, Template, TextOrExpression } from './right-hand-side.js';

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

/** Which replies an `ask` takes. Words are folded. */
export type Answers =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'words';
      readonly options: readonly { readonly value: string | number; readonly words: readonly string[] }[];
    }
  | { readonly kind: 'text' };
