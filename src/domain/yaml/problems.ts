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
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at += 1) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (one !== other) return placeOf(one) - placeOf(other);
  }
  return a.length - b.length;
}

/** Surrogates stand for what lies above all other units. */
function placeOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function isSame(a: Problem, b: Problem | undefined): boolean {
  return a.message === b?.message && compareProblems(a, b) === 0;
}
