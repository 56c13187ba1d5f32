import type { Problem } from '../domain/problem.js';
import type { Language } from '../language/language.js';

/** One type that is misspelt where it is declared is wrong wherever it is named: so many places say enough. */
const MOST_PLACES = 5;

/** A problem that is told, and how many more there are of the same type that are not. */
export interface Gathered {
  readonly problem: Problem;
  readonly type: string;
  readonly more: number;
}

/** Leaves out most of those that name one type that there is not, where there are many. */
export function gatherUnknownTypes(problems: readonly Problem[]): readonly Gathered[] {
  const all = new Map<string, number>();
  for (const { message } of problems) all.set(typeIn(message), (all.get(typeIn(message)) ?? 0) + 1);
  const seen = new Map<string, number>();
  return problems.flatMap((problem) => {
    const type = typeIn(problem.message);
    const number = (seen.get(type) ?? 0) + 1;
    seen.set(type, number);
    const left = (all.get(type) ?? 0) - MOST_PLACES;
    // One more line instead of one more problem would save nothing.
    if (type === '' || left < 2) return [{ problem, type, more: 0 }];
    return number > MOST_PLACES ? [] : [{ problem, type, more: number === MOST_PLACES ? left : 0 }];
  });
}

export const moreOf: Readonly<Record<Language, (gathered: Gathered) => string>> = {
  en: ({ type, more }) =>
    `…and ${String(more)} more places name "${type}": is it misspelt in events.yaml? (--json lists them all)`,
  fa: ({ type, more }) =>
    `\u2067… و ${more.toLocaleString('fa')} جای دیگر «${type}» را نام می‌برند: نکند در events.yaml نادرست نوشته شده؟ (--json همه را فهرست می‌کند)\u2069`,
};

/** "" for problems of other kinds. */
function typeIn(message: string): string {
  const found = /^(?:(?:event )?type "([^"]*)" is not in the catalogue|unknown event "([^"]*)")/.exec(message);
  return found?.[1] ?? found?.[2] ?? '';
}
