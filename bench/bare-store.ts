import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { join } from 'node:path';
import { EmbeddedEventStore } from '../src/event-store/embedded/embedded-event-store.js';
import type { EventData } from '../src/event-store/event-store.js';
import { openEventFeed } from '../src/event-store/open-event-feed.js';

/** A kind of store with nothing of ours around it: the floors, and what of them is to be reached. */
export interface BareStore {
  readonly name: string;
  /** Where the ledger that is measured is: the same kind of store. */
  readonly location: string;
  readonly append: { readonly is: string; readonly target: number };
  readonly read: { readonly is: string; readonly target: number | null };
  /** To a stream that is new. */
  appendTo(stream: string, events: readonly EventData[]): Promise<unknown>;
  /** Reads all events. @returns how many */
  readAll(): Promise<number>;
  close(): Promise<void>;
}

export async function bareEmbedded(folder: string): Promise<BareStore> {
  const store = await EmbeddedEventStore.open(join(folder, 'floor.db'));
  const location = join(folder, 'ledger.db');
  return {
    name: 'embedded',
    location,
    append: { is: 'the durable, group-committed append alone', target: 0.5 },
    read: { is: 'reading the events alone', target: null },
    appendTo: (stream, events) => store.append(stream, events, 'no_stream'),
    readAll: async () => {
      const feed = openEventFeed(location, () => undefined);
      const count = await counted(feed.readAll());
      await feed.close();
      return count;
    },
    close: () => store.close(),
  };
}

export function bareEventStoreDB(location: string): BareStore {
  const client = EventStoreDBClient.connectionString(location);
  return {
    name: 'EventStoreDB',
    location,
    append: { is: "the bare client's append", target: 0.85 },
    read: { is: "the bare client's readAll", target: 0.4 },
    appendTo: (stream, events) =>
      client.appendToStream(
        stream,
        events.map((event) => jsonEvent(event as Parameters<typeof jsonEvent>[0])),
        { expectedRevision: NO_STREAM },
      ),
    readAll: () => counted(client.readAll()),
    close: () => client.dispose(),
  };
}

async function counted(events: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const event of events) if (event) count += 1;
  return count;
}
