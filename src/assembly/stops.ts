import type { Logger } from '../ops/log.js';

/** What has to be stopped, in the reverse order of its start. */
export class Stops {
  private readonly works: (() => Promise<void>)[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly log: Logger) {}

  add(work: () => Promise<void> | void): void {
    this.works.push(async () => {
      await work();
    });
  }

  run(): Promise<void> {
    this.running ??= this.runAll();
    return this.running;
  }

  private async runAll(): Promise<void> {
    for (const work of this.works.reverse()) {
      await work().catch((error: unknown) => {
        this.log.error({ err: error }, 'did not stop well');
      });
    }
  }
}
