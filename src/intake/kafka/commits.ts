/**
 * The partitions whose offset this process has committed to Kafka. When Kafka no longer knows such a commit though the
 * group is alive, the topic was deleted in between: it forgets them with the topic, and offsets have started over.
 */
export class Commits {
  readonly #partitions = new Map<string, Set<number>>();

  add(topic: string, partition: number): void {
    const partitions = this.#partitions.get(topic) ?? new Set();
    this.#partitions.set(topic, partitions.add(partition));
  }

  forget(topic: string, partition: number): void {
    this.#partitions.get(topic)?.delete(partition);
  }

  of(topic: string): ReadonlySet<number> {
    return this.#partitions.get(topic) ?? new Set();
  }
}
