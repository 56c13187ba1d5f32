import fc from 'fast-check';
import { optInWord, optOutWord, purposeNames } from '../../given/random-policy.js';
import type { Writing } from './random-journeys.js';
import { endings, optional, steps, without, type Kit, type Yaml } from './random-steps.js';

/** What becomes of what is handed to a channel in a time; and of calls of web hooks, by step. */
export interface Plan {
  readonly results: readonly Results[];
  readonly answers: Readonly<Record<string, Answer>>;
}

export type Result = 'delivered' | 'failed' | 'silent';
export type Results = Readonly<Record<'sms' | 'email', Result>>;

export interface Answer {
  readonly status: number;
  readonly body?: { readonly ok: boolean };
}

/** A channel is well, or not, for so long. */
const SLOT_MS = 6 * 3_600_000;

export function resultsAt({ results }: Plan, at: number): Results {
  return results[Math.floor(at / SLOT_MS) % results.length] ?? { sms: 'delivered', email: 'delivered' };
}

/**
 * An e-mail is never silent: in production its channel is known to give no receipts, and nothing falls back for want of one, in a
 * simulation it would.
 */
const results = fc.record<Results>({
  sms: fc.constantFrom('delivered', 'delivered', 'failed', 'silent', 'silent'),
  email: fc.constantFrom('delivered', 'delivered', 'failed'),
});

/** All of these are a receiver's last word: what is tried again takes its time. */
const answer = fc.constantFrom<Answer>({ status: 200 }, { status: 200, body: { ok: true } }, { status: 404 });

export const plans: fc.Arbitrary<Plan> = fc.record({
  results: fc.array(results, { minLength: 1, maxLength: 5 }),
  answers: fc.record({ webhook: answer, 'webhook-2': answer, 'webhook-3': answer }),
});

const sent = (kit: Kit, depth: number) =>
  fc.record({
    purpose: fc.constantFrom(undefined, ...purposeNames),
    via: fc.constantFrom(undefined, undefined, undefined, 'reply', ['email', 'sms']),
    not_after: fc.constantFrom(undefined, undefined, undefined, '6 hours', '2 days'),
    fallback_after: fc.constantFrom(undefined, '10 minutes', '5 hours', '1 day'),
    else: optional(steps(kit, depth - 1, 2)),
  });

function send(kit: Kit, depth: number): fc.Arbitrary<Yaml> {
  return sent(kit, depth).map((given) => without({ send: 'hello', ...given }));
}

function ask(kit: Kit, depth: number): fc.Arbitrary<Yaml> {
  const asked = fc.record({
    answers: fc.constantFrom<unknown>('1..5', ['red', 'blue'], { yes: [1, 'بله'], no: [2, 'نه'] }, 'text'),
    within: fc.constantFrom('1 hour', '1 day', '3 days', '1 week'),
    unless: fc.constantFrom(undefined, undefined, ['visit']),
    reask: fc.constantFrom(undefined, 1, 2),
  });
  return fc.tuple(sent(kit, depth), asked).map(([given, more]) => without({ ask: 'hello', ...given, ...more }));
}

function webhook(kit: Kit, depth: number): fc.Arbitrary<Yaml> {
  const body = { who: '=customer.id' };
  return optional(steps(kit, depth - 1, 2)).map((otherwise) =>
    without({ webhook: 'https://example.com/hook', body, else: otherwise }),
  );
}

/** Called at the end, when nobody waits for its answer: only a simulation tells of one. */
export const CLOSING_URL = 'https://example.com/end';
const end: Yaml = { webhook: CLOSING_URL };

export const writing: Writing = {
  weight: 6,
  texts: ['1', '5', 'red', 'بله', 'hello', '2 نه', '1', optOutWord, optInWord],
};

/**
 * Journeys that hear what became of what they sent, asked and called. They emit nothing: serving decides what a journey emits before
 * its messages leave, a simulation each in its turn.
 */
export const outcomeKit: Kit = {
  plain: [],
  types: ['message.delivered', 'message.failed', 'message.received'],
  closing: endings(fc.constant(end)),
  top: fc
    .record({
      on_change: fc.constantFrom(undefined, 'pin', 'move'),
      limits: fc.constantFrom(undefined, undefined, { entries: 3 }, { entries: '2 per 2 days' }),
    })
    .map(without),
  deep: (depth) => [
    { weight: 4, arbitrary: send(outcomeKit, depth) },
    { weight: 5, arbitrary: ask(outcomeKit, depth) },
    { weight: 2, arbitrary: webhook(outcomeKit, depth) },
  ],
};
