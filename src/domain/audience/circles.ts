import { namesLinked } from '../expression/linked-names.js';
import type { Problems } from '../yaml/problems.js';
import type { Definition } from './definitions.js';

/** Each behind all that it asks for. Those of a circle, and those that ask for one, are left out; the circle is told. */
export function inOrderOfNeed(definitions: readonly Definition[], problems: Problems): readonly Definition[] {
  const walk = new Walk(definitions, problems);
  for (const definition of definitions) walk.visit(definition, []);
  return walk.done;
}

class Walk {
  readonly done: Definition[] = [];
  private readonly areGood = new Map<Definition, boolean>();
  private readonly byLabel: ReadonlyMap<string, Definition>;

  constructor(
    definitions: readonly Definition[],
    private readonly problems: Problems,
  ) {
    this.byLabel = new Map(definitions.map((definition) => [labelOf(definition), definition]));
  }

  /** `above`: those that led here. Whether it stands on firm ground. */
  visit(definition: Definition, above: readonly Definition[]): boolean {
    const known = this.areGood.get(definition);
    if (known !== undefined) return known;
    const start = above.indexOf(definition);
    if (start !== -1) return this.refuse(above.slice(start));
    const path = [...above, definition];
    const needed = this.needsOf(definition).map((need) => this.visit(need, path));
    const good = !needed.includes(false);
    this.areGood.set(definition, good);
    if (good) this.done.push(definition);
    return good;
  }

  private needsOf({ source }: Definition): readonly Definition[] {
    const { audiences, scores } = namesLinked(source?.text ?? '');
    const labels = [
      ...audiences.map((name) => labelOf({ what: 'audience', name })),
      ...scores.map((name) => labelOf({ what: 'score', name })),
    ];
    return labels.flatMap((label) => this.byLabel.get(label) ?? []);
  }

  private refuse(circle: readonly Definition[]): false {
    const [first] = circle;
    if (first === undefined) return false;
    const names = [...circle.slice(1), first].map(printName).join(', which asks for ');
    const message = `${printName(first)} asks for ${names}: a circle; take one of these questions out`;
    this.problems.error(first.source?.spot(0) ?? first.position, message);
    return false;
  }
}

function printName({ what, name }: Definition): string {
  return `${what} "${name}"`;
}

function labelOf({ what, name }: Pick<Definition, 'what' | 'name'>): string {
  return `${what} ${name}`;
}
