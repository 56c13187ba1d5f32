import type { BlockNode, PlacedProblem } from '../nodes.js';
import { placeOfMark, writtenOfMark, type Mark } from './marked-text.js';

interface Opened {
  readonly mark: Mark;
  readonly place: string;
  readonly where: string;
  ends: string | undefined;
}

/** Holds that a block ends in the very element or attribute that it begins in. */
export class MarkContexts {
  readonly #opened = new Map<BlockNode, Opened>();

  /** `place` tells one element or attribute from another, `where` names it to people. */
  see(place: string, where: string, marks: readonly Mark[]): void {
    for (const mark of marks) {
      if (mark.part === 'print') continue;
      const opened = this.#opened.get(mark.node);
      if (mark.part === 'open') this.#opened.set(mark.node, { mark, place, where, ends: undefined });
      else if (opened !== undefined && opened.place !== place) opened.ends ??= where;
    }
  }

  problems(): readonly PlacedProblem[] {
    return [...this.#opened.values()].flatMap(({ mark, where, ends }) => {
      if (ends === undefined) return [];
      const broken = `${writtenOfMark(mark)} begins in ${where} and ends in ${ends === where ? 'another' : ends}`;
      return [{ ...placeOfMark(mark), message: `${broken}; put it around whole elements` }];
    });
  }
}
