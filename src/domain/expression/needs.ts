import type { Expression, HistoryCall, Uses } from './expression.js';

/** What an expression asks for, gathered while it is checked; each thing once. */
export class Needs {
  private readonly asked: HistoryCall[] = [];
  private readonly audiences = new Set<string>();
  private readonly scores = new Set<string>();
  private readonly others = { population: false, credit: false, spent: false };

  history(call: HistoryCall): void {
    if (!this.asked.some((other) => JSON.stringify(other) === JSON.stringify(call))) this.asked.push(call);
  }

  audience(name: string, { calls, uses }: Pick<Expression, 'calls' | 'uses'>): void {
    this.audiences.add(name);
    this.join(calls, uses);
  }

  score(name: string, { calls, uses }: Pick<Expression, 'calls' | 'uses'>): void {
    this.scores.add(name);
    this.join(calls, uses);
  }

  /** A score's rank is worked out over all customers, so that nothing is read of this one. */
  quintile(score: string): void {
    this.scores.add(score);
    this.others.population = true;
  }

  credit(): void {
    this.others.credit = true;
  }

  spent(): void {
    this.others.spent = true;
  }

  get calls(): readonly HistoryCall[] {
    return this.asked;
  }

  get uses(): Uses {
    return { audiences: [...this.audiences], scores: [...this.scores], ...this.others };
  }

  private join(calls: readonly HistoryCall[], uses: Uses): void {
    for (const call of calls) this.history(call);
    for (const name of uses.audiences) this.audiences.add(name);
    for (const name of uses.scores) this.scores.add(name);
    for (const use of ['population', 'credit', 'spent'] as const) this.others[use] ||= uses[use];
  }
}
