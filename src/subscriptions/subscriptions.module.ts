import { type BeforeApplicationShutdown, type DynamicModule, Inject, Logger, Module } from '@nestjs/common';
import type { EventStore } from '../event-store/event-store.js';
import { EVENT_STORE } from '../event-store/event-store.module.js';
import { ReadModels } from '../projections/read-models.js';
import { Metrics } from '../telemetry/metrics.js';
import { ConsumerGroups } from './consumer-groups.js';
import { FeedPages } from './feed-pages.js';
import { FEED_LIMITS, type FeedLimits, LiveFeed } from './live-feed.js';

/** For those who follow the ledger. */
@Module({})
export class SubscriptionsModule implements BeforeApplicationShutdown {
  constructor(
    @Inject(LiveFeed) private readonly feed: LiveFeed,
    @Inject(ConsumerGroups) private readonly groups: ConsumerGroups,
  ) {}

  static forRoot(given: Partial<FeedLimits> = {}, now: () => Date = () => new Date()): DynamicModule {
    const limits = { ...FEED_LIMITS, ...given };
    const log = new Logger('LiveFeed');
    const liveFeed = {
      provide: LiveFeed,
      inject: [ReadModels, Metrics],
      useFactory: (readModels: ReadModels, metrics: Metrics) => {
        const feed = new LiveFeed({
          pages: new FeedPages(readModels),
          limits,
          onDrop: (reason) => log.warn(reason),
        });
        readModels.onProgress(({ known }) => feed.advance(known));
        feed.advance(readModels.progress.known);
        metrics.gauge('mithaq_feed_clients', 'Those who follow the live feed', [], () => [[{}, feed.size]]);
        return feed;
      },
    };
    const consumerGroups = {
      provide: ConsumerGroups,
      inject: [EVENT_STORE, ReadModels, Metrics],
      useFactory: (store: EventStore, readModels: ReadModels, metrics: Metrics) => {
        const onDrop = (reason: string) => log.warn(reason);
        const groups = new ConsumerGroups({ store, readModels, limits, now, onDrop });
        metrics.gauge('mithaq_group_workers', 'Workers of consumer groups', [], () => [[{}, groups.size]]);
        return groups;
      },
    };
    return {
      module: SubscriptionsModule,
      providers: [liveFeed, consumerGroups],
      exports: [LiveFeed, ConsumerGroups],
    };
  }

  /** The server would wait for feeds to end. */
  beforeApplicationShutdown(): void {
    this.feed.close();
    this.groups.close();
  }
}
