import Handlebars from 'handlebars';
import { programSyntax, PrintedTerms } from './handlebars-syntax.js';
import { HelperError, helpers, type Helper, type HelperScope } from './helpers.js';
import type { Place, TemplateNode, Term } from './nodes.js';
import { cleanText, describe } from './value-text.js';

/** Something in the data could not be printed. */
export class PrintError extends Error {
  constructor(
    readonly place: Place,
    message: string,
  ) {
    super(message);
    this.name = 'PrintError';
  }
}

/** Renders with the names given; throws PrintError. */
export type Renderer = (names: object, scope: HelperScope) => string;

export interface CompileOptions {
  /** Whether what is printed is escaped for HTML. */
  readonly html: boolean;
  /** What is absent prints nothing, instead of throwing. */
  readonly lenient: boolean;
}

/**
 * Compiles a template with Handlebars. Every value goes through one helper of ours, so that an absent one is never
 * printed silently, and none reaches the text uncleaned.
 */
export function compileTemplate(nodes: readonly TemplateNode[], { html, lenient }: CompileOptions): Renderer {
  const terms = new PrintedTerms();
  const program = programSyntax(nodes, terms);
  const used = terms.helpers;
  const compiled = environment(used).compile<object>(program, {
    knownHelpers: Object.fromEntries([...used].map((name) => [name, true])),
    knownHelpersOnly: true,
    noEscape: !html,
  });
  return (names, scope) => {
    const rendering: Rendering = { scope, lenient, terms: terms.list };
    return compiled(names, { ...ownPropertiesOnly, data: { root: names, rendering } });
  };
}

/** What our helpers find beside the data of a rendering. */
interface Rendering {
  readonly scope: HelperScope;
  readonly lenient: boolean;
  readonly terms: readonly Term[];
}

interface HelperOptions {
  readonly data: { readonly rendering: Rendering };
  fn(context: unknown): string;
  inverse(context: unknown): string;
}

/** Only the helpers that a template uses: Handlebars wraps every one that there is anew at each rendering. */
function environment(used: ReadonlySet<string>): typeof Handlebars {
  const handlebars = Handlebars.create();
  for (const name of Object.keys(handlebars.helpers)) if (!used.has(name)) handlebars.unregisterHelper(name);
  if (used.has('print')) handlebars.registerHelper('print', print);
  if (used.has('if_eq')) handlebars.registerHelper('if_eq', ifEqual);
  for (const [name, helper] of helpers) if (used.has(name)) handlebars.registerHelper(name, adapt(name, helper));
  return handlebars;
}

function print(value: unknown, index: number, { data: { rendering } }: HelperOptions): string {
  switch (typeof value) {
    case 'string':
      return cleanText(value);
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return printNothing(value, index, rendering);
  }
}

function printNothing(value: unknown, index: number, rendering: Rendering): string {
  if (rendering.lenient) return '';
  const what = value === undefined || value === null ? 'is absent' : `is ${describe(value)}, which cannot be printed`;
  throw failure(index, rendering, ({ written }) => `"${written}" ${what}`);
}

/** Our helper as one of Handlebars': its last argument but one is the number of its place. */
function adapt(name: string, helper: Helper): (...all: unknown[]) => unknown {
  return (...all) => {
    const { rendering } = (all.pop() as HelperOptions).data;
    const index = all.pop() as number;
    const missing = helper.takesAbsent ? -1 : all.findIndex((value) => value === undefined || value === null);
    if (missing >= 0 && rendering.lenient) return undefined;
    if (missing >= 0)
      throw failure(index, rendering, (term) => `"${argumentOf(term, missing)}" is absent, and ${name} prints it`);
    return runHelper(name, helper, all, index, rendering);
  };
}

function runHelper(name: string, helper: Helper, args: unknown[], index: number, rendering: Rendering): unknown {
  try {
    return helper.run(args, rendering.scope);
  } catch (error) {
    if (!(error instanceof HelperError)) throw error;
    if (rendering.lenient) return undefined;
    throw failure(index, rendering, () => `${name}: ${error.message}`);
  }
}

function argumentOf(term: Term, index: number): string {
  return term.kind === 'call' ? (term.terms[index]?.written ?? '') : term.written;
}

function failure(index: number, { terms }: Rendering, say: (term: Term) => string): Error {
  const term = terms[index];
  return term === undefined ? new Error('a place was lost') : new PrintError(term.place, say(term));
}

function ifEqual(this: unknown, left: unknown, right: unknown, options: HelperOptions): string {
  return (left ?? undefined) === (right ?? undefined) ? options.fn(this) : options.inverse(this);
}

// Said aloud, because the default is the same but writes to the console.
const ownPropertiesOnly = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };
