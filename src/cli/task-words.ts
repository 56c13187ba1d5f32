import type { TaskAnswer } from '../intake/http/task-desk.js';
import type { TaskItem } from '../intake/http/task-item.js';
import type { Language } from '../language/language.js';
import { translate } from '../language/translate.js';

interface TaskWords {
  readonly none: string;
  readonly states: Readonly<Record<TaskItem['state'], string>>;
  assigned(to: string): string;
  due(at: string): string;
  taken(by: string): string;
  result(result: string): string;
  results(results: readonly string[]): string;
  notFound(id: string): string;
  about(id: string, what: string): string;
  dead(reason: string): string;
}

/** What `peyk tasks` says. */
export const taskWords: Readonly<Record<Language, TaskWords>> = {
  en: {
    none: 'there is nothing to do',
    states: { open: 'open', taken: 'taken', done: 'done', withdrawn: 'withdrawn' },
    assigned: (to) => `for ${to}`,
    due: (at) => `due ${at}`,
    taken: (by) => `taken by ${by}`,
    result: (result) => `result: ${result}`,
    results: (results) => `results: ${results.join(', ')}`,
    notFound: (id) => `there is no task ${id}; \`peyk tasks\` lists them`,
    about: (id, what) => `task ${id}: ${what}`,
    dead: (reason) => `could not be decided and lies in the dead letters (peyk dead-letters): ${reason}`,
  },
  fa: {
    none: 'کاری برای انجام نیست',
    states: { open: 'باز', taken: 'برداشته‌شده', done: 'انجام‌شده', withdrawn: 'پس‌گرفته‌شده' },
    assigned: (to) => `برای ${to}`,
    due: (at) => `مهلت ${at}`,
    taken: (by) => `نزد ${by}`,
    result: (result) => `نتیجه: ${result}`,
    results: (results) => `نتیجه‌های ممکن: ${results.join('، ')}`,
    notFound: (id) => `کار ${id} وجود ندارد؛ \`peyk tasks\` آن‌ها را فهرست می‌کند`,
    about: (id, what) => `کار ${id}: ${what}`,
    dead: (reason) => `تصمیم‌گیری نشد و در نامه‌های مرده است (peyk dead-letters): ${reason}`,
  },
};

/** `task-1  open  call about r1  (ann, calling)  for desk  due 2026-12-01T10:00:00.000Z  results: solved, no_answer`. */
export function taskLine(task: TaskItem, lang: Language): string {
  const words = taskWords[lang];
  const { id, state, title, customer, journey, assign_to: to, due, taken_by: by, result, results } = task;
  const isOpen = state === 'open' || state === 'taken';
  return [
    ...[id, words.states[state], title, `(${customer}, ${journey})`],
    ...(to === null ? [] : [words.assigned(to)]),
    ...(due === null || !isOpen ? [] : [words.due(due)]),
    ...(by === null || state !== 'taken' ? [] : [words.taken(by)]),
    ...(result === null ? [] : [words.result(result)]),
    ...(results.length === 0 || !isOpen ? [] : [words.results(results)]),
  ]
    .map((part) => part.replace(/\s+/g, ' '))
    .join('  ');
}

/** Why it was not done as asked. */
export function saidOf(id: string, answer: Exclude<TaskAnswer, { kind: 'well' }>, lang: Language): string {
  const words = taskWords[lang];
  switch (answer.kind) {
    case 'not_found':
      return words.notFound(id);
    case 'conflict':
    case 'wrong_result':
      return words.about(id, translate(answer.message, lang));
    case 'dead':
      return words.about(id, words.dead(answer.reason));
  }
}
