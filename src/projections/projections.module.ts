import { type DynamicModule, Logger, Module } from '@nestjs/common';
import type { EventStore } from '../event-store/event-store.js';
import { EVENT_STORE } from '../event-store/event-store.module.js';
import type { Opened } from '../opened.js';
import { Metrics, type Sample } from '../telemetry/metrics.js';
import { foldLookups } from './folds.js';
import { type Lag, MAX_COUNTED } from './lag.js';
import { ReadModels, type ReadModelsOptions } from './read-models.js';

/** Opens the read models and lets them catch up, before anything that asks them. */
@Module({})
export class ProjectionsModule {
  /** @param opened takes what is opened, to be closed when the ledger is shut down */
  static forRoot(options: Omit<ReadModelsOptions, 'log'>, opened: Opened): DynamicModule {
    const log = new Logger('ReadModels');
    const readModels = {
      provide: ReadModels,
      inject: [EVENT_STORE, Metrics],
      useFactory: async (store: EventStore, metrics: Metrics) => {
        const models = await opened.add(ReadModels.start(store, { ...options, log }), (m) => m.close());
        measure(models, metrics);
        return models;
      },
    };
    return {
      module: ProjectionsModule,
      global: true,
      providers: [readModels],
      exports: [ReadModels],
    };
  }
}

function measure(models: ReadModels, metrics: Metrics): void {
  // Where the store is away, nobody knows.
  const lags = (of: (lag: Lag) => number) => () =>
    models.lag().then(
      (all) => [...all].map(([projection, lag]): Sample => [{ projection }, of(lag)]),
      () => [],
    );
  const label = ['projection'];
  metrics.gauge(
    'mithaq_projection_lag_events',
    `Events of the store that a projection does not hold; ${MAX_COUNTED} are so many or more`,
    label,
    lags((lag) => lag.events),
  );
  metrics.gauge(
    'mithaq_projection_lag_seconds',
    'Since the first of them was written',
    label,
    lags((lag) => lag.seconds),
  );
  metrics.gauge('mithaq_projection_position', 'The ledger’s position that a projection has got to', label, () =>
    models.progress.projections.map(({ name, position }): Sample => [{ projection: name }, position]),
  );
  metrics.gauge('mithaq_projection_stopped', '1 where a projection can’t apply an event, else 0', label, () =>
    models.progress.projections.map(({ name, stopped }): Sample => [{ projection: name }, stopped ? 1 : 0]),
  );
  metrics.lookups('folds', foldLookups);
}
