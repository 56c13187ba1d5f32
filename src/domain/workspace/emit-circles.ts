import type { Journey } from '../journey/journey.js';
import type { EmitStep } from '../journey/step.js';
import { remembered } from '../journey/remembered.js';
import type { Problems } from '../yaml/problems.js';

interface Emission {
  readonly from: Journey;
  readonly step: EmitStep;
}

/** Warns of what a journey emits that starts, by way of others, the same journey again: the engine cuts such a chain. */
export function warnOfCircles(journeys: readonly Journey[], problems: Problems): void {
  const chains = new Chains(journeys);
  for (const journey of journeys) {
    for (const step of emissionsOf(journey)) {
      const way = chains.leadTo(journey, step.type) ? wayBack({ from: journey, step }, chains) : undefined;
      if (way === undefined) continue;
      problems.warning(
        step.position,
        `what this emits starts the same journey again: ${way.join(' → ')}; such a chain is cut after 8`,
      );
    }
  }
}

const emissionsOf = remembered(({ steps, atEnd }: Journey): readonly EmitStep[] =>
  [...steps.values(), ...atEnd].filter((step) => step.kind === 'emit'),
);

/** What starts what: of many journeys few are in a circle, and types are fewer than journeys. */
class Chains {
  private readonly starters = new Map<string, Journey[]>();
  private readonly followers = new Map<string, ReadonlySet<string>>();

  constructor(journeys: readonly Journey[]) {
    for (const journey of journeys) for (const type of journey.startsOn) this.add(type, journey);
  }

  startedBy(type: string): readonly Journey[] {
    return this.starters.get(type) ?? [];
  }

  /** Whether this type, or one that comes of it, starts the journey. */
  leadTo({ startsOn }: Journey, type: string): boolean {
    const followers = this.followers.get(type) ?? this.follow(type);
    return [...startsOn].some((start) => followers.has(start));
  }

  private add(type: string, journey: Journey): void {
    const known = this.starters.get(type);
    if (known === undefined) this.starters.set(type, [journey]);
    else known.push(journey);
  }

  private follow(first: string): ReadonlySet<string> {
    const found = new Set([first]);
    // What is added while it goes on comes up too.
    for (const type of found)
      for (const journey of this.startedBy(type)) for (const step of emissionsOf(journey)) found.add(step.type);
    this.followers.set(first, found);
    return found;
  }
}

/** The journeys and event types on the shortest way from an emission back to its journey. */
function wayBack(first: Emission, chains: Chains): readonly string[] | undefined {
  const seen = new Set<string>();
  const open = [{ emission: first, way: [first.from.name] }];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    const { emission, way } = at;
    const { type } = emission.step;
    for (const journey of chains.startedBy(type)) {
      const longer = [...way, type, journey.name];
      if (journey === first.from) return longer;
      if (seen.has(journey.name)) continue;
      seen.add(journey.name);
      for (const step of emissionsOf(journey)) open.push({ emission: { from: journey, step }, way: longer });
    }
  }
  return undefined;
}
