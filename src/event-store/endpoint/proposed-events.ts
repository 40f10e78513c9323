import type { EventData, ExpectedRevision, JsonObject } from '../event-store.js';
import { streams } from './definitions.js';
import { InvalidRequest } from './errors.js';
import { uuidOf } from './fields.js';

type Proposed =
  InstanceType<typeof streams.AppendReq.ProposedMessage> | InstanceType<typeof streams.BatchAppendReq.ProposedMessage>;

interface Expectation {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

/** An event that a client wants to append. @throws InvalidRequest where it is not one that a ledger can hold. */
export function eventData(proposed: Proposed): EventData {
  const headers = proposed.getMetadataMap();
  const type = headers.get('type');
  if (type === undefined) throw new InvalidRequest('The type of an event is missing');
  if (headers.get('content-type') !== 'application/json') throw new InvalidRequest('An event of a ledger is JSON');
  const metadata = proposed.getCustomMetadata_asU8();
  return {
    id: uuidOf(proposed.getId()),
    type,
    data: jsonObject(proposed.getData_asU8()),
    metadata: metadata.length === 0 ? {} : jsonObject(metadata),
  };
}

/** What revision a client expects; `exact` is the one it names, if it names one. @throws InvalidRequest */
export function expectedRevision(options: Expectation, exact: string | undefined): ExpectedRevision {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  if (options.hasAny()) return 'any';
  if (exact === undefined) throw new InvalidRequest('The expected revision is missing');
  return Number(exact);
}

function jsonObject(bytes: Uint8Array): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new InvalidRequest('An event of a ledger is JSON', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidRequest('Data and metadata of an event are JSON objects');
  }
  return value as JsonObject;
}
