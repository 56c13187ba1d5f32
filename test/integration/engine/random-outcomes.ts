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

/** Whether e-mails tell of their arrival, as in production they never do. */
export type Mail = 'tells' | 'quiet';

export interface Answer {
  readonly status: number;
  readonly body?: { readonly ok: boolean };
}

/** A channel is well, or not, for so long. */
const SLOT_MS = 6 * 3_600_000;

export function resultsAt({ results }: Plan, at: number): Results {
  return results[Math.floor(at / SLOT_MS) % results.length] ?? { sms: 'delivered', email: 'delivered' };
}

const results = (mail: Mail) =>
  fc.record<Results>({
    sms: fc.constantFrom('delivered', 'delivered', 'failed', 'silent', 'silent'),
    email: mail === 'quiet' ? fc.constantFrom('silent', 'silent', 'failed') : fc.constantFrom('delivered', 'failed'),
  });

/** All of these are a receiver's last word: what is tried again takes its time. */
const answer = fc.constantFrom<Answer>({ status: 200 }, { status: 200, body: { ok: true } }, { status: 404 });

export const plans = (mail: Mail): fc.Arbitrary<Plan> =>
  fc.record({
    results: fc.array(results(mail), { minLength: 1, maxLength: 5 }),
    answers: fc.record({ webhook: answer, 'webhook-2': answer, 'webhook-3': answer }),
  });

/**
 * Of a quiet e-mail production knows that no receipt will come, and does not fall back for want of it; to a simulation silence is
 * silence. Where there is no `fallback_after` before another channel, both go on alike.
 */
const sent = (kit: Kit, mail: Mail, depth: number) =>
  fc
    .record({
      purpose: fc.constantFrom(undefined, ...purposeNames),
      via: fc.constantFrom(undefined, undefined, undefined, 'reply', ['email', 'sms']),
      not_after: fc.constantFrom(undefined, undefined, undefined, '6 hours', '2 days'),
      fallback_after: fc.constantFrom(undefined, '10 minutes', '5 hours', '1 day'),
      else: optional(steps(kit, depth - 1, 2)),
    })
    .map((given) => (mail === 'quiet' && Array.isArray(given.via) ? { ...given, fallback_after: undefined } : given));

function send(kit: Kit, mail: Mail, depth: number): fc.Arbitrary<Yaml> {
  return sent(kit, mail, depth).map((given) => without({ send: 'hello', ...given }));
}

function ask(kit: Kit, mail: Mail, depth: number): fc.Arbitrary<Yaml> {
  const asked = fc.record({
    answers: fc.constantFrom<unknown>('1..5', ['red', 'blue'], { yes: [1, 'بله'], no: [2, 'نه'] }, 'text'),
    within: fc.constantFrom('1 hour', '1 day', '3 days', '1 week'),
    unless: fc.constantFrom(undefined, undefined, ['visit']),
    reask: fc.constantFrom(undefined, 1, 2),
  });
  return fc.tuple(sent(kit, mail, depth), asked).map(([given, more]) => without({ ask: 'hello', ...given, ...more }));
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

const aboutThis = { repair_id: '=trigger.repair_id' };
/** The other one of the two. */
const other = '=customer.id == "ann" ? "bob" : "ann"';
/** Some of it ends or silences what has just sent a message. */
const emit: fc.Arbitrary<Yaml> = fc.constantFrom<Yaml>(
  { emit: 'visit', data: { shop: 'a' } },
  { emit: 'visit', data: { shop: 'b' }, subject: other },
  { emit: 'repair.received', data: aboutThis },
  { emit: 'repair.received', data: aboutThis, subject: other },
  { emit: 'repair.estimated', data: { ...aboutThis, cost: '=toman(20000)' } },
  { emit: 'repair.ready', data: aboutThis },
  { emit: 'repair.ready', data: { repair_id: 'r1' }, subject: other },
  { emit: 'repair.delivered', data: aboutThis },
  { emit: 'repair.cancelled', data: aboutThis },
  { emit: 'consent.granted', data: { purpose: 'market' } },
  { emit: 'consent.withdrawn', data: { purpose: 'market' } },
  { emit: 'consent.withdrawn', data: { purpose: 'market', channel: 'sms' } },
);

const clicked = [
  'count("message.clicked") > 1',
  'count("message.clicked", "2 days", past.channel == "email") == 0',
  'last("message.clicked") > now - duration("30h")',
  'latest("message.clicked").channel == "sms"',
];

function kitOf(mail: Mail, more: Omit<Kit, 'deep' | 'types' | 'conditions' | 'top'>): Kit {
  const kit: Kit = {
    ...own,
    ...more,
    deep: (depth) => [
      { weight: 4, arbitrary: send(kit, mail, depth) },
      { weight: 5, arbitrary: ask(kit, mail, depth) },
      { weight: 2, arbitrary: webhook(kit, depth) },
    ],
  };
  return kit;
}

/** Journeys that hear what became of what they sent, asked and called. */
const own: Pick<Kit, 'types' | 'conditions' | 'top'> = {
  types: ['message.delivered', 'message.failed', 'message.received', 'message.clicked'],
  conditions: clicked,
  top: fc
    .record({
      on_change: fc.constantFrom(undefined, 'pin', 'move'),
      limits: fc.constantFrom(undefined, undefined, { entries: 3 }, { entries: '2 per 2 days' }),
    })
    .map(without),
};

const waitForClick: Yaml = { wait_for: 'message.clicked', at_most: '5 days' };
const clicks = { weight: 3, arbitrary: fc.constant(waitForClick) };

/** People leave and begin anew by what the shop tells, and by clicks. */
const silent = {
  plain: [clicks],
  exits: ['repair.cancelled', 'visit', 'message.clicked'],
  goals: ['repair.delivered', 'message.clicked'],
  closing: endings(fc.constant(end)),
} as const;

/** Journeys start each other, on and on. */
const emitting = {
  plain: [clicks, { weight: 2, arbitrary: emit }],
  exits: ['repair.cancelled', 'visit', 'message.clicked'],
  goals: ['repair.delivered', 'message.clicked'],
  starts: ['repair.estimated', 'repair.ready'],
  closing: endings(fc.constant(end), emit),
} as const;

export const outcomeKits: Readonly<Record<Mail, readonly [Kit, Kit]>> = {
  tells: [kitOf('tells', silent), kitOf('tells', emitting)],
  quiet: [kitOf('quiet', silent), kitOf('quiet', emitting)],
};
