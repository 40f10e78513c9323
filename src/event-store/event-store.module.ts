import { type DynamicModule, Module } from '@nestjs/common';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedEventStore } from './embedded/embedded-event-store.js';

/** The token of the {@link EventStore} in use. */
export const EVENT_STORE = Symbol('EventStore');

/** Opens the event store that the settings name, before anything that needs it. */
@Module({})
export class EventStoreModule {
  static forRoot(path: string): DynamicModule {
    const store = {
      provide: EVENT_STORE,
      useFactory: async () => {
        mkdirSync(dirname(path), { recursive: true });
        return EmbeddedEventStore.open(path);
      },
    };
    return { module: EventStoreModule, global: true, providers: [store], exports: [EVENT_STORE] };
  }
}
