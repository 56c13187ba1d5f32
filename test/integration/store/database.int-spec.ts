import { Client } from 'pg';
import { statement, type Connection } from '../../../src/store/connection.js';
import { PostgresDatabase } from '../../../src/store/database.js';
import { isTransient } from '../../../src/store/transient.js';
import { freshDatabase, type TestDatabase } from '../../servers/postgres/test-postgres.js';

const insertCustomer = statement(
  'insert-customer',
  'insert into customer (id, decided_at, created_at) values ($1, now(), now())',
);
const countCustomers = statement<{ count: number }>('count-customers', 'select count(*) as count from customer');
const backend = statement<{ pid: number }>('backend', 'select pg_backend_pid() as pid');

let server: TestDatabase;
let database: PostgresDatabase;
const logged: string[] = [];

beforeAll(async () => {
  server = await freshDatabase();
  database = await PostgresDatabase.connect({ url: server.url, poolSize: 4, log: (line) => logged.push(line) });
});
afterAll(async () => {
  await database.close();
  await server.drop();
});
beforeEach(async () => {
  await database.run(statement('truncate-customers', 'truncate customer'));
});

async function customers(): Promise<number> {
  const [row] = await database.run(countCustomers);
  return row?.count ?? -1;
}

async function outside(sql: string): Promise<void> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

