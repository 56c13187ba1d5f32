/** The longest text and list that an expression may make; a longer one is unknown. */
export const longestText = 100_000;
export const longestList = 10_000;

/** An evaluation's steps: an item visited, an event looked at, 32 characters read. */
const stepsPerEvaluation = 100_000;
const charactersPerStep = 32;

// Made once: it carries no place, and a stack trace would cost more than the evaluation.
const exhausted = new Error('the expression costs too much');

/** Bounds what one evaluation costs. It throws where that is passed; `evaluate` turns this into unknown. */
export class Budget {
  private left = stepsPerEvaluation;
  private evaluations = 0;

  reset(): void {
    this.left = stepsPerEvaluation;
    this.evaluations += 1;
  }

  /** Which evaluation is under way: what was worked out in it holds until the next. */
  get evaluation(): number {
    return this.evaluations;
  }

  get spent(): number {
    return stepsPerEvaluation - this.left;
  }

  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw exhausted;
  }

  read(text: string): void {
    this.spend(1 + text.length / charactersPerStep);
  }
}
