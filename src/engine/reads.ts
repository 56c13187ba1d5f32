import type { HistoryCall } from '../domain/expression/expression.js';
import type { Journey } from '../domain/journey/journey.js';
import type { MessageStep } from '../domain/journey/step.js';
import type { Duration } from '../domain/time/duration.js';
import type { Workspace } from '../domain/workspace.js';
import { allSteps } from './reachable-journeys.js';

/** What of a customer's history a journey's decisions may ask for. */
export interface Reads {
  readonly entering: readonly HistoryCall[];
  readonly inside: readonly HistoryCall[];
  /** When they answer and click. */
  readonly bestHour: boolean;
  /** The caps that its messages are under, with the purposes that they count. */
  readonly caps: readonly CountedCap[];
}

export interface CountedCap {
  readonly purpose: string;
  readonly per: Duration;
}

/** Today's policy asks too, before a message leaves: whom it excepts, and whom it reaches where. */
export function readsOf(journey: Journey, workspace: Workspace): Reads {
  const steps = allSteps(journey);
  const messages = steps.filter((step) => step.kind === 'send' || step.kind === 'ask');
  return {
    entering: journey.calls.entering,
    inside: [...journey.calls.inside, ...callsOfPolicy(messages, workspace)],
    bestHour: steps.some((step) => step.kind === 'wait_until' && step.moment === 'best_hour'),
    caps: [...new Set(messages.map(({ purpose }) => purpose))].flatMap((purpose) =>
      capsOn(purpose, journey, workspace),
    ),
  };
}

/** What the policy asks of a purpose's messages, whichever journey they are of: it may be there no more. */
export function readsOfPurpose(name: string, { policy, audiences }: Workspace): Reads {
  const { except = [], caps = [] } = policy.purposes.get(name) ?? {};
  return {
    entering: [],
    inside: except.flatMap((audience) => audiences.get(audience)?.condition.calls ?? []),
    bestHour: false,
    caps: caps.map(({ per }) => ({ purpose: name, per })),
  };
}

/** The purpose's and the journey's own; both count the purpose's messages of whatever journey. */
function capsOn(purpose: string, journey: Journey, { policy }: Workspace): readonly CountedCap[] {
  const caps = [...(policy.purposes.get(purpose)?.caps ?? []), ...(journey.policy?.caps ?? [])];
  return caps.map(({ per }) => ({ purpose, per }));
}

function callsOfPolicy(messages: readonly MessageStep[], { policy, audiences }: Workspace): readonly HistoryCall[] {
  if (messages.length === 0) return [];
  const excepted = messages.flatMap(({ purpose }) => policy.purposes.get(purpose)?.except ?? []);
  const reached = policy.channelOrder.flatMap(({ audience }) => audience ?? []);
  return [...new Set([...excepted, ...reached])].flatMap((name) => audiences.get(name)?.condition.calls ?? []);
}
