import { Module, type DynamicModule } from '@nestjs/common';
import { Metrics } from '../../ops/metrics.js';
import { SendingControl } from '../../ops/sending-control.js';
import { DATABASE, type Database } from '../../store/connection.js';
import { Coalescer } from '../coalesce.js';
import { EVENT_DECIDER, type EventDecider } from '../intake.js';
import { Clicks } from '../links/clicks.js';
import { Unsubscribing } from '../links/unsubscribing.js';
import { createEventValidator } from '../validate-event.js';
import { CancelController } from './cancel.controller.js';
import { CustomersController } from './customers.controller.js';
import { EventIntake } from './event-intake.service.js';
import { EventsController } from './events.controller.js';
import { JourneysController } from './journeys.controller.js';
import { LinksController } from './links.controller.js';
import { MessagesController } from './messages.controller.js';
import { API_WORKSPACE, type ApiWorkspace } from './ports.js';
import { SendingController } from './sending.controller.js';
import { TaskDesk } from './task-desk.js';
import { TasksController } from './tasks.controller.js';

/** The API. Needs `DATABASE`, `EVENT_DECIDER`, `API_WORKSPACE` and `Metrics` from elsewhere. */
@Module({})
export class HttpModule {
  static register(): DynamicModule {
    return {
      module: HttpModule,
      controllers: [
        EventsController,
        CustomersController,
        JourneysController,
        MessagesController,
        CancelController,
        SendingController,
        LinksController,
        TasksController,
      ],
      providers: [
        {
          provide: SendingControl,
          inject: [DATABASE, API_WORKSPACE],
          useFactory: (database: Database, workspace: ApiWorkspace) => new SendingControl(database, workspace),
        },
        {
          provide: TaskDesk,
          inject: [DATABASE, Coalescer],
          useFactory: (database: Database, coalescer: Coalescer) => new TaskDesk(database, coalescer),
        },
        {
          provide: Clicks,
          inject: [DATABASE],
          useFactory: (database: Database) => new Clicks(database),
        },
        {
          provide: Unsubscribing,
          inject: [DATABASE, Coalescer],
          useFactory: (database: Database, coalescer: Coalescer) => new Unsubscribing(database, coalescer),
        },
        { provide: Coalescer, inject: [EVENT_DECIDER], useFactory: (decider: EventDecider) => new Coalescer(decider) },
        {
          provide: EventIntake,
          inject: [API_WORKSPACE, Coalescer, Metrics],
          useFactory: ({ catalogue, policy }: ApiWorkspace, coalescer: Coalescer, metrics: Metrics) => {
            const validate = createEventValidator(catalogue, { purposes: [...policy.purposes.keys()] });
            return new EventIntake(validate, coalescer, metrics);
          },
        },
      ],
    };
  }
}
