import { Lexer } from 'yaml';

/** A piece of a text as YAML cuts it up. */
export interface Lexeme {
  readonly start: number;
  readonly source: string;
}

/** Marks that the lexer adds, which stand nowhere in the text. */
const marks: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);

export function lexemesOf(text: string): readonly Lexeme[] {
  const lexemes: Lexeme[] = [];
  let start = 0;
  for (const source of new Lexer().lex(text)) {
    if (marks.has(source)) continue;
    lexemes.push({ start, source });
    start += source.length;
  }
  return lexemes;
}

/** The brackets that are open before `at`, the inmost last. */
export function openBrackets(text: string, at: number): readonly Lexeme[] {
  const open: Lexeme[] = [];
  for (const lexeme of lexemesOf(text)) {
    if (lexeme.start >= at) break;
    if (lexeme.source === '{' || lexeme.source === '[') open.push(lexeme);
    if (closers[open.at(-1)?.source ?? ''] === lexeme.source) open.pop();
  }
  return open;
}

export const closers: Readonly<Record<string, string | undefined>> = { '{': '}', '[': ']' };
