import { didYouMean } from '../../did-you-mean.js';
import { mistaken, type Field, type Kind } from '../../expression/kind.js';
import type { PathTerm, Term } from './nodes.js';

/** What stands at a path: its kind (a `default` has two), and whether it may be absent here. */
export interface Found {
  readonly kinds: readonly Kind[];
  readonly optional: boolean;
}

/** Paths of optional fields that are there all the same; or nothing has to be guarded at all. */
export type Known = ReadonlySet<string> | 'everything';

/** What one level's names belong to; `path` is the same for the same value, wherever it is named. */
interface Level {
  readonly kind: Kind;
  readonly path: string;
}

/** The names that a place in a template sees, level by level, and which of the optional ones are known to be there. */
export class Names {
  private constructor(
    private readonly levels: readonly Level[],
    private readonly known: Known,
  ) {}

  static of(fields: Readonly<Record<string, Field>>, known: Known): Names {
    return new Names(
      [{ kind: { kind: 'record', fields }, path: '' }],
      known === 'everything' ? known : withPrefixes(known),
    );
  }

  /** Below a guard of that term. */
  knowing(term: Term | undefined): Names {
    if (term?.kind !== 'path' || this.known === 'everything') return this;
    return new Names(this.levels, withPrefixes([...this.known, this.pathOf(term)]));
  }

  /** Inside `{{#with term}}`. */
  within(kind: Kind, term: Term | undefined): Names {
    const path = term?.kind === 'path' ? this.pathOf(term) : this.fresh();
    return new Names([...this.levels, { kind, path }], this.known);
  }

  /** Inside `{{#each}}`, for one element. */
  over(element: Kind): Names {
    return new Names([...this.levels, { kind: element, path: this.fresh() }], this.known);
  }

  /** A sentence where there can be no such thing. */
  find(term: PathTerm): Found | string {
    let { kind, path }: Level = this.level(term);
    let optional = false;
    for (const [at, part] of term.parts.entries()) {
      const field = fieldOf(kind, part);
      if (field === undefined) return this.cannotBe(term, at, kind);
      if (field.kind === mistaken) return { kinds: [mistaken], optional: false };
      [kind, path] = [field.kind, joined(path, part)];
      optional ||= field.optional && !this.knows(path);
    }
    return { kinds: [kind], optional };
  }

  private cannotBe(term: PathTerm, at: number, kind: Kind): string {
    const part = term.parts[at] ?? '';
    const before = term.parts.slice(0, at).join('.');
    const fields = kind.kind === 'record' ? Object.keys(kind.fields) : [];
    if (kind.kind !== 'record') return `"${before}" is ${kindNames[kind.kind]} and has no field "${part}"`;
    const sentence = before === '' ? `there is no "${part}" here` : `"${before}" has no field "${part}"`;
    if (at === 0 && term.level > 0 && this.isAtTop(part)) return `${sentence}; write @root.${term.parts.join('.')}`;
    const near = didYouMean(part, fields);
    return near === '' ? `${sentence}; there are ${fields.join(', ')}` : `${sentence}${near}`;
  }

  private knows(path: string): boolean {
    return this.known === 'everything' || this.known.has(path);
  }

  private isAtTop(name: string): boolean {
    const [top] = this.levels;
    return top !== undefined && fieldOf(top.kind, name) !== undefined;
  }

  private pathOf(term: PathTerm): string {
    return term.parts.reduce(joined, this.level(term).path);
  }

  private level({ level }: PathTerm): Level {
    return this.levels[level] ?? { kind: { kind: 'any' }, path: this.fresh() };
  }

  /** No field has such a name, and no level below has it. */
  private fresh(): string {
    return `#${String(this.levels.length)}`;
  }
}

/** What is below JSON that somebody else describes may be there or not. */
function fieldOf(kind: Kind, name: string): Field | undefined {
  if (kind === mistaken) return { kind: mistaken, optional: false };
  switch (kind.kind) {
    case 'record':
      return Object.hasOwn(kind.fields, name) ? kind.fields[name] : undefined;
    case 'list':
      if (name === 'length') return { kind: { kind: 'integer' }, optional: false };
      return /^\d+$/.test(name) ? { kind: kind.of, optional: true } : undefined;
    case 'any':
    case 'unknown':
      return { kind: { kind: 'any' }, optional: true };
    default:
      return undefined;
  }
}

/** Where `a.b` is there, so is `a`. */
function withPrefixes(paths: Iterable<string>): ReadonlySet<string> {
  const all = new Set<string>();
  for (const path of paths) {
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) all.add(path.slice(0, dot));
    all.add(path);
  }
  return all;
}

function joined(path: string, part: string): string {
  return path === '' ? part : `${path}.${part}`;
}

/** Kinds as a sentence names them. */
export const kindNames: Readonly<Record<Kind['kind'], string>> = {
  text: 'a text',
  integer: 'a whole number',
  number: 'a number',
  money: 'an amount',
  boolean: 'true or false',
  time: 'a time',
  date: 'a date',
  duration: 'a duration',
  any: 'anything',
  unknown: 'unknown',
  list: 'a list',
  record: 'a record',
};
