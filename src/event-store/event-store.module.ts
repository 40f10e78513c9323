import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedEventStore } from './embedded/embedded-event-store.js';
import type { Opened } from '../opened.js';
import { type EventStore, StoreUnavailable } from './event-store.js';
import { EventStoreDBEventStore } from './eventstoredb/eventstoredb-event-store.js';
import { isConnectionString } from './location.js';

/** The token of the {@link EventStore} in use. */
export const EVENT_STORE = Symbol('EventStore');

/** Opens the event store at a location: a connection string of EventStoreDB, else the embedded store's file. */
export async function openEventStore(location: string): Promise<EventStore> {
  if (isConnectionString(location)) {
    const log = new Logger('EventStoreDB');
    const onDrop = (error: unknown) => log.warn(`The subscription was dropped and goes on: ${String(error)}`);
    return new EventStoreDBEventStore(location, { onDrop });
  }
  mkdirSync(dirname(location), { recursive: true });
  return EmbeddedEventStore.open(location);
}

/** Opens the event store that the settings name, before anything that needs it. It must answer: a ledger starts on one. */
@Module({})
export class EventStoreModule {
  static forRoot(location: string, opened: Opened): DynamicModule {
    const useFactory = async () => {
      const store = await opened.add(openEventStore(location), (s) => s.close());
      await store.checkHealth().catch((cause: Error) => {
        throw new StoreUnavailable(`The event store does not answer: ${cause.message}`, { cause });
      });
      return store;
    };
    const store = { provide: EVENT_STORE, useFactory };
    return { module: EventStoreModule, global: true, providers: [store], exports: [EVENT_STORE] };
  }
}
