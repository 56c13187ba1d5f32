import type { Trace } from '../domain/journey/decision.js';
import type { Enrolment } from '../domain/journey/enrolment.js';
import type { Asked, Tested, Turn, Witness } from '../domain/journey/witness.js';
import type { Clock } from '../domain/time/instant.js';

/** `told`: no decision of an enrolment, but what became of something of it, such as a message's way. */
export interface HeardTurn extends Omit<Turn, 'enrolment' | 'stimulus'> {
  readonly stimulus: Turn['stimulus'] | 'told';
  /** That of a start is known when it has succeeded. */
  enrolment: number | undefined;
}

/** One thing that was heard, and in which turn. */
export type Heard = { readonly turn: HeardTurn } & (
  | { readonly kind: 'line'; readonly line: Trace }
  | { readonly kind: 'asked'; readonly asked: Asked }
  | { readonly kind: 'tested'; readonly tested: Tested }
);

/** All that was asked, tested and said about one customer, in its order, and how they stand at the end. */
export class Testimony implements Witness {
  readonly heard: Heard[] = [];
  private readonly standings = new Map<string, Enrolment>();
  private readonly lines = new WeakSet<Trace>();
  private turn: HeardTurn | undefined;
  private ties = new Set<string>();

  constructor(private readonly clock: Clock) {}

  get standing(): readonly Enrolment[] {
    return [...this.standings.values()];
  }

  turns(turn: Turn): void {
    if (this.turn === undefined || !isOneOccasion(this.turn, turn)) this.ties = new Set();
    this.turn = { ...turn };
  }

  asked(asked: Asked): void {
    if (this.turn !== undefined) this.heard.push({ turn: this.turn, kind: 'asked', asked });
  }

  tested(tested: Tested): void {
    if (this.turn === undefined || this.isTiedAgain(tested)) return;
    this.heard.push({ turn: this.turn, kind: 'tested', tested });
  }

  said(line: Trace, enrolment: number | undefined): void {
    if (this.turn === undefined) return;
    this.lines.add(line);
    this.turn.enrolment ??= enrolment;
    this.heard.push({ turn: this.turn, kind: 'line', line });
  }

  stands(enrolment: Enrolment): void {
    this.standings.set(`${enrolment.journey}/${String(enrolment.seq)}`, enrolment);
  }

  /** A line that is printed; most were heard when they were said. */
  print(line: Trace): void {
    if (this.lines.has(line)) return;
    const { at, journey, key } = line;
    const clock = this.turn?.clock ?? this.clock;
    const turn = { at, journey, key, enrolment: this.newest(line), stimulus: 'told', clock } as const;
    this.heard.push({ turn, kind: 'line', line });
  }

  private newest({ journey, key }: Trace): number | undefined {
    return this.standing.findLast((one) => one.journey === journey && one.key === key)?.seq;
  }

  /** Exits, goals and waits each ask whether an event is about this one. */
  private isTiedAgain({ rule, seen }: Tested): boolean {
    if (rule !== 'about') return false;
    const tie = JSON.stringify(seen);
    const before = this.ties.size;
    return this.ties.add(tie).size === before;
  }
}

/** One event passes an enrolment several times. */
export function isOneOccasion(a: Omit<HeardTurn, 'stimulus'>, b: Omit<HeardTurn, 'stimulus'>): boolean {
  if (a.journey !== b.journey || a.at !== b.at || a.enrolment !== b.enrolment) return false;
  return a.event?.id === b.event?.id;
}
