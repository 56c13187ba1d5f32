import type { Logger } from 'typeorm';

const ignore = (): void => undefined;

/** What TypeORM has to say goes to our log, never to the console; statements and their values go nowhere. */
export class QuietLogger implements Logger {
  readonly logQuery = ignore;
  readonly logQueryError = ignore;
  readonly logSchemaBuild = ignore;

  constructor(private readonly say: ((line: string) => void) | undefined) {}

  logQuerySlow(time: number): void {
    this.say?.(`a statement took ${String(time)} ms`);
  }

  logMigration(message: string): void {
    this.say?.(message);
  }

  log(level: 'log' | 'info' | 'warn', message: unknown): void {
    if (level === 'warn') this.say?.(String(message));
  }
}
