import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A migration written by hand in SQL: `NNNN-what.sql` does it, `NNNN-what.down.sql` undoes it. Each file is sent as one
 * simple query. `transaction = false` is for one `create index concurrently` a file.
 */
export abstract class SqlMigration implements MigrationInterface {
  /** The file's name without its ending, say `0001-first`. */
  protected abstract readonly file: string;
  readonly transaction: boolean = true;

  /** TypeORM orders by the last 13 characters, which it takes for a time: ours is the number. */
  get name(): string {
    const [number, ...words] = this.file.split('-');
    return `${words.join('-')}-${(number ?? '').padStart(13, '0')}`;
  }

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(readSql(`${this.file}.sql`));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(readSql(`${this.file}.down.sql`));
  }
}

/** The SQL stays in the package's `migrations/`; tsc copies only code to `dist/`. */
export function migrationsFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return join(folder, 'migrations');
    if (folder === dirname(folder)) throw new Error('no package.json above the code: the installation is not complete');
  }
}

function readSql(name: string): string {
  return readFileSync(join(migrationsFolder(), name), 'utf8');
}
