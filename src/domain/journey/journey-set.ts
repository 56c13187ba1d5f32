import type { Enrolment } from './enrolment.js';
import type { Journey } from './journey.js';

/** The journeys in force, and the older versions on which people still are. */
export class JourneySet {
  readonly current: readonly Journey[];
  private readonly versions = new Map<string, Journey>();
  private readonly byName = new Map<string, Journey>();
  private readonly byTrigger = new Map<string, Journey[]>();

  /** `closed`: journeys that start nobody, whatever their triggers say; people inside them go on. */
  constructor(
    current: readonly Journey[],
    pinned: readonly Journey[] = [],
    private readonly closed: ReadonlySet<string> = new Set<string>(),
  ) {
    this.current = [...current].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const journey of [...pinned, ...this.current])
      this.versions.set(`${journey.name}@${journey.version}`, journey);
    for (const journey of this.current) {
      this.byName.set(journey.name, journey);
      if (closed.has(journey.name)) continue;
      for (const type of journey.startsOn) this.byTrigger.set(type, [...(this.byTrigger.get(type) ?? []), journey]);
    }
  }

  /** Journeys that this event type may start, by name. */
  startedBy(type: string): readonly Journey[] {
    return this.byTrigger.get(type) ?? none;
  }

  /** The version in force. */
  named(journey: string): Journey | undefined {
    return this.byName.get(journey);
  }

  /** The version in force, where it is another one than theirs and lets people in. */
  successorOf({ journey, version }: Pick<Enrolment, 'journey' | 'version'>): Journey | undefined {
    const current = this.byName.get(journey);
    return current?.version === version || this.closed.has(journey) ? undefined : current;
  }

  find(journey: string, version: string): Journey | undefined {
    return this.versions.get(`${journey}@${version}`);
  }

  /** The version that this enrolment entered on. Throws where it is not loaded: nothing can be decided then. */
  of(enrolment: Enrolment): Journey {
    const current = this.byName.get(enrolment.journey);
    if (current?.version === enrolment.version) return current;
    const journey = this.find(enrolment.journey, enrolment.version);
    if (journey === undefined) {
      throw new Error(`version ${enrolment.version} of journey ${enrolment.journey} is not loaded`);
    }
    return journey;
  }
}

const none: readonly Journey[] = [];
