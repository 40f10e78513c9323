import { type DynamicModule, Logger, Module } from '@nestjs/common';
import type { EventStore } from '../event-store/event-store.js';
import { EVENT_STORE } from '../event-store/event-store.module.js';
import type { Opened } from '../opened.js';
import { ReadModels, type ReadModelsOptions } from './read-models.js';

/** Opens the read models and lets them catch up, before anything that asks them. */
@Module({})
export class ProjectionsModule {
  /** @param opened takes what is opened, to be closed when the ledger is shut down */
  static forRoot(options: Omit<ReadModelsOptions, 'log'>, opened: Opened): DynamicModule {
    const log = new Logger('ReadModels');
    const readModels = {
      provide: ReadModels,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) =>
        opened.add(ReadModels.start(store, { ...options, log }), (models) => models.close()),
    };
    return {
      module: ProjectionsModule,
      global: true,
      providers: [readModels],
      exports: [ReadModels],
    };
  }
}
