import type { Field } from '../expression/kind.js';
import type { Position } from '../problem.js';
import type { Clock } from '../time/instant.js';
import { plainLinks } from './short-links.js';
import { TemplateText, type LocatedProblem } from './template/template-text.js';

/** Text in a journey that may hold Handlebars: what is absent, or cannot be printed, prints nothing. */
export interface InlineText {
  /** What is wrong with it whatever the names are. */
  readonly problems: readonly LocatedProblem[];
  check(names: Readonly<Record<string, Field>>): readonly LocatedProblem[];
  /** Never throws for data that is no template's fault. */
  render(names: object, clock: Clock): string;
}

/** `spot` tells where a character of the text stands in its file. */
export function compileInlineText(source: string, spot: (offset: number) => Position): InlineText {
  const lines = source.split('\n');
  const offsetOf = (line: number): number => lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const text = new TemplateText(source, { html: false, lenient: true }, ({ line, column }) =>
    spot(offsetOf(line) + column - 1),
  );
  return {
    problems: text.problems,
    check: (names) => text.check(names, 'everything'),
    render: (names, clock) => text.render(names, { clock, links: plainLinks }),
  };
}
