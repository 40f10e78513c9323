import type { StoredEvent } from './event-store.js';
import { canonicalEvent } from './fingerprint.js';

/** What one append holds at most: far below the 1 MiB that EventStoreDB takes by default. */
const MAX_EVENTS = 128;
const MAX_BYTES = 256 * 1024;

/**
 * Groups events that follow each other in one stream, so that each group can be one append. The order stays the same,
 * and no more than one group is held. An event that is larger than a group may be is a group of its own.
 * @throws NoCanonicalForm
 */
export async function* streamRuns(events: AsyncIterator<StoredEvent>): AsyncGenerator<[StoredEvent, ...StoredEvent[]]> {
  let run: [StoredEvent, ...StoredEvent[]] | undefined;
  let size = 0;
  for (let next = await events.next(); !next.done; next = await events.next()) {
    const event = next.value;
    const bytes = Buffer.byteLength(canonicalEvent(event));
    if (run && follows(run.at(-1)!, event) && run.length < MAX_EVENTS && size + bytes <= MAX_BYTES) {
      run.push(event);
      size += bytes;
      continue;
    }
    if (run) yield run;
    run = [event];
    size = bytes;
  }
  if (run) yield run;
}

/** A gap in the revisions is left for the expected revision of the next append to refuse. */
const follows = (last: StoredEvent, event: StoredEvent) =>
  event.stream === last.stream && event.revision === last.revision + 1;
