import type { Journey } from '../domain/journey/journey.js';
import type { Database } from '../store/connection.js';
import { peopleByStep, type PeopleByStep } from '../store/engine/people-by-step.sql.js';
import { peopleOnOtherVersions } from '../store/engine/people-on-other-versions.sql.js';
import { isTransient } from '../store/transient.js';
import type { Turn } from './decide-cases.js';
import { decideTogether, together, type RoundResult } from './decide-together.js';
import type { EngineObserver, VirtualClock } from './engine-observer.js';
import type { LiveJourneys } from './live-journeys.js';
import type { Telling } from './tell-outcomes.js';

interface FileChangesParts {
  readonly db: Database;
  readonly live: LiveJourneys;
  readonly observer: EngineObserver;
  readonly clock: VirtualClock;
  readonly tell: Telling;
}

/** A journey whose people are gone through, and the last customer who was. */
interface Going {
  readonly journey: Journey;
  after: string;
}

/**
 * People inside journeys with `on_change: move` or `exit` who are on another version of the file, when a process has started
 * with this one: a slice of customers in a transaction. Where nobody is left, nothing is done; several may go through them.
 */
export class FileChanges {
  private readonly open: Going[];
  private told: Journey | undefined;

  constructor(private readonly parts: FileChangesParts) {
    this.open = parts.live.changing.map((journey) => ({ journey, after: '' }));
  }

  get areMade(): boolean {
    return this.open.length === 0;
  }

  /** Undefined: nobody was left in the journey that it has come to. */
  async makeSlice(limit: number): Promise<RoundResult | undefined> {
    const [going] = this.open;
    if (going === undefined) return undefined;
    await this.tell(going.journey);
    const { name, version } = going.journey;
    const rows = await this.parts.db.run(peopleOnOtherVersions, [name, version, going.after, limit]);
    const ids = rows.map(({ customer_id: id }) => id);
    const result = ids.length === 0 ? undefined : await this.change(ids);
    const last = ids.at(-1);
    if (last === undefined) this.open.shift();
    else going.after = last;
    return result;
  }

  /** Before the first of them is. */
  private async tell(journey: Journey): Promise<void> {
    if (this.told === journey) return;
    const people: readonly PeopleByStep[] = await this.parts.db.run(peopleByStep, [journey.name, journey.version]);
    if (people.length > 0) this.parts.observer.changing(journey.name, journey.onChange, people);
    this.told = journey;
  }

  /** Whoever cannot be changed is told of, and stays where they are; everyone else is. */
  private async change(ids: readonly string[]): Promise<RoundResult> {
    try {
      return await this.decide(ids);
    } catch (error) {
      if (isTransient(error)) throw error;
      const [only, ...others] = ids;
      if (only !== undefined && others.length === 0) {
        this.parts.observer.poisoned({ customer: only }, error);
        return together([]);
      }
      const middle = ids.length >> 1;
      return together([await this.change(ids.slice(0, middle)), await this.change(ids.slice(middle))]);
    }
  }

  private decide(ids: readonly string[]): Promise<RoundResult> {
    const { db, live, clock, tell } = this.parts;
    return db.transaction((tx) => decideTogether(tx, live, { ids, turn, clock, tell, further: live.changing }));
  }
}

const turn: Turn = {
  decide: ({ customer: { decided_at: now } }, _, sitting) => sitting.changeFiles(now),
  stimulusOf: ({ customer }) => `file:${String(customer.seq)}`,
};
