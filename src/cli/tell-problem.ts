import { printProblem, type Problem } from '../domain/problem.js';
import type { Language } from '../language/language.js';
import { translate } from '../language/translate.js';

/** `file:line:column: message` in the reader's language. */
export function tellProblem(problem: Problem, lang: Language): string {
  const said = { ...problem, message: translate(problem.message, lang) };
  return lang === 'en' ? printProblem(said) : printPersian(said);
}

/** Kept in one piece by marks of direction: a terminal would else reorder it around the place. */
function printPersian({ severity, position: { file, line, column }, message }: Problem): string {
  const label = severity === 'warning' ? 'هشدار: ' : '';
  return `${file}:${String(line)}:${String(column)}: ${isolatedPersian(label + message)}`;
}

export function isolatedPersian(text: string): string {
  return `\u2067${text}\u2069`;
}
