import type { PlacedProblem, TemplateNode } from '../nodes.js';
import { compileMjml } from './compile-mjml.js';
import { runningBody, runningEdits, runningOf } from './direction.js';
import { applyEdits } from './edits.js';
import { explainError } from './explain-error.js';
import { markText, placeOfMark, writtenOfMark, type MarkedText } from './marked-text.js';
import { slipsOf } from './slips.js';
import { structureOf } from './structure.js';
import { tokensOf, type Token } from './tags.js';
import { unmark } from './unmark.js';

export interface MjmlPage {
  /** The HTML with its Handlebars still in it. Nothing, where there are problems. */
  readonly nodes: readonly TemplateNode[];
  readonly problems: readonly PlacedProblem[];
  /** What looks like a slip of the pen; the mail can be made all the same. */
  readonly warnings: readonly PlacedProblem[];
}

/**
 * Makes HTML of a template's MJML, once for all of its messages: Handlebars is left in it as marks, which MJML carries along and
 * never looks at. What a customer is called therefore never reaches MJML, and what MJML refuses is refused when templates are
 * read. Handlebars may stand only where the layout does not depend on it.
 */
export function mjmlPage(body: readonly TemplateNode[], language: string): MjmlPage {
  const marked = markText(body);
  const tokens = tokensOf(marked.text);
  const page = pageOf(marked, tokens, language);
  return { ...page, warnings: page.problems.length > 0 ? [] : slipsOf(marked, tokens) };
}

function pageOf(marked: MarkedText, tokens: readonly Token[], language: string): Omit<MjmlPage, 'warnings'> {
  const { edits, problems, silent } = structureOf(marked, tokens);
  if (problems.length > 0) return { nodes: [], problems };
  const running = runningOf(tokens, language);
  const compiled = compileMjml(applyEdits(marked.text, [...edits, ...runningEdits(tokens, running)]));
  if (compiled.kind === 'wrong')
    return { nodes: [], problems: compiled.errors.flatMap((error) => explainError(error, marked, tokens)) };
  const html = runningBody(compiled.html, running);
  const lost = lostOf(marked, html, silent);
  const nodes = unmark(html, marked.pattern, marked.marks);
  if (nodes === undefined || lost.length > 0) return { nodes: [], problems: lost.length > 0 ? lost : [tangled] };
  return { nodes, problems: [] };
}

/** What MJML has dropped: it would be missing from each message. */
function lostOf({ marks, pattern }: MarkedText, html: string, silent: ReadonlySet<unknown>): readonly PlacedProblem[] {
  const found = new Set([...html.matchAll(pattern)].map(([, index]) => Number(index)));
  return marks.flatMap((mark, index) => {
    const isTold = mark.part === 'print' || mark.part === 'open';
    if (found.has(index) || silent.has(mark) || !isTold) return [];
    return [{ ...placeOfMark(mark), message: `MJML drops ${writtenOfMark(mark)} here; print it in <mj-text>` }];
  });
}

const tangled: PlacedProblem = {
  line: 1,
  column: 1,
  message: 'MJML takes the blocks of this text apart; put them around whole elements, or inside <mj-text>',
};
