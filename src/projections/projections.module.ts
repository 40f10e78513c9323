import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EventStore } from '../event-store/event-store.js';
import { EVENT_STORE } from '../event-store/event-store.module.js';
import type { Opened } from '../opened.js';
import { ProjectorThread, type ProjectorThreadOptions } from './projector-thread.js';

/** The token of the read models' database, to be read. */
export const READ_MODEL = Symbol('ReadModel');

/** Opens the read models and lets them catch up, before anything that asks them. */
@Module({})
export class ProjectionsModule {
  /** @param opened takes what is opened, to be closed when the ledger is shut down */
  static forRoot(options: Omit<ProjectorThreadOptions, 'onDrop'>, opened: Opened): DynamicModule {
    const log = new Logger('Projector');
    const onDrop = (reason: string) => log.warn(`The subscription was dropped and goes on: ${reason}`);
    const projector = {
      provide: ProjectorThread,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => {
        mkdirSync(dirname(options.path), { recursive: true });
        return opened.add(ProjectorThread.start(store, { ...options, onDrop }), (thread) => thread.close());
      },
    };
    const readModel = {
      provide: READ_MODEL,
      inject: [ProjectorThread],
      useFactory: (thread: ProjectorThread) => thread.db,
    };
    return {
      module: ProjectionsModule,
      global: true,
      providers: [projector, readModel],
      exports: [READ_MODEL, ProjectorThread],
    };
  }
}
