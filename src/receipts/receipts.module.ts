import { Module, type DynamicModule } from '@nestjs/common';
import { hookToken } from '../channels/hook-token.js';
import { createInbounds } from '../channels/inbounds.js';
import { Coalescer } from '../intake/coalesce.js';
import { EVENT_DECIDER, type EventDecider } from '../intake/intake.js';
import { Metrics } from '../ops/metrics.js';
import { DATABASE, type Database } from '../store/connection.js';
import { HooksController, INBOUNDS } from './hooks.controller.js';
import { heardByHttp } from './heard-metrics.js';
import { WayBack } from './way-back.js';

/** Receipts of a busy day come one by one: they share transactions, and leave connections to the others. */
const lanes = 2;

/** Where providers call back. Needs `DATABASE`, `EVENT_DECIDER` and `Metrics` from elsewhere, and `guardHooks` at the door. */
@Module({})
export class ReceiptsModule {
  static register(hookSecret: string): DynamicModule {
    return {
      module: ReceiptsModule,
      controllers: [HooksController],
      providers: [
        { provide: INBOUNDS, useValue: createInbounds(hookToken(hookSecret, 'telegram')) },
        {
          provide: WayBack,
          inject: [DATABASE, EVENT_DECIDER, Metrics],
          useFactory: (database: Database, decider: EventDecider, metrics: Metrics) => {
            const coalescer = new Coalescer(decider, { lanes });
            return new WayBack(database, (events) => coalescer.decide(events), heardByHttp(metrics));
          },
        },
      ],
    };
  }
}
