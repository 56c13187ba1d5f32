import type { Json, JsonObject } from '../../json.js';
import type { Customer } from '../../customer.js';
import { addressOf } from '../../message/address.js';
import { RenderError, type ChannelName, type TemplateContext } from '../../message/message.js';
import { printInstant, type Instant } from '../../time/instant.js';
import type { Attempt, SentDetail, SuppressedReason } from '../decision.js';
import { end } from '../ending.js';
import type { Next, SendStep } from '../journey.js';
import { testStandingExits } from '../rules.js';
import type { Run, Stopped } from '../run.js';

interface Suppressed {
  readonly reason: SuppressedReason;
  readonly detail?: string;
}
interface Cleared {
  readonly attempts: readonly [Attempt, ...Attempt[]];
  readonly leaveBy: Instant | undefined;
}

/** Tests the message against the list of journey-semantics 5, the first hit decides; then hands it to the outbox. */
export function send(run: Run, step: SendStep): Next | Stopped {
  if (testStandingExits(run)) return end(run, 'exit_rule');
  const outcome = clear(run, step);
  if ('reason' in outcome) run.say({ kind: 'suppressed', template: step.template, ...outcome }, step.id);
  else queue(run, step, outcome);
  return step.next;
}

function clear(run: Run, step: SendStep): Suppressed | Cleared {
  const { customer } = run.facts;
  if (customer.consent[step.purpose] === false) return { reason: 'opted_out' };
  const channels = openChannels(run, step);
  if (channels.length === 0) return { reason: 'no_address' };
  const leaveBy = step.notAfter?.until(run.scope(), run.now);
  if (leaveBy !== undefined && leaveBy < run.now) return { reason: 'too_late' };
  const rendered = render(run, step, channels);
  return 'reason' in rendered ? rendered : { attempts: rendered.attempts, leaveBy };
}

/** The preferred channel, then the policy's order; of these what the template has, with an address, not closed. */
function openChannels({ facts }: Run, step: SendStep): readonly (readonly [ChannelName, string])[] {
  const { policy, templates } = facts.workspace;
  const has = templates.channels(step.template);
  const closed = facts.customer.closed[step.purpose];
  const open: (readonly [ChannelName, string])[] = [];
  for (const channel of preferredFirst(has, facts.customer, policy.channelOrder)) {
    if (!has.includes(channel) || closed?.includes(channel) === true) continue;
    const address = addressOf(channel, facts.customer);
    if (address !== undefined) open.push([channel, address]);
  }
  return open;
}

function preferredFirst(
  has: readonly ChannelName[],
  { attributes }: Customer,
  order: readonly ChannelName[],
): readonly ChannelName[] {
  const preferred = attributes['preferred_channel'] ?? undefined;
  const first = preferred === undefined ? undefined : has.find((channel) => channel === preferred);
  return first === undefined ? order : [first, ...order.filter((channel) => channel !== first)];
}

/** The first channel's text has to come out; one of the others that does not is no way to fall back on. */
function render(
  run: Run,
  step: SendStep,
  [first, ...others]: readonly (readonly [ChannelName, string])[],
): Suppressed | Pick<Cleared, 'attempts'> {
  if (first === undefined) return { reason: 'no_address' };
  let gathered: TemplateContext | undefined;
  const context = (): TemplateContext => (gathered ??= contextOf(run, step));
  const attempt = renderOne(run, step, context, first);
  if (attempt instanceof RenderError) return { reason: 'render_error', detail: attempt.message };
  const attempts: [Attempt, ...Attempt[]] = [attempt];
  for (const other of others) {
    const rendered = renderOne(run, step, context, other);
    if (!(rendered instanceof RenderError)) attempts.push(rendered);
  }
  return { attempts };
}

function renderOne(
  { facts, now }: Run,
  { template }: SendStep,
  context: () => TemplateContext,
  [channel, to]: readonly [ChannelName, string],
): Attempt | RenderError {
  const { clock, workspace } = facts;
  try {
    const content = workspace.templates.render(template, channel, context, { now, clock });
    return { channel, to, content, clock, context: content.channel === 'email' ? context() : undefined };
  } catch (error) {
    if (error instanceof RenderError) return error;
    throw error;
  }
}

function contextOf(run: Run, step: SendStep): TemplateContext {
  const scope = run.scope();
  const extra: JsonObject = {};
  for (const [name, value] of Object.entries(step.with)) extra[name] = value.evaluate(scope) ?? null;
  return { ...(scope.names as Record<string, Json>), now: printInstant(run.now), ...extra };
}

function queue(run: Run, step: SendStep, { attempts, leaveBy }: Cleared): void {
  const { template, purpose } = step;
  const { customer, journey, key, seq: enrolment } = run.enrolment;
  const { id } = step;
  run.effects.push({
    kind: 'queue',
    customer,
    journey,
    key,
    enrolment,
    step: id,
    template,
    purpose,
    attempts,
    leaveBy,
  });
  run.say(sentDetail(template, attempts[0]), id);
}

/** How an attempt is told of in a trace. */
export function sentDetail(template: string, { channel, to, content }: Attempt): SentDetail {
  switch (content.channel) {
    case 'sms':
      return { kind: 'sent', template, channel, to, text: content.text, parts: content.parts };
    case 'email':
      return { kind: 'sent', template, channel, to, text: content.text, subject: content.subject };
  }
}
