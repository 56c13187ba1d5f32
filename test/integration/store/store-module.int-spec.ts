import { Inject, Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { DATABASE, statement, type Database } from '../../../src/store/connection.js';
import { StoreModule } from '../../../src/store/store.module.js';
import { freshDatabase, type TestDatabase } from '../../servers/postgres/test-postgres.js';

const one = statement<{ one: number }>('one', 'select 1 as one');

@Injectable()
class Consumer {
  constructor(
    @Inject(DATABASE) readonly database: Database,
    @Inject(DataSource) readonly dataSource: DataSource,
  ) {}
}

@Module({ providers: [Consumer] })
class ConsumerModule {}

const URL_TOKEN = Symbol('url');

@Module({})
class Configuration {}

let server: TestDatabase;

beforeAll(async () => {
  server = await freshDatabase();
});
afterAll(async () => {
  await server.drop();
});

describe('the store module', () => {
  it('gives one database to every module, and closes it at shutdown', async () => {
    const app = await Test.createTestingModule({
      imports: [StoreModule.forRoot({ url: server.url, poolSize: 2 }), ConsumerModule],
    }).compile();
    await app.init();
    const { database, dataSource } = app.get(Consumer);
    expect(await database.run(one)).toEqual([{ one: 1 }]);
    expect(await dataSource.query('select 1 as one')).toEqual([{ one: 1 }]);
    await app.close();
    expect(dataSource.isInitialized).toBe(false);
    await expect(database.run(one)).rejects.toThrow('Cannot use a pool after calling end on the pool');
  });

  it('takes its options from another module', async () => {
    const configuration = {
      module: Configuration,
      global: true,
      providers: [{ provide: URL_TOKEN, useValue: server.url }],
      exports: [URL_TOKEN],
    };
    const store = StoreModule.forRootAsync({
      inject: [URL_TOKEN],
      useFactory: (url: string) => ({ url, poolSize: 1 }),
    });
    const app = await Test.createTestingModule({ imports: [configuration, store, ConsumerModule] }).compile();
    await app.init();
    expect(await app.get(Consumer).database.run(one)).toEqual([{ one: 1 }]);
    await app.close();
  });

  it('does not start without its database', async () => {
    const url = 'postgres://peyk@127.0.0.1:1/peyk';
    const compiling = Test.createTestingModule({ imports: [StoreModule.forRoot({ url })] }).compile();
    await expect(compiling).rejects.toThrow('127.0.0.1:1/peyk cannot be used: nothing listens there');
  });
});
