import { type DynamicModule, Inject, Module, type OnModuleDestroy } from '@nestjs/common';
import type { EventStore } from '../event-store.js';
import { EVENT_STORE } from '../event-store.module.js';
import { type Endpoint, type EndpointOptions, listenEventStoreDB } from './listen.js';

const ENDPOINT = Symbol('Endpoint');

/** Serves the ledger's streams by EventStoreDB's protocol, for as long as the server runs. */
@Module({})
export class EndpointModule implements OnModuleDestroy {
  constructor(@Inject(ENDPOINT) private readonly endpoint: Endpoint) {}

  static forRoot(options: EndpointOptions): DynamicModule {
    const endpoint = {
      provide: ENDPOINT,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => listenEventStoreDB(store, options),
    };
    return { module: EndpointModule, providers: [endpoint] };
  }

  /** Before the store is closed. */
  onModuleDestroy(): Promise<void> {
    return this.endpoint.close();
  }
}
