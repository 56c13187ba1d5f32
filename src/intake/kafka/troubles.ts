/** What is wrong at the moment, by what it is about. */
export class Troubles {
  readonly #sentences = new Map<string, string>();

  set(about: string, sentence: string): void {
    this.#sentences.set(about, sentence);
  }

  get(about: string): string | undefined {
    return this.#sentences.get(about);
  }

  clear(about: string): void {
    this.#sentences.delete(about);
  }

  /** All of it, or undefined when all is well. */
  print(): string | undefined {
    return this.#sentences.size === 0 ? undefined : [...this.#sentences.values()].join('; ');
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
