import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import type { EventData } from '../src/event-store/event-store.js';

/** EventStoreDB's own client, with nothing of ours around it: the floor. */
export const bareClient = (connectionString: string) => EventStoreDBClient.connectionString(connectionString);

export const appendWith = (client: EventStoreDBClient) => (stream: string, events: readonly EventData[]) =>
  client.appendToStream(
    stream,
    events.map((event) => jsonEvent(event as Parameters<typeof jsonEvent>[0])),
    {
      expectedRevision: NO_STREAM,
    },
  );
