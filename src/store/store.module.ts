import { Inject, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DATABASE } from './connection.js';
import type { StoreOptions } from './data-source.js';
import { PostgresDatabase } from './database.js';

/** What `forRootAsync` needs to make the options from other providers. */
export interface StoreModuleAsyncOptions {
  readonly inject?: readonly (string | symbol | (abstract new (...args: never[]) => unknown))[];
  readonly useFactory: (...dependencies: never[]) => StoreOptions | Promise<StoreOptions>;
}

const OPTIONS = Symbol('StoreOptions');

/** The database for everybody: `DATABASE` for hot statements, TypeORM's `DataSource` for plain CRUD; closed last. */
@Module({})
export class StoreModule implements OnApplicationShutdown {
  constructor(@Inject(PostgresDatabase) private readonly database: PostgresDatabase) {}

  static forRoot(options: StoreOptions): DynamicModule {
    return StoreModule.with({ provide: OPTIONS, useValue: options });
  }

  static forRootAsync(options: StoreModuleAsyncOptions): DynamicModule {
    const { inject = [], useFactory } = options;
    return StoreModule.with({ provide: OPTIONS, inject: [...inject] as never[], useFactory: useFactory as never });
  }

  /** After every `beforeApplicationShutdown`, in which the others finish their work. */
  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }

  private static with(options: Provider): DynamicModule {
    return {
      module: StoreModule,
      global: true,
      providers: [options, connected, database, dataSource],
      exports: [DATABASE, DataSource, PostgresDatabase],
    };
  }
}

const connected: Provider = {
  provide: PostgresDatabase,
  inject: [OPTIONS],
  useFactory: (options: StoreOptions) => PostgresDatabase.connect(options),
};
const database: Provider = { provide: DATABASE, useExisting: PostgresDatabase };
const dataSource: Provider = {
  provide: DataSource,
  inject: [PostgresDatabase],
  useFactory: (connection: PostgresDatabase) => connection.dataSource,
};
