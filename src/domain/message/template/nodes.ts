/** Where something stands in a template's text; lines and columns count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something wrong at a place, as a sentence without its full stop. */
export interface PlacedProblem extends Place {
  readonly message: string;
}

/** A template as it is checked and compiled: Handlebars without what is refused. */
export type TemplateNode = TextNode | PrintNode | BlockNode;

export interface TextNode {
  readonly kind: 'text';
  readonly value: string;
  /** Where it begins, of what was read from a file. */
  readonly place?: Place;
}

export interface PrintNode {
  readonly kind: 'print';
  readonly value: Term;
}

export type BlockName = 'if' | 'unless' | 'each' | 'with' | 'if_eq';

export interface BlockNode {
  readonly kind: 'block';
  readonly block: BlockName;
  readonly terms: readonly Term[];
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
}

export type Term = PathTerm | LoopTerm | LiteralTerm | CallTerm;

interface TermBase {
  readonly place: Place;
  /** As the author wrote it, for sentences. */
  readonly written: string;
}

/** `level` 0 is the template's own names; each `each` or `with` around adds one, which is what it goes over. */
export interface PathTerm extends TermBase {
  readonly kind: 'path';
  readonly level: number;
  readonly parts: readonly string[];
}

export type LoopName = 'index' | 'key' | 'first' | 'last';

/** `@index` and its kin, of the innermost `each`. */
export interface LoopTerm extends TermBase {
  readonly kind: 'loop';
  readonly name: LoopName;
}

export interface LiteralTerm extends TermBase {
  readonly kind: 'literal';
  readonly value: string | number | boolean | undefined;
}

export interface CallTerm extends TermBase {
  readonly kind: 'call';
  readonly helper: string;
  readonly terms: readonly Term[];
}

/** The `each` and `with` change what names mean inside. */
export function opensLevel(block: BlockName): boolean {
  return block === 'each' || block === 'with';
}

/** Every term of a template, those inside others too. */
export function* termsOf(nodes: readonly TemplateNode[]): Generator<Term> {
  for (const node of nodes) {
    if (node.kind === 'print') yield* withInner(node.value);
    if (node.kind !== 'block') continue;
    for (const term of node.terms) yield* withInner(term);
    yield* termsOf(node.body);
    yield* termsOf(node.otherwise);
  }
}

function* withInner(term: Term): Generator<Term> {
  yield term;
  if (term.kind === 'call') for (const inner of term.terms) yield* withInner(inner);
}
