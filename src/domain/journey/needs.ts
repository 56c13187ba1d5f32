import { servedChannels, type ChannelName } from '../message/message.js';
import type { CheckedTemplates } from '../message/templates.js';
import { channelsTried } from '../policy/channel-order.js';
import { consentFor } from '../policy/consent.js';
import type { Policy } from '../policy/policy.js';
import type { AskStep, EndStep, Journey, SendStep, Step, Trigger } from './journey.js';

type Texts = Pick<CheckedTemplates, 'channels' | 'usesServedLinks' | 'usesLookup' | 'usesMjml'>;

/** What a journey needs that production does not serve yet, by short names, each once. Simulations serve all of it. */
export function needsOf(journey: Journey, policy: Policy, templates?: Texts): readonly string[] {
  const steps = [...journey.steps.values(), ...journey.atEnd];
  const sends = steps.filter((step) => step.kind === 'send' || step.kind === 'ask');
  return [
    ...new Set([
      ...journey.triggers.flatMap(needsOfTrigger),
      ...needsOfExpressions(journey),
      ...steps.flatMap((step) => needsOfStep(step, steps)),
      ...[journey.purpose, ...sends.map(({ purpose }) => purpose)].flatMap((purpose) => holdsOf(purpose, policy)),
      ...sends.flatMap((step) => needsOfSend(step, policy, templates)),
      ...(journey.policy === undefined ? [] : ['policy']),
      ...Object.keys(journey.limits).map((key) => `limits.${key}`),
    ]),
  ];
}

function needsOfTrigger(trigger: Trigger): readonly string[] {
  if (trigger.kind !== 'event') return [`trigger ${trigger.kind}`];
  return trigger.broadcast ? ['trigger broadcast'] : [];
}

function needsOfExpressions({ uses }: Journey): readonly string[] {
  const asked = {
    audiences: uses.audiences.length > 0,
    scores: uses.scores.length > 0,
    quintile: uses.population,
    credit: uses.credit,
    spent: uses.spent,
  };
  return namesOf(asked);
}

function needsOfStep(step: Step | EndStep, steps: readonly (Step | EndStep)[]): readonly string[] {
  switch (step.kind) {
    case 'ask':
    case 'webhook':
    case 'grant':
      return [step.kind];
    case 'take_back':
      return steps.some((other) => other.kind === 'grant' && other.saveAs === step.name) ? ['take_back'] : [];
    default:
      return [];
  }
}

/** What may keep a message of that purpose from leaving at once. */
function holdsOf(name: string, policy: Policy): readonly string[] {
  const purpose = policy.purposes.get(name);
  if (purpose === undefined) return [];
  const { quietHours, caps, blackout, except, sample, notAfter, footer } = purpose;
  return namesOf({
    consent: consentFor(name, policy.purposes).required,
    quiet_hours: quietHours !== undefined,
    caps: caps.length > 0,
    blackout: blackout.length > 0,
    except: except.length > 0,
    sample: sample !== undefined,
    'purpose not_after': notAfter !== undefined,
    footer: footer !== undefined,
  });
}

function needsOfSend(step: SendStep | AskStep, policy: Policy, templates: Texts | undefined): readonly string[] {
  const has = templates?.channels(step.template);
  const tried = channelsOf(step, policy).filter((channel) => has?.includes(channel) ?? true);
  const byAudience = step.via === undefined && policy.channelOrder.some(({ audience }) => audience !== undefined);
  return [
    ...namesOf({
      via: step.via !== undefined,
      fallback_after: step.fallbackAfter !== undefined,
      else: step.otherwise !== undefined,
      'channel_order by audience': byAudience,
      links: templates?.usesServedLinks(step.template) === true,
      lookup: templates?.usesLookup(step.template) === true,
      mjml: templates?.usesMjml(step.template) === true,
    }),
    ...tried.filter((channel) => !servedChannels.includes(channel)).map((channel) => `channel ${channel}`),
  ];
}

function channelsOf({ via }: SendStep | AskStep, policy: Policy): readonly ChannelName[] {
  if (via === undefined) return channelsTried(policy.channelOrder);
  return via.filter((channel) => channel !== 'reply');
}

function namesOf(asked: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(asked).flatMap(([name, isAsked]) => (isAsked ? [name] : []));
}
