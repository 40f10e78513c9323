import type { EventBody, EventMetadata, LedgerEvent } from '../domain/event.js';
import type { StoredEvent } from './event-store.js';

/** A stored event as the ledger's envelope. @param position its ordinal in the ledger, which the store can't know */
export const ledgerEvent = (stored: StoredEvent, position: number): LedgerEvent => ({
  id: stored.id,
  stream: stored.stream,
  revision: stored.revision,
  position,
  type: stored.type,
  body: stored.data as unknown as EventBody,
  metadata: stored.metadata as unknown as EventMetadata,
});
