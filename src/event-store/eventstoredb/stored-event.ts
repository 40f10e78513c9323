import type { AllStreamRecordedEvent, RecordedEvent } from '@eventstore/db-client';
import type { JsonObject, StoredEvent } from '../event-store.js';
import { toToken } from './position.js';

/** The server's own streams: of their metadata, statistics, projections. */
export function isSystemStream(stream: string): boolean {
  return stream.startsWith('$');
}

/** An event as the port gives it. @throws Error where it is not of the kind that the ledger writes. */
export function toStoredEvent(recorded: RecordedEvent | AllStreamRecordedEvent): StoredEvent {
  const { streamId: stream, revision, position, id, type, data, metadata, created } = recorded;
  if (!position || !isObject(data) || !isObject(metadata ?? {})) {
    throw new Error(`Event ${revision} of ${stream} is no event of a ledger: its data must be a JSON object`);
  }
  return {
    stream,
    revision: Number(revision),
    position: toToken(position),
    id,
    type,
    data: data as JsonObject,
    metadata: (metadata ?? {}) as JsonObject,
    created: created.toISOString(),
  };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
