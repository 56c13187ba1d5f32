import type { Metrics } from '../../ops/metrics.js';
import type { Coalescer } from '../coalesce.js';
import type { EventOutcome, IncomingEvent, Refusal } from '../intake.js';
import type { EventValidator } from '../validate-event.js';

/** An event of a request that was not taken in, by its place in the request. */
export interface Rejected {
  readonly index: number;
  readonly id?: string;
  readonly errors: readonly Refusal[];
}

/** An event that was taken, and what in it looks like a slip of the pen; it is kept as it came. */
export interface Warned {
  readonly index: number;
  readonly id: string;
  readonly messages: readonly string[];
}

export interface EventsAnswer {
  /** New events, stored and decided. */
  readonly accepted: number;
  /** Events that had come before; nothing happened again. */
  readonly duplicates: number;
  readonly rejected: readonly Rejected[];
  /** Left out where there are none. */
  readonly warnings?: readonly Warned[];
}

interface Sorted {
  readonly good: { readonly index: number; readonly event: IncomingEvent }[];
  readonly rejected: Rejected[];
  readonly warned: Warned[];
}

/** Takes the good events of a request in and says what is wrong with the others. */
export class EventIntake {
  constructor(
    private readonly validate: EventValidator,
    private readonly coalescer: Coalescer,
    private readonly metrics: Metrics,
  ) {}

  /** Resolves after the commit. Rejects as `Coalescer.decide` does. */
  async take(inputs: readonly unknown[]): Promise<EventsAnswer> {
    const { good, rejected, warned } = this.#sort(inputs);
    this.metrics.events('http', 'rejected', rejected.length);
    const outcomes = await this.coalescer.decide(good.map(({ event }) => event));
    const dead = outcomes.flatMap((outcome, at) => deadAt(outcome, good[at]));
    const answer = {
      accepted: count(outcomes, 'accepted'),
      duplicates: count(outcomes, 'duplicate'),
      rejected: [...rejected, ...dead].sort((a, b) => a.index - b.index),
      ...(warned.length > 0 && { warnings: warned }),
    };
    this.#countTaken(answer, dead.length);
    return answer;
  }

  #sort(inputs: readonly unknown[]): Sorted {
    const sorted: Sorted = { good: [], rejected: [], warned: [] };
    inputs.forEach((input, index) => {
      const validated = this.validate(input);
      if (!('event' in validated)) {
        sorted.rejected.push({ index, ...idOf(input), errors: validated.refusals });
        return;
      }
      const { event, warnings } = validated;
      sorted.good.push({ index, event });
      if (warnings !== undefined) sorted.warned.push({ index, id: event.id, messages: warnings });
    });
    return sorted;
  }

  #countTaken({ accepted, duplicates }: EventsAnswer, dead: number): void {
    this.metrics.events('http', 'accepted', accepted);
    this.metrics.events('http', 'duplicate', duplicates);
    this.metrics.events('http', 'dead', dead);
  }
}

/** 202: all were taken; 207: look into it; 400: none was. */
export function statusOf({ accepted, duplicates, rejected }: EventsAnswer): 202 | 207 | 400 {
  if (rejected.length === 0) return 202;
  const kept =
    accepted + duplicates > 0 || rejected.some(({ errors }) => errors.some(({ place }) => place === deadPlace));
  return kept ? 207 : 400;
}

const deadPlace = 'engine';

function deadAt(outcome: EventOutcome, taken: Sorted['good'][number] | undefined): readonly Rejected[] {
  if (outcome.kind !== 'dead' || taken === undefined) return [];
  const message = `could not be decided and lies in the dead letters (peyk dead-letters): ${outcome.reason}`;
  return [{ index: taken.index, id: taken.event.id, errors: [{ place: deadPlace, message }] }];
}

function count(outcomes: readonly EventOutcome[], kind: EventOutcome['kind']): number {
  return outcomes.filter((outcome) => outcome.kind === kind).length;
}

function idOf(input: unknown): { readonly id?: string } {
  if (typeof input !== 'object' || input === null || !('id' in input)) return {};
  return typeof input.id === 'string' ? { id: input.id.slice(0, 256) } : {};
}
