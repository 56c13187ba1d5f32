/** Brings what many ask at the same time into few questions: while one is under way, what comes is the next. */
export class Gathering<Item, Answer> {
  private waiting: Ticket<Item, Answer>[] = [];
  private asking = false;

  /** `ask` answers in the order of its items. */
  constructor(
    private readonly ask: (items: readonly Item[]) => Promise<readonly Answer[]>,
    private readonly atMost = 500,
  ) {}

  /** In the order of the items. Rejects where the question they were part of failed. */
  add(items: readonly Item[]): Promise<readonly Answer[]> {
    const answers = items.map(
      (item) =>
        new Promise<Answer>((resolve, reject) => {
          this.waiting.push({ item, resolve, reject });
        }),
    );
    if (!this.asking) void this.askAll();
    return Promise.all(answers);
  }

  private async askAll(): Promise<void> {
    this.asking = true;
    while (this.waiting.length > 0) await this.askSome(this.waiting.splice(0, this.atMost));
    this.asking = false;
  }

  private async askSome(tickets: readonly Ticket<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.ask(tickets.map(({ item }) => item));
      if (answers.length !== tickets.length)
        throw new Error(`${String(answers.length)} answers to ${String(tickets.length)} questions`);
      answers.forEach((answer, place) => tickets[place]?.resolve(answer));
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      for (const { reject } of tickets) reject(reason);
    }
  }
}

interface Ticket<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}
