import type { Audience } from '../audience/audience.js';
import type { Uses } from '../expression/expression.js';
import { servedChannels, type ChannelName } from '../message/message.js';
import type { CheckedTemplates } from '../message/templates.js';
import { channelsTried } from '../policy/channel-order.js';
import type { Policy } from '../policy/policy.js';
import type { Journey } from './journey.js';
import type { AskStep, EndStep, SendStep, Step } from './step.js';
import type { Trigger } from './trigger.js';

type Texts = Pick<CheckedTemplates, 'channels'>;

/** What a journey needs that production does not serve yet, by short names, each once. Simulations serve all of it. */
export function needsOf(
  journey: Journey,
  policy: Policy,
  templates?: Texts,
  audiences: ReadonlyMap<string, Audience> = new Map(),
): readonly string[] {
  const steps = [...journey.steps.values(), ...journey.atEnd];
  const sends = steps.filter((step) => step.kind === 'send' || step.kind === 'ask');
  return [
    ...new Set([
      ...journey.triggers.flatMap(needsOfTrigger),
      ...needsOfExpressions(journey.uses),
      ...steps.flatMap((step) => needsOfStep(step, steps)),
      ...sends.flatMap((step) => askedOf(step, policy, audiences)).flatMap(needsOfExpressions),
      ...sends.flatMap((step) => needsOfSend(step, policy, templates)),
      ...(journey.limits.credit === undefined ? [] : ['limits.credit']),
    ]),
  ];
}

function needsOfTrigger(trigger: Trigger): readonly string[] {
  if (trigger.kind !== 'event') return [`trigger ${trigger.kind}`];
  return trigger.broadcast ? ['trigger broadcast'] : [];
}

function needsOfExpressions({ population, credit, spent }: Uses): readonly string[] {
  return namesOf({ quintile: population, credit, spent });
}

/** The policy asks too: whom it excepts, and whom it reaches where. */
function askedOf(
  { purpose }: SendStep | AskStep,
  policy: Policy,
  audiences: ReadonlyMap<string, Audience>,
): readonly Uses[] {
  const excepted = policy.purposes.get(purpose)?.except ?? [];
  const reached = policy.channelOrder.flatMap(({ audience }) => audience ?? []);
  return [...excepted, ...reached].flatMap((name) => audiences.get(name)?.condition.uses ?? []);
}

function needsOfStep(step: Step | EndStep, steps: readonly (Step | EndStep)[]): readonly string[] {
  switch (step.kind) {
    case 'grant':
      return [step.kind];
    case 'take_back':
      return steps.some((other) => other.kind === 'grant' && other.saveAs === step.name) ? ['take_back'] : [];
    default:
      return [];
  }
}

function needsOfSend(step: SendStep | AskStep, policy: Policy, templates: Texts | undefined): readonly string[] {
  const has = templates?.channels(step.template);
  const tried = channelsOf(step, policy).filter((channel) => has?.includes(channel) ?? true);
  return tried.filter((channel) => !servedChannels.includes(channel)).map((channel) => `channel ${channel}`);
}

function channelsOf({ via }: SendStep | AskStep, policy: Policy): readonly ChannelName[] {
  if (via === undefined) return channelsTried(policy.channelOrder);
  return via.filter((channel) => channel !== 'reply');
}

function namesOf(asked: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(asked).flatMap(([name, isAsked]) => (isAsked ? [name] : []));
}
