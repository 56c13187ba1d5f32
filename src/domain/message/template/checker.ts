import { mistaken, type Field, type Kind } from '../../expression/kind.js';
import { datePatternProblem } from '../../time/jalali.js';
import { helpers, urlProblem, type Wanted } from './helpers.js';
import { kindNames, Names, type Found, type Known } from './names.js';
import type { BlockNode, CallTerm, PathTerm, PlacedProblem, TemplateNode, Term } from './nodes.js';

/**
 * Holds a template against the names that are there where it is sent. `known` lists the paths (`estimate`,
 * `trigger.note`) that are certainly there although their field is optional.
 */
export function checkTemplate(
  nodes: readonly TemplateNode[],
  names: Readonly<Record<string, Field>>,
  known: Known,
): readonly PlacedProblem[] {
  const checker = new Checker();
  checker.nodes(nodes, Names.of(names, known));
  return checker.problems;
}

class Checker {
  readonly problems: PlacedProblem[] = [];

  nodes(nodes: readonly TemplateNode[], names: Names): void {
    for (const node of nodes) {
      if (node.kind === 'print') this.print(node.value, names);
      if (node.kind === 'block') this.block(node, names);
    }
  }

  private print(term: Term, names: Names): void {
    const found = this.term(term, names);
    if (found === undefined) return;
    if (found.optional) this.report(term, mayBeAbsent(term, `{{default ${term.written} "…"}}`));
    const kind = found.kinds.find((each) => each.kind === 'list' || each.kind === 'record')?.kind;
    if (kind === 'list') this.report(term, `"${term.written}" is a list; write {{#each ${term.written}}} … {{/each}}`);
    if (kind === 'record') this.report(term, `"${term.written}" is a record and has no text; print one of its fields`);
  }

  private block(node: BlockNode, names: Names): void {
    const found = node.terms.map((term) => this.term(term, names));
    const [term] = node.terms;
    const [subject] = found;
    this.nodes(node.body, this.inside(node, term, subject, names));
    this.nodes(node.otherwise, node.block === 'unless' ? names.knowing(term) : names);
  }

  /** What is known in a block's body. */
  private inside({ block, terms }: BlockNode, term: Term | undefined, subject: Found | undefined, names: Names): Names {
    switch (block) {
      case 'if':
        return names.knowing(term);
      case 'unless':
        return names;
      case 'if_eq':
        return terms[1]?.kind === 'literal' ? names.knowing(term) : names;
      case 'with':
        return names.knowing(term).within(soleKind(subject), term);
      case 'each':
        return names.knowing(term).over(this.elementOf(term, soleKind(subject)));
    }
  }

  private elementOf(term: Term | undefined, kind: Kind): Kind {
    if (kind.kind === 'list') return kind.of;
    if (kind === mistaken) return mistaken;
    const goes = kind.kind === 'any' || kind.kind === 'unknown';
    if (!goes && term !== undefined) this.report(term, `"${term.written}" is ${kindNames[kind.kind]}, not a list`);
    return anything;
  }

  private term(term: Term, names: Names): Found | undefined {
    switch (term.kind) {
      case 'path':
        return this.path(term, names);
      case 'loop':
        return { kinds: [{ kind: loopKinds[term.name] }], optional: false };
      case 'literal':
        return { kinds: [literalKind(term.value)], optional: term.value === undefined };
      case 'call':
        return this.call(term, names);
    }
  }

  private path(term: PathTerm, names: Names): Found | undefined {
    const found = names.find(term);
    if (typeof found !== 'string') return found;
    this.report(term, found);
    return undefined;
  }

  private call(term: CallTerm, names: Names): Found | undefined {
    const helper = helpers.get(term.helper);
    const found = term.terms.map((inner) => this.term(inner, names));
    if (helper === undefined || found.includes(undefined)) return undefined;
    term.terms.forEach((inner, at) => {
      const [wanted, argument] = [helper.wants[at], found[at]];
      if (wanted !== undefined && argument !== undefined) this.argument(term.helper, wanted, inner, argument);
    });
    return term.helper === 'default' ? defaulted(found) : { kinds: [{ kind: 'text' }], optional: false };
  }

  private argument(helper: string, wanted: Wanted, term: Term, { kinds, optional }: Found): void {
    if (wanted === 'anything') return;
    const problem = optional
      ? mayBeAbsent(term, `(default ${term.written} …)`)
      : (misfit(helper, wanted, term, kinds) ?? literalProblem(wanted, term));
    if (problem !== undefined) this.report(term, problem);
  }

  private report({ place }: Term, message: string): void {
    this.problems.push({ ...place, message });
  }
}

function mayBeAbsent({ written }: Term, otherwise: string): string {
  return `"${written}" may be absent; put it inside {{#if ${written}}} … {{/if}}, or write ${otherwise}`;
}

function misfit(
  helper: string,
  wanted: Exclude<Wanted, 'anything'>,
  { written }: Term,
  found: readonly Kind[],
): string | undefined {
  const { what, kinds } = wants[wanted];
  const wrong = found.find(({ kind }) => !kinds.includes(kind) && kind !== 'any' && kind !== 'unknown');
  return wrong === undefined ? undefined : `${helper} takes ${what}, and ${written} is ${kindNames[wrong.kind]}`;
}

function literalProblem(wanted: Wanted, term: Term): string | undefined {
  if (term.kind !== 'literal') return undefined;
  const text = String(term.value);
  if (wanted === 'pattern') return datePatternProblem(text);
  return wanted === 'url' ? urlProblem(text) : undefined;
}

/** `default x y` is absent only if both are, and may be either. */
function defaulted(found: readonly (Found | undefined)[]): Found {
  return {
    kinds: found.flatMap((each) => each?.kinds ?? anything),
    optional: found.every((each) => each?.optional ?? true),
  };
}

function soleKind(found: Found | undefined): Kind {
  if (found === undefined) return mistaken;
  const [kind = anything, ...others] = found.kinds;
  return others.length === 0 ? kind : anything;
}

function literalKind(value: string | number | boolean | undefined): Kind {
  if (typeof value === 'number') return { kind: Number.isInteger(value) ? 'integer' : 'number' };
  if (typeof value === 'boolean') return { kind: 'boolean' };
  return { kind: value === undefined ? 'unknown' : 'text' };
}

const anything: Kind = { kind: 'any' };
const loopKinds = { index: 'integer', key: 'any', first: 'boolean', last: 'boolean' } as const;
const wants: Readonly<Record<Exclude<Wanted, 'anything'>, { what: string; kinds: readonly Kind['kind'][] }>> = {
  amount: { what: 'an amount', kinds: ['money', 'integer', 'number'] },
  moment: { what: 'a time or a date', kinds: ['time', 'date'] },
  time: { what: 'a time', kinds: ['time'] },
  printable: { what: 'a text or a number', kinds: ['text', 'integer', 'number', 'money'] },
  pattern: { what: 'a pattern such as "yyyy/MM/dd"', kinds: ['text'] },
  url: { what: 'a web address', kinds: ['text'] },
};
