import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Settings } from '../settings.js';
import { BulkController } from './bulk.controller.js';
import { CommandsController } from './commands.controller.js';
import { ConsumerGroupsController } from './consumer-groups.controller.js';
import { FeedController } from './feed.controller.js';
import { LogController, TilesController } from './log.controller.js';
import { ProblemFilter } from './problems.js';
import {
  EventsController,
  EXPORT_CONTROLLERS,
  PartiesController,
  RECORD_CONTROLLERS,
  RelationshipsController,
  SearchController,
  WorklistsController,
} from './queries.controller.js';
import { RefusedCommandsController } from './refused-commands.controller.js';
import { SchemasController } from './schemas.controller.js';
import { ServiceController } from './service.controller.js';
import { API_SETTINGS } from './wait.interceptor.js';

/** REST over the ledger, which is given as a module; others that live with it may be given too. */
@Module({})
export class ApiModule {
  static forRoot(settings: Settings, ...modules: DynamicModule[]): DynamicModule {
    return {
      module: ApiModule,
      imports: modules,
      controllers: [
        BulkController,
        CommandsController,
        RelationshipsController,
        ...RECORD_CONTROLLERS,
        PartiesController,
        EventsController,
        FeedController,
        ConsumerGroupsController,
        RefusedCommandsController,
        SearchController,
        WorklistsController,
        ...EXPORT_CONTROLLERS,
        LogController,
        TilesController,
        SchemasController,
        ServiceController,
      ],
      providers: [
        { provide: API_SETTINGS, useValue: settings },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
