import { createRequire } from 'node:module';

/** What MJML says of a text: its HTML, or what is wrong, each on its line. */
export type Compiled =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'wrong'; readonly errors: readonly MjmlError[] };

export interface MjmlError {
  readonly line: number;
  readonly tagName: string;
  readonly message: string;
}

/** MJML to HTML, by MJML itself: its build for browsers reads no file and includes none. Never throws. */
export function compileMjml(text: string): Compiled {
  const known = made.get(text);
  if (known !== undefined) return { kind: 'html', html: known };
  compiler ??= load();
  try {
    const html = withoutIndents(compiler(text, options).html);
    keep(text, html);
    return { kind: 'html', html };
  } catch (error) {
    return { kind: 'wrong', errors: errorsOf(error) };
  }
}

/** A process reads the same templates several times: its own, and those of the bundle that they became. */
const made = new Map<string, string>();
const KEPT = 50;

function keep(text: string, html: string): void {
  made.set(text, html);
  const [oldest] = made.keys();
  if (made.size > KEPT && oldest !== undefined) made.delete(oldest);
}

/** A third of what MJML writes is indents, which would travel with each message. */
function withoutIndents(html: string): string {
  return /<pre|<textarea|white-space/i.test(html) ? html : html.replace(/\s*\n\s*/g, '\n').trim();
}

type Compiler = (text: string, options: object) => { readonly html: string };
let compiler: Compiler | undefined;

/** No fonts: MJML would have mail programs fetch its own from Google. */
const options = { validationLevel: 'strict', ignoreIncludes: true, keepComments: false, fonts: {} };

/** It takes half a second, and only who writes MJML waits for it. It asks for `window` while it is loaded, and never after. */
function load(): Compiler {
  const scope = globalThis as { window?: unknown };
  const had = Object.hasOwn(scope, 'window');
  if (!had) scope.window = globalThis;
  try {
    return createRequire(import.meta.url)('mjml-browser') as Compiler;
  } finally {
    if (!had) delete scope.window;
  }
}

function errorsOf(error: unknown): readonly MjmlError[] {
  const listed = error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  if (listed.length > 0) return listed as readonly MjmlError[];
  return [{ line: 1, tagName: 'mjml', message: error instanceof Error ? error.message : String(error) }];
}
