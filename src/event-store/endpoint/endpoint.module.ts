import { type DynamicModule, Module } from '@nestjs/common';
import type { Opened } from '../../opened.js';
import type { EventStore } from '../event-store.js';
import { EVENT_STORE } from '../event-store.module.js';
import { type EndpointOptions, listenEventStoreDB } from './listen.js';

const ENDPOINT = Symbol('Endpoint');

/** Serves the ledger's streams by EventStoreDB's protocol, for as long as the server runs. */
@Module({})
export class EndpointModule {
  static forRoot(options: EndpointOptions, opened: Opened): DynamicModule {
    const endpoint = {
      provide: ENDPOINT,
      inject: [EVENT_STORE],
      useFactory: (store: EventStore) => opened.add(listenEventStoreDB(store, options), (e) => e.close()),
    };
    return { module: EndpointModule, providers: [endpoint] };
  }
}
