import type { HistoryEvent } from '../expression/scope.js';
import type { Json, JsonObject } from '../json.js';
import type { Called } from './decision.js';

/** What an answer names its call by. */
export type Answered = Pick<Called, 'journey' | 'key' | 'enrolment' | 'step' | 'url' | 'awaited'>;

export interface WebhookAnswer {
  /** Of HTTP; 0 where nobody has answered. */
  readonly status: number;
  readonly body: Json | undefined;
}

/** In production an answer comes back as an event of the engine's own: nobody else may send one, and no file can name it. */
export const webhookAnswered = { source: '/webhooks', type: 'webhook.answered' } as const;

/** The call that an event answers; undefined for every other event. */
export function readAnswer(
  event: HistoryEvent,
): { readonly call: Answered; readonly answer: WebhookAnswer } | undefined {
  if (event.type !== webhookAnswered.type || event.source !== webhookAnswered.source) return undefined;
  const call = readCall(event.data);
  const { status, body } = event.data;
  return call && typeof status === 'number' ? { call, answer: { status, body } } : undefined;
}

function readCall({ journey, key, enrolment, step, url }: JsonObject): Answered | undefined {
  if (typeof journey !== 'string' || typeof enrolment !== 'number') return undefined;
  if (typeof step !== 'string' || typeof url !== 'string') return undefined;
  return { journey, key: typeof key === 'string' ? key : undefined, enrolment, step, url, awaited: true };
}
