import { readFileSync } from 'node:fs';
import type { ColumnType } from 'typeorm';
import { dumpSchema } from '../../../scripts/schema-dump.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { PostgresDatabase } from '../../../src/store/database.js';
import { CustomerEntity } from '../../../src/store/entities/customer.entity.js';
import { DeadLetterEntity } from '../../../src/store/entities/dead-letter.entity.js';
import { RateBucketEntity } from '../../../src/store/entities/rate-bucket.entity.js';
import { freshDatabase, type TestDatabase } from '../../servers/postgres/test-postgres.js';

let server: TestDatabase;
let database: PostgresDatabase;

beforeAll(async () => {
  server = await freshDatabase();
  database = await PostgresDatabase.connect({ url: server.url });
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

const COLUMNS = `
  select c.relname || '.' || a.attname as column, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable,
    a.attnum = any (coalesce(p.conkey, '{}')) as "primary", a.attidentity = 'a' as identity, a.atthasdef as "hasDefault"
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
  left join pg_constraint p on p.conrelid = c.oid and p.contype = 'p'
  where a.attnum > 0 and not a.attisdropped and c.relname <> 'migration'
  order by 1`;

interface CatalogueColumn {
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly primary: boolean;
  readonly identity: boolean;
  readonly hasDefault: boolean;
}

function entityColumns(): CatalogueColumn[] {
  return database.dataSource.entityMetadatas
    .flatMap((entity) =>
      entity.columns.map((column) => ({
        column: `${entity.tableName}.${column.databaseName}`,
        type: printed(column.type, column.precision) + (column.isArray ? '[]' : ''),
        nullable: column.isNullable,
        primary: column.isPrimary,
        identity: String(column.generationStrategy) === 'identity',
        hasDefault: column.default !== undefined,
      })),
    )
    .sort((one, other) => (one.column < other.column ? -1 : 1));
}

function printed(type: ColumnType, precision: number | null | undefined): string {
  if (type !== 'timestamptz') return String(type);
  return typeof precision === 'number' ? `timestamp(${String(precision)}) with time zone` : 'timestamp with time zone';
}

describe('the schema', () => {
  it('has the columns that the entities have, and the entities have its columns', async () => {
    const catalogue = await database.dataSource.query<CatalogueColumn[]>(COLUMNS);
    const sorted = [...catalogue].sort((one, other) => (one.column < other.column ? -1 : 1));
    expect(entityColumns()).toEqual(sorted);
    expect(sorted.length).toBeGreaterThan(80);
  });

  it('is the one in schema/database.sql (npm run db:dump writes it)', async () => {
    const dumped = await dumpSchema(async (sql) => {
      const rows = await database.dataSource.query<{ line: string }[]>(sql);
      return rows.map((row) => row.line);
    });
    expect(dumped).toBe(readFileSync('schema/database.sql', 'utf8'));
  });

  it('can be made again from its picture', async () => {
    const picture = readFileSync('schema/database.sql', 'utf8');
    await database.dataSource.query('create schema copy');
    const runner = database.dataSource.createQueryRunner();
    await runner.query('set search_path to copy');
    // The picture names public in its indexes and functions.
    await runner.query(orderForCreation(picture.replaceAll('public.', 'copy.')));
    const rows: unknown = await runner.query(
      "select count(*) as count from pg_class where relnamespace = 'copy'::regnamespace and relkind = 'r'",
    );
    expect(rows).toEqual([{ count: database.dataSource.entityMetadatas.length }]);
    await runner.query('reset search_path; drop schema copy cascade');
    await runner.release();
  });
});

/** Triggers come after the functions that they call. */
function orderForCreation(picture: string): string {
  const isTrigger = (line: string): boolean => line.startsWith('CREATE TRIGGER');
  const lines = picture.split('\n');
  return [...lines.filter((line) => !isTrigger(line)), ...lines.filter(isTrigger)].join('\n');
}

describe('an entity', () => {
  it('is written and read with instants as milliseconds, and JSON as it is', async () => {
    const customers = database.dataSource.getRepository(CustomerEntity);
    const at = Date.parse('2026-03-21T08:30:00.123Z');
    const attributes: JsonObject = { نام: 'پیک', n: [1, null] };
    await customers.save(Object.assign(new CustomerEntity(), { id: 'گل', decidedAt: at, createdAt: at, attributes }));
    expect(await customers.findOneByOrFail({ id: 'گل' })).toEqual({
      id: 'گل',
      seq: 0,
      decidedAt: at,
      createdAt: at,
      attributes,
      consent: {},
      closed: {},
      mergedInto: null,
    });
    await customers.update({ id: 'گل' }, { decidedAt: at + 1, seq: 1 });
    expect(await customers.findOneByOrFail({ decidedAt: at + 1 })).toMatchObject({ id: 'گل', seq: 1 });
  });

  it('gets its number and its instant from the database', async () => {
    const letters = database.dataSource.getRepository(DeadLetterEntity);
    const payload = Buffer.from([0, 255, 10]);
    await letters.insert({ source: 'kafka', payload, place: '$.type', reason: 'unknown event type' });
    const [letter] = await letters.find();
    expect(letter).toMatchObject({ no: 1, payload, headers: {}, origin: null, topic: null, replayedAt: null });
    expect(Math.abs((letter?.at ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('keeps doubles as they are', async () => {
    const buckets = database.dataSource.getRepository(RateBucketEntity);
    await buckets.insert({ name: 'kavenegar/sms', tokens: 0.1 + 0.2, refilledAt: 1_000 });
    expect(await buckets.find()).toEqual([{ name: 'kavenegar/sms', tokens: 0.1 + 0.2, refilledAt: 1_000 }]);
  });
});
