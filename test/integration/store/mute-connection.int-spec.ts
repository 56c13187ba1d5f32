import { PostgresDatabase } from '../../../src/store/database.js';
import { statement } from '../../../src/store/connection.js';
import { isTransient } from '../../../src/store/transient.js';
import { freshDatabase, type TestDatabase } from '../../servers/postgres/test-postgres.js';
import { PostgresProxy } from '../../torture/proxy.js';

const one = statement<{ one: number }>('one', 'select 1 as one');

describe('a connection that has gone silent without breaking', () => {
  let fresh: TestDatabase;
  let proxy: PostgresProxy;
  let database: PostgresDatabase;

  beforeEach(async () => {
    fresh = await freshDatabase();
    const url = new URL(fresh.url);
    proxy = await new PostgresProxy().open(Number(url.port));
    url.port = String(proxy.port);
    database = await PostgresDatabase.connect({ url: url.href, statementTimeout: 200 });
  });
  afterEach(async () => {
    await proxy.close();
    await database.close();
    await fresh.drop();
  });

  it('is given up once no statement could take so long; the next one is answered on another', async () => {
    proxy.cutAt({ at: Buffer.from('select 1 as one'), when: 'mute' });
    const error: unknown = await database.run(one).catch((caught: unknown) => caught);
    expect(isTransient(error)).toBe(true);
    expect(proxy.cuts).toBe(1);
    expect(await database.run(one)).toEqual([{ one: 1 }]);
  });

  it('is given up in the middle of a COMMIT too', async () => {
    proxy.cutAt({ at: Buffer.from('commit\0'), when: 'mute' });
    const error: unknown = await database.transaction((tx) => tx.run(one)).catch((caught: unknown) => caught);
    expect(isTransient(error)).toBe(true);
    expect(await database.transaction((tx) => tx.run(one))).toEqual([{ one: 1 }]);
  });
});