function killBackend(pid: number): Promise<void> {
  return outside(`select pg_terminate_backend(${String(pid)}, 5000)`);
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('values from the database', () => {
  it('are numbers, instants, dates and JSON', async () => {
    const [row] = await database.run(
      statement(
        'values',
        `select 9007199254740991::bigint as big, array[1, null, 2]::bigint[] as bigs, 0.5::float8 as double, 12.5::numeric as exact,
           '2026-03-21T00:00:00.120+03:30'::timestamptz(3) as instant, '1969-12-31T23:59:59.999Z'::timestamptz as early,
           'infinity'::timestamptz as never, array['2026-01-01T00:00:00Z'::timestamptz, null] as instants,
           '2026-03-21'::date as day, '{"گل": [1, null]}'::jsonb as json, null::bigint as nothing, 'سلام' as text`,
      ),
    );
    expect(row).toEqual({
      big: Number.MAX_SAFE_INTEGER,
      bigs: [1, null, 2],
      double: 0.5,
      exact: 12.5,
      instant: Date.parse('2026-03-20T20:30:00.120Z'),
      early: -1,
      never: Number.POSITIVE_INFINITY,
      instants: [Date.parse('2026-01-01T00:00:00Z'), null],
      day: '2026-03-21',
      json: { گل: [1, null] },
      nothing: null,
      text: 'سلام',
    });
  });

  it('are refused when a bigint would become another number', async () => {
    const error = await failureOf(database.run(statement('too-big', 'select 9007199254740993::bigint as big')));
    expect(error).toEqual(new RangeError('the bigint 9007199254740993 is not safe as a number'));
    expect(await customers()).toBe(0);
  });

  it('are parsed in our pool only', async () => {
    const client = new Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query("select 1::bigint as big, '2026-01-01T00:00:00Z'::timestamptz as instant");
    await client.end();
    expect(rows).toEqual([{ big: '1', instant: new Date('2026-01-01T00:00:00Z') }]);
  });

  it('count every character of Persian as one', async () => {
    const [row] = await database.run(statement('length', "select length('سلام') as length"));
    expect(row).toEqual({ length: 4 });
  });
});

describe('a session', () => {
  it('is in UTC, named, and ends what takes too long', async () => {
    const sql = `select current_setting('timezone') as zone, current_setting('application_name') as name,
      current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle`;
    expect(await database.run(statement('settings', sql))).toEqual([
      { zone: 'UTC', name: 'peyk', statement: '30s', idle: '1min' },
    ]);
  });

  it('prepares a named statement once', async () => {
    await database.transaction(async (tx) => {
      await tx.run(countCustomers);
      await tx.run(countCustomers);
      const sql = "select count(*) as count from pg_prepared_statements where name = 'count-customers'";
      expect(await tx.run(statement('prepared', sql))).toEqual([{ count: 1 }]);
    });
  });
});

describe('a transaction', () => {
  it('commits what its work did and gives its result', async () => {
    const result = await database.transaction(async (tx) => {
      await tx.run(insertCustomer, ['one']);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await customers()).toBe(1);
  });

  it('is seen by nobody before it commits', async () => {
    await database.transaction(async (tx) => {
      await tx.run(insertCustomer, ['one']);
      expect(await customers()).toBe(0);
    });
  });

  it('rolls back and rethrows when its work throws', async () => {
    const boom = new Error('boom');
    const work = database.transaction(async (tx) => {
      await tx.run(insertCustomer, ['one']);
      throw boom;
    });
    expect(await failureOf(work)).toBe(boom);
    expect(await customers()).toBe(0);
  });

  it('does not pretend to have committed when a failed statement was swallowed', async () => {
    const work = database.transaction(async (tx) => {
      await tx.run(insertCustomer, ['one']);
      await failureOf(tx.run(insertCustomer, ['one']));
    });
    await expect(work).rejects.toThrow('nothing was committed');
    expect(await customers()).toBe(0);
  });

  it('refuses a statement that comes after its end', async () => {
    let leaked: Connection | undefined;
    await database.transaction(async (tx) => {
      leaked = tx;
    });
    await expect(leaked?.run(countCustomers)).rejects.toThrow('count-customers came after its transaction had ended');
  });

  it('leaves a connection that works when it fails, again and again', async () => {
    for (let round = 0; round < 20; round += 1) {
      const error = await failureOf(database.transaction((tx) => tx.run(statement('broken', 'select no_such_column'))));
      expect(isTransient(error)).toBe(false);
    }
    expect(await customers()).toBe(0);
  });
});

describe('a failure', () => {
  it('is transient when the backend is killed in a transaction, and the pool recovers', async () => {
    const work = database.transaction(async (tx) => {
      await tx.run(insertCustomer, ['one']);
      const [row] = await tx.run(backend);
      await killBackend(row?.pid ?? 0);
      await tx.run(countCustomers);
    });
    expect(isTransient(await failureOf(work))).toBe(true);
    expect(await customers()).toBe(0);
  });

  it('is transient when the backend is killed before the commit', async () => {
    const work = database.transaction(async (tx) => {
      await tx.run(insertCustomer, ['one']);
      const [row] = await tx.run(backend);
      await killBackend(row?.pid ?? 0);
    });
    expect(isTransient(await failureOf(work))).toBe(true);
    expect(await customers()).toBe(0);
  });

  it('of an idle connection is logged and harms nobody', async () => {
    const pids = await Promise.all([1, 2, 3].map(() => database.run(backend)));
    logged.length = 0;
    for (const pid of new Set(pids.map(([row]) => row?.pid ?? 0))) await killBackend(pid);
    expect(await customers()).toBe(0);
    expect(logged.join('\n')).toContain('a database connection broke');
  });

  it('is transient when two transactions wait for each other', async () => {
    await database.run(insertCustomer, ['one']);
    await database.run(insertCustomer, ['two']);
    const lock = statement('lock-customer', 'select 1 from customer where id = $1 for update');
    const [first, second] = [signal(), signal()];
    const crosswise = (mine: string, theirs: string, have: Signal, other: Signal): Promise<unknown> =>
      database.transaction(async (tx) => {
        await tx.run(lock, [mine]);
        have.give();
        await other.given;
        await tx.run(lock, [theirs]);
      });
    const work = [crosswise('one', 'two', first, second), crosswise('two', 'one', second, first)];
    const failures = (await Promise.all(work.map(failureOf))).filter((error) => error !== undefined);
    expect(failures).toHaveLength(1);
    expect(isTransient(failures[0])).toBe(true);
  });

  it('is transient when nobody listens on the port, and not when the password is wrong', async () => {
    const nobody = await failureOf(PostgresDatabase.connect({ url: 'postgres://peyk@127.0.0.1:1/peyk' }));
    expect(String(nobody)).toContain('127.0.0.1:1/peyk cannot be used: nothing listens there');
    expect(isTransient(nobody)).toBe(true);
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    const refused = await failureOf(PostgresDatabase.connect({ url: wrong.href }));
    expect(refused).toMatchObject({ cause: { code: '28P01' } });
    expect(isTransient(refused)).toBe(false);
  });

  it('is not transient when the row is there already', async () => {
    await database.run(insertCustomer, ['one']);
    const error = await failureOf(database.run(insertCustomer, ['one']));
    expect(error).toMatchObject({ code: '23505' });
    expect(isTransient(error)).toBe(false);
  });

  it('of a plan that a migration made stale happens once', async () => {
    const all = statement('all-of-shape', 'select * from shape');
    await outside('create table shape (a integer); insert into shape values (1)');
    const only = await PostgresDatabase.connect({ url: server.url, poolSize: 1 });
    await only.run(all);
    await outside('alter table shape add column b integer default 2');
    expect(isTransient(await failureOf(only.run(all)))).toBe(true);
    expect(await only.run(all)).toEqual([{ a: 1, b: 2 }]);
    await only.close();
  });
});

interface Signal {
  readonly given: Promise<void>;
  give(): void;
}

function signal(): Signal {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

interface Counter {
  readonly hear: () => void;
  readonly count: () => number;
  /** Resolves at the nth call. */
  readonly times: (n: number) => Promise<void>;
}

function counter(): Counter {
  const calls: Signal[] = [];
  const call = (n: number): Signal => (calls[n - 1] ??= signal());
  let count = 0;
  const hear = (): void => {
    count += 1;
    for (let n = 1; n <= count; n += 1) call(n).give();
  };
  return { hear, count: () => count, times: (n) => call(n).given };
}

describe('listening', () => {
  const listenerPid = statement<{ pid: number }>(
    'listener',
    "select pid from pg_stat_activity where datname = current_database() and query ilike 'listen %'",
  );

  it('hears what another process tells', async () => {
    const heard = counter();
    const stop = await database.listen('work', heard.hear);
    await outside('notify work');
    await heard.times(1);
    await database.notify('work');
    await heard.times(2);
    await stop();
  });

  it('hears only its own channel, and nothing after it stopped', async () => {
    const [mine, others] = [counter(), counter()];
    const stop = await database.listen('mine', mine.hear);
    const stopOthers = await database.listen('others', others.hear);
    await stop();
    await database.notify('mine');
    await database.notify('others');
    await others.times(1);
    expect(mine.count()).toBe(0);
    await stopOthers();
  });

  it('shares one connection among channels, and takes any name', async () => {
    const heard = counter();
    const stops = await Promise.all(['a', 'b', 'Odd "name"'].map((channel) => database.listen(channel, heard.hear)));
    expect(await database.run(listenerPid)).toHaveLength(1);
    await database.notify('Odd "name"');
    await heard.times(1);
    for (const stop of stops) await stop();
  });

  it('comes back after its connection is killed, says so once, and hears again', async () => {
    const heard = counter();
    const stop = await database.listen('work', heard.hear);
    const [row] = await database.run(listenerPid);
    await killBackend(row?.pid ?? 0);
    await heard.times(1);
    await database.notify('work');
    await heard.times(2);
    await stop();
  });

  it('survives a listener that throws', async () => {
    const heard = counter();
    const stopBad = await database.listen('work', () => {
      throw new Error('a listener broke');
    });
    const stop = await database.listen('work', heard.hear);
    await database.notify('work');
    await heard.times(1);
    expect(logged.join('\n')).toContain('a listener broke');
    await stopBad();
    await stop();
  });
});
