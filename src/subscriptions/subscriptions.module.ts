import { type BeforeApplicationShutdown, type DynamicModule, Inject, Logger, Module } from '@nestjs/common';
import { ReadModels } from '../projections/read-models.js';
import { Metrics } from '../telemetry/metrics.js';
import { FeedPages } from './feed-pages.js';
import { FEED_LIMITS, type FeedLimits, LiveFeed } from './live-feed.js';

/** For those who follow the ledger. */
@Module({})
export class SubscriptionsModule implements BeforeApplicationShutdown {
  constructor(@Inject(LiveFeed) private readonly feed: LiveFeed) {}

  static forRoot(limits: Partial<FeedLimits> = {}): DynamicModule {
    const log = new Logger('LiveFeed');
    const liveFeed = {
      provide: LiveFeed,
      inject: [ReadModels, Metrics],
      useFactory: (readModels: ReadModels, metrics: Metrics) => {
        const feed = new LiveFeed({
          pages: new FeedPages(readModels),
          limits: { ...FEED_LIMITS, ...limits },
          onDrop: (reason) => log.warn(reason),
        });
        readModels.onProgress(({ known }) => feed.advance(known));
        feed.advance(readModels.progress.known);
        metrics.gauge('mithaq_feed_clients', 'Those who follow the live feed', [], () => [[{}, feed.size]]);
        return feed;
      },
    };
    return { module: SubscriptionsModule, providers: [liveFeed], exports: [LiveFeed] };
  }

  /** The server would wait for feeds to end. */
  beforeApplicationShutdown(): void {
    this.feed.close();
  }
}
