import { canonicalIJson } from '../../domain/values/canonical-json.js';
import { type LedgerEvent, MAX_EVENT_BYTES } from '../../domain/event.js';

/** An event that no bundle can hold. */
export class EntryTooLarge extends Error {
  override readonly name = 'EntryTooLarge';
}

/**
 * The leaf of an event: the canonical JSON (RFC 8785), as UTF-8, of its envelope as it was recorded, `{"body", "id",
 * "metadata", "position", "revision", "stream", "type"}`. Its position is that of the leaf, counted from 1.
 * @throws EntryTooLarge
 */
export function entryOf({ id, stream, revision, position, type, body, metadata }: LedgerEvent): Buffer {
  const entry = Buffer.from(canonicalIJson({ id, stream, revision, position, type, body, metadata }));
  if (entry.length > MAX_EVENT_BYTES) {
    throw new EntryTooLarge(
      `Event ${id} (${stream}, revision ${revision}) is ${entry.length} bytes, more than a bundle takes`,
    );
  }
  return entry;
}
