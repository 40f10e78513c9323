import { EmbeddedEventFeed } from './embedded/embedded-event-feed.js';
import type { EventFeed } from './event-store.js';
import { EventStoreDBEventStore } from './eventstoredb/eventstoredb-event-store.js';
import { isConnectionString } from './location.js';

/**
 * Opens the feed of the store at a location, for a thread of its own; one in a file must be open for writing in another.
 * @param onDrop told why a subscription was dropped, each time before it goes on
 */
export function openEventFeed(location: string, onDrop: (error: unknown) => void): EventFeed {
  return isConnectionString(location)
    ? new EventStoreDBEventStore(location, { onDrop })
    : EmbeddedEventFeed.openFeed(location);
}
