import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogController, type FastifyBaseLogger, type FastifyReply } from 'fastify';
import type { Config } from './config/config.js';
import { guardAccess } from './intake/http/access.js';
import { ApiErrorFilter } from './intake/http/api-error.filter.js';
import { bodyLimit, takeBodiesAsBytes } from './intake/http/body.js';
import { serveDocs } from './intake/http/docs.js';
import { HttpModule } from './intake/http/http.module.js';
import { API_WORKSPACE, type ApiWorkspace } from './intake/http/ports.js';
import { readOutTooLarge } from './intake/http/read-out.js';
import { RouteTable } from './intake/http/routes.js';
import { EVENT_DECIDER, type EventDecider } from './intake/intake.js';
import { databaseHealth } from './ops/database-health.js';
import type { Health } from './ops/health.js';
import { NestLog, type Logger } from './ops/log.js';
import type { Metrics } from './ops/metrics.js';
import { OpsModule } from './ops/ops.module.js';
import { PulseModule } from './pulse/pulse.module.js';
import type { Beaten } from './pulse/pulse.service.js';
import { ChatLinksModule } from './receipts/chats/chat-links.module.js';
import { guardHooks } from './receipts/hook-door.js';
import { ReceiptsModule } from './receipts/receipts.module.js';
import { DATABASE, type Database } from './store/connection.js';

/** What is made before the application: everything that a test may want to bring itself. */
export interface AppParts {
  readonly database: Database;
  readonly decider: EventDecider;
  readonly workspace: ApiWorkspace;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Who works when there is work; told once a second. */
  readonly beaten?: readonly Beaten[];
}

@Module({})
export class AppModule {
  /** One module a role; the endpoints of operations are there whatever the roles. */
  static register(config: Config, parts: AppParts): DynamicModule {
    const ops = OpsModule.register(parts);
    const api = config.roles.includes('api')
      ? [HttpModule.register(), ChatLinksModule.register(config), ...hooksOf(config)]
      : [];
    const shared = [
      { provide: DATABASE, useValue: parts.database },
      { provide: EVENT_DECIDER, useValue: parts.decider },
      { provide: API_WORKSPACE, useValue: parts.workspace },
    ];
    return {
      module: AppModule,
      global: true,
      imports: [ops, PulseModule.register(parts.beaten ?? []), ...api],
      providers: shared,
      exports: shared,
    };
  }
}

/** Where providers call back; without a secret there is no such place. */
function hooksOf({ hookSecret }: Config): readonly DynamicModule[] {
  return hookSecret === undefined ? [] : [ReceiptsModule.register(hookSecret)];
}

/** The application, ready to listen. `close()` stops taking requests and waits for those under way. */
export async function createApp(config: Config, parts: AppParts): Promise<NestFastifyApplication> {
  const routes = new RouteTable();
  const adapter = createAdapter(config, parts, routes);
  const logger = new NestLog(parts.log);
  const root = AppModule.register(config, parts);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger,
    bodyParser: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new ApiErrorFilter(routes, parts.log));
  serveDocs(adapter.getInstance(), app as INestApplication);
  parts.health.register(databaseHealth(parts.database));
  await app.init();
  return app;
}

function createAdapter(config: Config, { log, metrics }: AppParts, routes: RouteTable): FastifyAdapter {
  // Where it listens is told once, by us.
  const loggerInstance: FastifyBaseLogger = log.level === 'info' ? log.child({}, { level: 'warn' }) : log;
  // Ids of customers stand in paths, percent-encoded.
  const routerOptions = { maxParamLength: 4_096 };
  const adapter = new FastifyAdapter({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    routerOptions,
    frameworkErrors: refuseUrl,
  });
  const fastify = adapter.getInstance();
  routes.watch(fastify);
  guardAccess(fastify, config.apiKeys);
  guardHooks(fastify, config.hookSecret, () => {
    metrics.hooks('none', 'none', 'turned_away');
  });
  takeBodiesAsBytes(fastify);
  readOutTooLarge(fastify);
  return adapter;
}

/** Paths that cannot be decoded never come as far as the filter. */
function refuseUrl(error: Error, _request: unknown, reply: FastifyReply): void {
  void reply.status(400).send({ errors: [{ place: 'path', message: `${error.message}; percent-encode it as UTF-8` }] });
}
