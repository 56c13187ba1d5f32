import { Module, type DynamicModule } from '@nestjs/common';
import { beginChatBy } from '../../channels/chat-begin.js';
import type { Config } from '../../config/config.js';
import { DATABASE, type Database } from '../../store/connection.js';
import { ChatLinksController } from './chat-links.controller.js';
import { ChatLinks } from './chat-links.js';

/** Where links to our bots are made. Needs `DATABASE` from elsewhere. */
@Module({})
export class ChatLinksModule {
  static register(config: Config): DynamicModule {
    return {
      module: ChatLinksModule,
      controllers: [ChatLinksController],
      providers: [
        {
          provide: ChatLinks,
          inject: [DATABASE],
          useFactory: (database: Database) =>
            new ChatLinks(database, beginChatBy(config), config.hookSecret !== undefined),
        },
      ],
    };
  }
}
