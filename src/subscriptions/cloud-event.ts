import type { LedgerEvent } from '../domain/event.js';
import { eventSchemaUri } from '../domain/event-schema.js';
import { uuidV5 } from '../domain/values/uuid.js';

/** What the types of our events begin with: there is no domain name that they could be said to be of. */
export const TYPE_PREFIX = 'mithaq.';

/**
 * An event of the ledger as CloudEvents 1.0 in JSON tells it: https://github.com/cloudevents/spec. The attributes are for
 * those who pass events on without reading them; `data` is the event itself, as `GET /v1/events` lists it.
 */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** The stream. */
  readonly subject: string;
  /** When it was recorded. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** What the schema of `data` is called: `GET /v1/schemas` tells where it is. */
  readonly dataschema: string;
  /** A string: CloudEvents' integers end at 2,147,483,647. */
  readonly position: string;
  readonly revision: number;
  readonly correlationid: string;
  readonly causationid: string;
  /** CloudEvents' extension for distributed tracing; where it was recorded in a trace. */
  readonly traceparent?: string;
  /** To a worker of a consumer group: from 1. */
  readonly deliveryattempt?: number;
  readonly data: LedgerEvent;
}

/**
 * The URI of a ledger: made of its first event and the moment when that was recorded, so that it is the same on every
 * instance and after a copy, and another one for each ledger that the same file was imported into.
 */
export const ledgerUri = ({ id, metadata }: LedgerEvent): string =>
  `urn:uuid:${uuidV5(JSON.stringify([id, metadata.recordedAt]))}`;

/** @param source the ledger's URI */
export const cloudEvent = (event: LedgerEvent, source: string): CloudEvent => ({
  specversion: '1.0',
  id: event.id,
  source,
  type: TYPE_PREFIX + event.type,
  subject: event.stream,
  time: event.metadata.recordedAt,
  datacontenttype: 'application/json',
  dataschema: eventSchemaUri(event.type),
  position: String(event.position),
  revision: event.revision,
  correlationid: event.metadata.$correlationId,
  causationid: event.metadata.$causationId,
  ...(event.metadata.traceparent !== undefined && { traceparent: event.metadata.traceparent }),
  data: event,
});
