import type { HistoryEvent } from '../expression/scope.js';
import type { Instant } from '../time/instant.js';
import { byDue, byJourneyAndKey } from './due.js';
import type { Enrolment } from './enrolment.js';
import type { JourneySet } from './journey-set.js';
import { mayConcern } from './may-stir.js';

/** When an earlier enrolment with this key ended; what `entry: again` asks about. */
export type LastExit = (journey: string, key: string | undefined) => Instant | undefined;

/** One customer's enrolments: who is inside or still watched for a goal, and when the others ended. */
export class CustomerEnrolments {
  private readonly live = new Map<string, Enrolment>();
  // A simulation has many of these, and most see nobody leave.
  private exits: Map<string, Instant> | undefined;

  constructor(
    private readonly journeys: JourneySet,
    enrolments: Iterable<Enrolment>,
    private readonly endedBefore: LastExit,
  ) {
    for (const enrolment of enrolments) this.live.set(idOf(enrolment), enrolment);
  }

  all(): MapIterator<Enrolment> {
    return this.live.values();
  }

  get(id: string): Enrolment | undefined {
    return this.live.get(id);
  }

  /** As it stands now. */
  put(enrolment: Enrolment): void {
    const id = idOf(enrolment);
    if (enrolment.status === 'ended') this.live.delete(id);
    else this.live.set(id, enrolment);
    if (enrolment.endedAt !== undefined) this.noteExit(exitKey(enrolment.journey, enrolment.key), enrolment.endedAt);
  }

  lastExit(journey: string, key: string | undefined): Instant | undefined {
    return this.exits?.get(exitKey(journey, key)) ?? this.endedBefore(journey, key);
  }

  /** Who is inside this journey with this key. */
  active(journey: string, key: string | undefined): Enrolment | undefined {
    for (const enrolment of this.live.values()) {
      if (enrolment.journey === journey && enrolment.key === key && enrolment.status === 'active') return enrolment;
    }
    return undefined;
  }

  /** Those whom this event may concern, where one is given; by their journeys and keys. */
  concernedBy(event: HistoryEvent | undefined): readonly string[] {
    const found: Enrolment[] = [];
    for (const enrolment of this.live.values()) {
      if (event === undefined || mayConcern(this.journeys.of(enrolment), event.type)) found.push(enrolment);
    }
    return (found.length < 2 ? found : found.sort(byJourneyAndKey)).map(idOf);
  }

  /** When the next timer falls due; those of paused journeys are held. */
  nextWake(paused: ReadonlySet<string>): Instant | undefined {
    let next: Instant | undefined;
    for (const { wakeAt, journey } of this.live.values()) {
      if (wakeAt !== undefined && !paused.has(journey) && (next === undefined || wakeAt < next)) next = wakeAt;
    }
    return next;
  }

  /** Whose timer fell due before `limit`, and goes first. */
  firstDue(limit: Instant, paused: ReadonlySet<string>): Enrolment | undefined {
    let first: Enrolment | undefined;
    for (const enrolment of this.live.values()) {
      if (enrolment.wakeAt === undefined || enrolment.wakeAt >= limit) continue;
      if (paused.has(enrolment.journey)) continue;
      if (first === undefined || this.goesFirst(enrolment, first)) first = enrolment;
    }
    return first;
  }

  /** Another customer is this one as well: theirs go on here, each as it has been moved. */
  takeOver(other: CustomerEnrolments, moved: (enrolment: Enrolment) => Enrolment): void {
    for (const enrolment of other.live.values()) {
      const here = moved(enrolment);
      this.live.set(idOf(here), here);
    }
    for (const [key, endedAt] of other.exits ?? []) this.noteExit(key, endedAt);
    other.live.clear();
  }

  /** An older enrolment that is still watched for its goal may be settled after a newer one has left. */
  private noteExit(key: string, endedAt: Instant): void {
    this.exits ??= new Map();
    this.exits.set(key, Math.max(endedAt, this.exits.get(key) ?? endedAt));
  }

  private goesFirst(one: Enrolment, other: Enrolment): boolean {
    return byDue(one, other, (enrolment) => this.journeys.of(enrolment).priority) < 0;
  }
}

export function idOf({ journey, seq }: Pick<Enrolment, 'journey' | 'seq'>): string {
  return `${journey}/${String(seq)}`;
}

function exitKey(journey: string, key: string | undefined): string {
  return key === undefined ? journey : `${journey}\0${key}`;
}
