import { type BeforeApplicationShutdown, type DynamicModule, Inject, Logger, Module } from '@nestjs/common';
import type { Database } from '../event-store/embedded/sqlite.js';
import { READ_MODEL } from '../projections/projections.module.js';
import { ProjectorThread } from '../projections/projector-thread.js';
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
      inject: [READ_MODEL, ProjectorThread],
      useFactory: (db: Database, projector: ProjectorThread) => {
        const feed = new LiveFeed({
          pages: new FeedPages(db),
          limits: { ...FEED_LIMITS, ...limits },
          onDrop: (reason) => log.warn(reason),
        });
        projector.onProgress(({ known }) => feed.advance(known));
        feed.advance(projector.progress.known);
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
