import { curationEvents, isCuration } from './curation/events.js';
import type { Category, EventBody, EventMetadata, LedgerEvent, Warning } from './event.js';
import { factType, schemaVersionOf } from './registry.js';
import type { Shape } from './shape/check-shape.js';
import { type Components, type JsonSchema, refTo, schemaDocument } from './shape/json-schema.js';
import { ID_PATTERN, STREAM_PATTERN, UUID_PATTERN } from './shape/rules.js';
import { Evidence } from './values/evidence.js';

/**
 * What the schema of an event, or of the command that records it, is called: the same whatever serves it. There is no
 * domain name that it could be of.
 */
export const schemaUri = (kind: 'events' | 'commands', name: string, version: number): string =>
  `urn:mithaq:${kind}:${name}:${version}`;

/** What the newest shape of an event type is called. */
export const eventSchemaUri = (type: string): string => schemaUri('events', type, schemaVersionOf(type));

/** The shape of the data of an event type, the newest. @throws UnknownEventType */
export const dataShapeOf = (type: string): Shape =>
  isCuration(type) ? curationEvents[type].data : factType(type).data;

/** The members of an interface, each with its schema: the compiler says where the two part. */
const members = <T>(
  properties: Readonly<Record<keyof T & string, JsonSchema>>,
  ...optional: (keyof T & string)[]
): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !(optional as string[]).includes(name)),
});

const text = { type: 'string' };
const flat = (pattern: RegExp) => ({ ...text, pattern: pattern.source });
const moment = { ...text, format: 'date-time' };
const dateOrNull = { type: ['string', 'null'], description: 'a partial date: EDTF, level 0 or 1; null where unknown' };
const nothing = { type: 'null' };

/** W3C Trace Context: https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}/;

export const warningSchema: JsonSchema = members<Warning>({ code: text, message: text, pointer: text }, 'pointer');

const metadata = (newest?: number): JsonSchema =>
  members<EventMetadata>(
    {
      commandId: text,
      commandHash: flat(/^[0-9a-f]{64}$/),
      $correlationId: text,
      $causationId: text,
      actor: text,
      // As it was written; whoever is given the event is given it in the newest shape.
      schemaVersion: { type: 'integer', minimum: 1, ...(newest !== undefined && { maximum: newest }) },
      warnings: { type: 'array', items: warningSchema },
      recordedAt: moment,
      traceparent: flat(TRACEPARENT),
    },
    'traceparent',
  );

interface Told {
  readonly type: JsonSchema;
  readonly stream: JsonSchema;
  readonly body: JsonSchema;
  readonly metadata: JsonSchema;
}

const envelope = ({ type, stream, body, metadata: meta }: Told): JsonSchema =>
  members<LedgerEvent>({
    id: flat(UUID_PATTERN),
    stream,
    revision: { type: 'integer', minimum: 0 },
    position: { type: 'integer', minimum: 1 },
    type,
    body,
    metadata: meta,
  });

const body = (dated: boolean, evidence: JsonSchema, data: JsonSchema): JsonSchema => {
  const date = dated ? dateOrNull : nothing;
  return members<EventBody>({ occurredOn: date, endedOn: date, evidence, data });
};

const evidenceOf = (components: Components, bounds: { minItems?: number; maxItems?: number } = {}): JsonSchema => ({
  type: 'array',
  items: refTo(Evidence, components),
  ...bounds,
});

/** The schema of an event of whatever type. */
export const anyEventSchema = (components: Components): JsonSchema =>
  envelope({
    type: text,
    stream: flat(STREAM_PATTERN),
    body: body(true, evidenceOf(components), { type: 'object' }),
    metadata: metadata(),
  });

const streamOf = (category: Category): JsonSchema =>
  flat(new RegExp(`^${category}-${ID_PATTERN.source.replace(/^\^/, '')}`));

/** The schema of an event of a type as it is listed: envelope, dates, evidence, data. @throws UnknownEventType */
export function eventSchema(type: string, components: Components): JsonSchema {
  const aggregate = isCuration(type) ? undefined : factType(type).aggregate;
  const cites = isCuration(type) ? curationEvents[type].evidence : factType(type).aggregate.dated;
  return envelope({
    type: { const: type },
    stream: aggregate ? streamOf(aggregate.category) : flat(STREAM_PATTERN),
    body: body(
      aggregate?.dated ?? false,
      evidenceOf(components, cites ? { minItems: 1 } : { maxItems: 0 }),
      refTo(dataShapeOf(type), components),
    ),
    metadata: metadata(schemaVersionOf(type)),
  });
}

/**
 * The schema of an event type that stands by itself. Its data, a correction's values aside, are all that its class
 * allows; the envelope may gain members. `$defs` holds the data under the type's name.
 */
export const eventSchemaDocument = (type: string): JsonSchema =>
  schemaDocument(eventSchemaUri(type), type, (components) => eventSchema(type, components));
