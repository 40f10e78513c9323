import { type DynamicModule, Module } from '@nestjs/common';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CATEGORIES } from '../domain/event.js';
import type { Database } from '../event-store/embedded/sqlite.js';
import type { EventStore } from '../event-store/event-store.js';
import { EVENT_STORE } from '../event-store/event-store.module.js';
import { historyIndex } from './history-index.js';
import type { Projection } from './projection.js';
import { Projector } from './projector.js';
import { openReadModel } from './read-model.js';
import { searchIndex } from './search-index.js';
import { recordViews, relationshipViews } from './views.js';

/** The token of the read models' database. */
export const READ_MODEL = Symbol('ReadModel');

/** All read models; the history comes first, for the others are made from it. */
export const projections = (dormantAfterMonths: number): Projection[] => [
  historyIndex,
  ...CATEGORIES.filter((category) => category !== 'relationship').map(recordViews),
  relationshipViews(dormantAfterMonths),
  searchIndex,
];

export interface ProjectionsOptions {
  readonly path: string;
  readonly dormantAfterMonths: number;
  readonly now: () => Date;
}

/** Opens the read models and lets them catch up, before anything that asks them. */
@Module({})
export class ProjectionsModule {
  static forRoot({ path, dormantAfterMonths, now }: ProjectionsOptions): DynamicModule {
    const all = projections(dormantAfterMonths);
    const readModel = {
      provide: READ_MODEL,
      useFactory: () => {
        mkdirSync(dirname(path), { recursive: true });
        return openReadModel(path, all);
      },
    };
    const projector = {
      provide: Projector,
      inject: [EVENT_STORE, READ_MODEL],
      useFactory: async (store: EventStore, db: Database) => {
        const started = new Projector(store, db, all, now);
        await started.start();
        return started;
      },
    };
    return {
      module: ProjectionsModule,
      global: true,
      providers: [readModel, projector],
      exports: [READ_MODEL, Projector],
    };
  }
}
