import type { HistoryEvent } from '../domain/expression/scope.js';
import { doubleEnrolments, mostRounds } from '../domain/merging/double-enrolments.js';
import type { Merge } from '../domain/merging/merge-faults.js';
import type { Instant } from '../domain/time/instant.js';
import { outside, type Chain } from './chain.js';
import type { Population } from './population.js';
import type { SeenEvents } from './seen-events.js';
import type { SimulatedCustomer } from './simulated-customer.js';
import type { SimulatedEvent } from './simulation.js';

/** Who knows everybody, and lets follow what was decided. */
export interface MergeHost {
  find(id: string, now: Instant): SimulatedCustomer;
  finish(customer: SimulatedCustomer, now: Instant, chain: Chain): void;
  /** `from` is a second name of theirs: something may fall due at another time than before. */
  merged(from: string, into: SimulatedCustomer, now: Instant): void;
  warn(message: string): void;
}

/** Makes one of two customers, as production does: let go who is inside twice, then move all that is of the one. */
export class Merging {
  constructor(
    private readonly population: Population,
    private readonly seen: SeenEvents,
    private readonly host: MergeHost,
  ) {}

  /** Whose the event is then; undefined where the two cannot be made one. */
  mergeUnlessDone(event: SimulatedEvent, merge: Merge): SimulatedCustomer | undefined {
    const { arrival: now } = event;
    const into = this.host.find(merge.into, now);
    const { names } = this.population;
    if (names.of(merge.from) === into.id || this.seen.has(event, into.id)) return into;
    const from = this.population.find(merge.from);
    // Theirs may still come.
    if (from === undefined) names.add(merge.from, into.id);
    else if (this.letGoWhoIsTwice(from, into, now)) this.join(from, into);
    else return undefined;
    this.host.merged(from?.id ?? merge.from, into, now);
    return into;
  }

  /** Of the enrolments of both in one journey about one thing the newer ends as it would by itself; whether one of each is left. */
  private letGoWhoIsTwice(from: SimulatedCustomer, into: SimulatedCustomer, now: Instant): boolean {
    for (let round = 0; ; round += 1) {
      const leaving = doubleEnrolments(from.desk.enrolments, into.desk.enrolments);
      const [first] = leaving;
      if (first === undefined) return true;
      if (round === mostRounds) {
        this.host.warn(
          `journey "${first.journey}" is entered again whenever it is left; ${from.id} is not merged into ${into.id}`,
        );
        return false;
      }
      for (const who of [from, into]) {
        const theirs = leaving.filter(({ customer }) => customer === who.id);
        who.desk.leaveMerged(theirs, now);
        this.host.finish(who, now, outside);
      }
    }
  }

  private join(from: SimulatedCustomer, into: SimulatedCustomer): void {
    into.takeOver(from, (event) => this.hadBoth(event, into));
    this.population.merged(from, into);
  }

  /** Events of journeys and messages are named after what was decided, and may have one name without being the same. */
  private hadBoth(event: HistoryEvent, into: SimulatedCustomer): boolean {
    const { source } = event;
    return source !== '/messages' && !source.startsWith('/journeys/') && this.seen.has(event, into.id);
  }
}
