import type { Position, Problem } from '../problem.js';

/** Collects what is wrong, all of it, and hands it over in the order of the files. */
export class Problems {
  private readonly found: Problem[] = [];

  /** Returns undefined, in place of what could not be read. */
  error<Missing>(position: Position, message: string): Missing | undefined {
    this.found.push({ severity: 'error', position, message });
    return undefined;
  }

  warning<Missing>(position: Position, message: string): Missing | undefined {
    this.found.push({ severity: 'warning', position, message });
    return undefined;
  }

  add(problems: Iterable<Problem>): void {
    for (const problem of problems) this.found.push(problem);
  }

  get count(): number {
    return this.found.length;
  }

  /** Whether an error (not a mere warning) has been found. */
  get failed(): boolean {
    return this.found.some(({ severity }) => severity === 'error');
  }

  /** The same for one file. */
  failedIn(file: string): boolean {
    return this.found.some(({ severity, position }) => severity === 'error' && position.file === file);
  }

  /** By file, line and column; what was found twice at one place is told once. */
  sorted(): readonly Problem[] {
    const inOrder = [...this.found].sort(compareProblems);
    return inOrder.filter((problem, at) => at === 0 || !isSame(problem, inOrder[at - 1]));
  }
}

function compareProblems(a: Problem, b: Problem): number {
  const [p, q] = [a.position, b.position];
  return compareText(p.file, q.file) || p.line - q.line || p.column - q.column || compareText(a.message, b.message);
}

/** By code point, as names sort everywhere. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [Array.from(a), Array.from(b)];
  const at = left.findIndex((character, index) => character !== right[index]);
  if (at === -1) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? -1) - (right[at]?.codePointAt(0) ?? -1);
}

function isSame(a: Problem, b: Problem | undefined): boolean {
  return a.message === b?.message && compareProblems(a, b) === 0;
}
