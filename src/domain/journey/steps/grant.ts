import { balanceAt, findGrant, restAt, withGrant, withLess, type Grant } from '../../credit/credit-book.js';
import { roundDown } from '../../expression/rounding.js';
import type { Json } from '../../json.js';
import { printInstant, type Instant } from '../../time/instant.js';
import type { Amount } from '../right-hand-side.js';
import type { GrantStep, TakeBackStep } from '../step.js';
import type { Run } from '../run.js';

/** Gives credit: rounded down first, then cut to the most, then to a whole rial; nothing where that is no more than zero. */
export function grant(run: Run, step: GrantStep): void {
  if (step.saveAs !== undefined) run.forget([step.saveAs]);
  const scope = run.scope();
  const amount = wholeAmount(run, step);
  if (amount === undefined || amount <= 0) return;
  const expiresAt = step.expires?.until(scope, run.now);
  const given: Grant = {
    id: grantId(run, step.id),
    journey: run.journey.name,
    key: run.enrolment.key,
    step: step.id,
    amount,
    rest: amount,
    grantedAt: run.now,
    expiresAt,
  };
  const balance = balanceAt(withGrant(run.book, given), run.now);
  run.do({ kind: 'granted', grant: given });
  run.say({ kind: 'granted', amount, expires_at: expiresAt, balance }, step.id);
  if (step.saveAs === undefined) return;
  run.nameGrant(step.saveAs, given.id);
  run.save(step.saveAs, saved(amount, balance, expiresAt));
}

function wholeAmount(run: Run, { amount, roundTo, atMost }: GrantStep): number | undefined {
  const scope = run.scope();
  const asked = amount.of(scope);
  if (asked === undefined) return undefined;
  const step = roundTo?.of(scope);
  const rounded = step !== undefined && step > 0 ? roundDown(asked, step) : asked;
  const most = atMost?.of(scope);
  return roundDown(most === undefined ? rounded : Math.min(rounded, most));
}

function grantId({ enrolment, facts, effects }: Run, step: string): string {
  // Joined, a text of its own: made of pieces it would hold each of them for as long as it is kept.
  return [enrolment.journey, enrolment.seq, step, `${String(facts.seq)}.${String(effects.length)}`].join('/');
}

function saved(amount: number, balance: number, expiresAt: Instant | undefined): Json {
  return { amount, ...(expiresAt === undefined ? {} : { expires_at: printInstant(expiresAt) }), balance };
}

/** Takes back what is left of a grant, so much at most. */
export function takeBackGrant(run: Run, step: TakeBackStep, id: string): void {
  const given = findGrant(run.book, id);
  const rest = given === undefined ? 0 : restAt(given, run.now);
  const amount = roundDown(Math.min(rest, mostOf(run, step.atMost) ?? rest));
  const balance = balanceAt(withLess(run.book, id, amount), run.now);
  if (amount > 0) {
    run.do({ kind: 'lessened', grant: id, amount });
    run.say({ kind: 'taken_back', amount, expires_at: given?.expiresAt, balance }, step.id);
  }
  if (step.saveAs !== undefined) run.save(step.saveAs, { amount, balance });
}

function mostOf(run: Run, amount: Amount | undefined): number | undefined {
  return amount?.of(run.scope());
}
