import type { Json } from '../../json.js';
import { withFooter } from '../../message/footer.js';
import { RenderError, type ChannelName, type TemplateContext } from '../../message/message.js';
import { MessageLinks, type LinkPlace } from '../../message/short-links.js';
import { offersUnsubscribe } from '../../policy/offers-unsubscribe.js';
import { printInstant } from '../../time/instant.js';
import type { Attempt, SentDetail } from '../decision.js';
import type { MessageStep } from '../step.js';
import type { Run } from '../run.js';
import { withButtons } from './buttons.js';
import type { Open } from './channels.js';
import { messageId } from './message-id.js';

export type Rendered =
  | { readonly attempts: readonly [Attempt, ...Attempt[]] }
  | { readonly reason: 'render_error' | 'no_address'; readonly detail?: string };

/** The first channel's text has to come out; one of the others that does not is no way to fall back on. */
export function render(run: Run, step: MessageStep, [first, ...others]: readonly Open[]): Rendered {
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
  run: Run,
  step: MessageStep,
  context: () => TemplateContext,
  [channel, to]: Open,
): Attempt | RenderError {
  const { facts, now } = run;
  const { workspace } = facts;
  const { template, purpose } = step;
  const { zone, calendar } = facts.clock;
  const clock = { zone, calendar };
  try {
    const links = workspace.links && new MessageLinks(workspace.links, placeOf(run, step, channel));
    const plain = workspace.templates.render(template, channel, context, { now, clock }, links);
    const content = withButtons(withFooter(plain, workspace.policy.purposes.get(purpose)?.footer), step);
    const attempt = { channel, to, content, clock, context: content.channel === 'email' ? context() : undefined };
    return links === undefined ? attempt : withLinks(attempt, links, offersUnsubscribe(purpose, workspace.policy));
  } catch (error) {
    if (error instanceof RenderError) return error;
    throw error;
  }
}

function placeOf(run: Run, step: MessageStep, channel: ChannelName): LinkPlace {
  return { customer: run.enrolment.customer, message: messageId(run, step), channel, at: run.now };
}

/** An e-mail that its reader may be tired of says where to say so, whether its text does or not. */
function withLinks(attempt: Attempt, links: MessageLinks, offers: boolean): Attempt {
  const { content } = attempt;
  const unsubscribe = offers && content.channel === 'email' ? links.unsubscribeUrl() : undefined;
  const { all } = links;
  if (all.length === 0) return attempt;
  if (unsubscribe === undefined || content.channel !== 'email') return { ...attempt, links: all };
  return { ...attempt, content: { ...content, unsubscribe }, links: all };
}

function contextOf(run: Run, step: MessageStep): TemplateContext {
  const context = run.names() as Record<string, Json>;
  context['now'] = printInstant(run.now);
  for (const [name, value] of Object.entries(step.with)) context[name] = value.evaluate(run.scope()) ?? null;
  return context;
}

/** How an attempt is told of in a trace. */
export function sentDetail(template: string, { channel, to, content }: Attempt): SentDetail {
  switch (content.channel) {
    case 'sms':
      return { kind: 'sent', template, channel, to, text: content.text, parts: content.parts };
    case 'email':
      return { kind: 'sent', template, channel, to, text: content.text, subject: content.subject };
    default:
      return { kind: 'sent', template, channel, to, text: content.text };
  }
}
