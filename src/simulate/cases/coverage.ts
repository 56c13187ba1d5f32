import type { Journey } from '../../domain/journey/journey.js';
import type { Next, Step, WaitForStep } from '../../domain/journey/step.js';
import { waysOutOf } from '../../domain/journey/ways-out.js';
import type { Workspace } from '../../domain/workspace.js';
import type { Line } from './case.js';
import type { CaseResult } from './run-case.js';

/** What of a journey no case reaches, in the order of the file. */
export interface Unreached {
  readonly journey: string;
  /** Step ids, and alternatives of steps that are reached: `choose: else`. */
  readonly places: readonly string[];
}

/** For each journey that has cases. */
export function unreached(results: readonly CaseResult[], { journeys }: Workspace): readonly Unreached[] {
  const tested = new Set(results.map(({ journey }) => journey));
  const lines = results.flatMap((result) => result.lines);
  return journeys
    .filter(({ name }) => tested.has(name))
    .map((journey) => ({ journey: journey.name, places: new Reach(journey, lines).unreached() }))
    .filter(({ places }) => places.length > 0);
}

/** Read off the lines: each carries its step, or its branch. A step that prints nothing is reached where the next one is. */
class Reach {
  private readonly lines: readonly Line[];
  private readonly reached: Set<string>;

  constructor(
    private readonly journey: Journey,
    lines: readonly Line[],
  ) {
    this.lines = lines.filter((line) => line.journey === journey.name);
    this.reached = new Set(this.lines.flatMap(({ step }) => (typeof step === 'string' ? [step] : [])));
    this.reachSilent();
  }

  unreached(): readonly string[] {
    return [...this.journey.steps.values()].flatMap((step) => this.missingAt(step));
  }

  private missingAt(step: Step): readonly string[] {
    if (!this.reached.has(step.id)) return [step.id];
    return this.alternatives(step)
      .filter(({ taken }) => !taken)
      .map(({ name }) => `${step.id}: ${name}`);
  }

  private alternatives(step: Step): readonly Alternative[] {
    switch (step.kind) {
      case 'choose':
        return this.branches(step.id, [
          ...step.branches.map((_, index) => String(index + 1)),
          ...(step.otherwise === undefined ? [] : ['else']),
        ]);
      case 'split':
        return this.branches(
          step.id,
          step.arms.map(({ name }) => name),
        );
      case 'wait_for':
        return this.armsOf(step);
      case 'send':
      case 'ask':
      case 'webhook':
      case 'task':
        return step.otherwise === undefined ? [] : [this.way('else', step.otherwise, step)];
      case 'wait_until':
        return [this.way('then', step.then, step), this.way('else', step.otherwise, step)];
      default:
        return [];
    }
  }

  private branches(id: string, names: readonly string[]): readonly Alternative[] {
    const lines = this.at(id);
    return names.map((name) => ({
      name,
      taken: lines.some(({ branch }) => branch === name || branch === Number(name)),
    }));
  }

  private armsOf(step: WaitForStep): readonly Alternative[] {
    const resumed = this.at(step.id).filter(({ kind }) => kind === 'resumed');
    const by = (way: string): boolean => resumed.some((line) => line['by'] === way);
    return [
      ...step.arms.map(({ event, then }) => {
        const way = this.way(event, then, step);
        return way.leads ? way : { name: event, taken: resumed.some((line) => line['event'] === event) };
      }),
      ...step.clocks.map(({ then }, index) => {
        const way = this.way(`after (${String(index + 1)})`, then, step);
        return way.leads ? way : { name: way.name, taken: by('time') };
      }),
      ...(step.atMost === undefined ? [] : [{ name: 'time-out', taken: by('timeout') }]),
    ];
  }

  /** An alternative with steps of its own is taken where its first step is reached; one without is not asked after. */
  private way(name: string, to: Next, from: Step): Alternative & { readonly leads: boolean } {
    const leads = to.kind === 'step' && !isSame(to, from.next);
    return { name, leads, taken: !leads || this.reached.has(to.id) };
  }

  private at(id: string): readonly Line[] {
    return this.lines.filter(({ step }) => step === id);
  }

  /** Where every way into a reached step comes from one silent step, that one was reached too. */
  private reachSilent(): void {
    const before = waysInto(this.journey);
    for (let again = true; again;) {
      again = false;
      for (const id of [...this.reached]) {
        const [only, ...others] = before.get(id) ?? [];
        if (only === undefined || others.length > 0 || this.reached.has(only)) continue;
        this.reached.add(only);
        again = true;
      }
    }
  }
}

interface Alternative {
  readonly name: string;
  readonly taken: boolean;
}

function isSame(a: Next, b: Next): boolean {
  return a.kind === 'step' && b.kind === 'step' && a.id === b.id;
}

/** The steps from which a step can be reached. */
function waysInto({ steps }: Journey): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>();
  for (const step of steps.values())
    for (const next of new Set(waysOutOf(step).flatMap((way) => (way.kind === 'step' ? [way.id] : []))))
      ways.set(next, [...(ways.get(next) ?? []), step.id]);
  return ways;
}
