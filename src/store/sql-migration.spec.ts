import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrations } from '../../migrations/index.js';
import { migrationsFolder } from './sql-migration.js';

const names = migrations.map((Migration) => new Migration().name);

describe('the migrations', () => {
  it('have names that TypeORM orders by their number', () => {
    expect(names[0]).toBe('first-0000000000001');
    expect(names.map((name) => Number(name.slice(-13)))).toEqual(names.map((_, index) => index + 1));
  });

  it('are all listed, each with a way up and a way down', () => {
    const files = readdirSync(migrationsFolder()).filter((file) => /^\d{4}-.*\.ts$/.test(file));
    expect(files).toHaveLength(migrations.length);
    for (const file of files) {
      for (const sql of [file.replace('.ts', '.sql'), file.replace('.ts', '.down.sql')]) {
        expect(existsSync(join(migrationsFolder(), sql))).toBe(true);
        expect(readFileSync(join(migrationsFolder(), sql), 'utf8')).toMatch(/\S/);
      }
    }
  });
});
