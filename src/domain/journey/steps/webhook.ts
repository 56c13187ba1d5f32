import type { Stimulus } from '../decision.js';
import type { Next, WebhookStep } from '../step.js';
import type { Run, Stopped } from '../run.js';

/** Calls it, and goes on when it has answered; at the end of an enrolment nobody waits for the answer. */
export function webhook(run: Run, step: WebhookStep, atEnd = false): Next | Stopped {
  if (step.saveAs !== undefined) run.forget([step.saveAs]);
  const { journey, key, seq: enrolment } = run.enrolment;
  const scope = run.scope();
  const named = step.url.evaluate(scope);
  const url = typeof named === 'string' ? named : JSON.stringify(named ?? '');
  run.do({
    kind: 'called',
    journey,
    key,
    enrolment,
    step: step.id,
    url,
    method: step.method,
    body: step.body?.evaluate(scope),
    timeOut: step.timeOut,
    awaited: !atEnd,
  });
  if (atEnd) {
    run.say({ kind: 'webhook', url }, step.id);
    return step.next;
  }
  run.edit().awaits = waitsFor(step);
  return 'waits';
}

function waitsFor({ id }: WebhookStep): string {
  return `webhook/${id}`;
}

/** What it answered; 2xx is well. */
export function takeWebhookAnswer(
  run: Run,
  step: WebhookStep,
  { status, body }: Extract<Stimulus, { kind: 'webhook' }>,
): Next | Stopped {
  if (run.state.awaits !== waitsFor(step)) return 'waits';
  run.edit().awaits = undefined;
  if (step.saveAs !== undefined) run.save(step.saveAs, { status, ...(body === undefined ? {} : { body }) });
  const well = status >= 200 && status < 300;
  return well ? step.next : (step.otherwise ?? step.next);
}
