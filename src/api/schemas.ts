import { COMMAND_CLASSES } from '../commands/command-classes.js';
import { eventSchemaDocument, eventSchemaUri, schemaUri } from '../domain/event-schema.js';
import { COMMAND_TYPES, type CommandType, EVENT_TYPES, schemaVersionOf } from '../domain/registry.js';
import { type JsonSchema, schemaDocument, schemaOf } from '../domain/shape/json-schema.js';

export const SCHEMAS_PATH = '/v1/schemas';
export const SCHEMA_TYPE = 'application/schema+json';

export const SCHEMA_KINDS = ['events', 'commands'] as const;
export type SchemaKind = (typeof SCHEMA_KINDS)[number];

/** The event type that a command records. */
export const recordedBy = (type: CommandType): string => (type.kind === 'fact' ? type.fact.type : type.type);

const COMMAND_OF = new Map([...COMMAND_TYPES.values()].map((type) => [recordedBy(type), type.command]));

/** A command is made of its event's shape: it has that one's version. */
const commandSchemaUri = (name: string, event: string) => schemaUri('commands', name, schemaVersionOf(event));

const commandSchemaDocument = (name: string, event: string): JsonSchema =>
  schemaDocument(commandSchemaUri(name, event), name, (components) => schemaOf(COMMAND_CLASSES.get(name)!, components));

/** The JSON Schema of every event and of the data of every command, by name; they are as the classes are. */
export const SCHEMAS: Readonly<Record<SchemaKind, ReadonlyMap<string, JsonSchema>>> = {
  events: new Map(EVENT_TYPES.map((type) => [type, eventSchemaDocument(type)])),
  commands: new Map([...COMMAND_TYPES].map(([name, type]) => [name, commandSchemaDocument(name, recordedBy(type))])),
};

const url = (kind: SchemaKind, name: string) => `${SCHEMAS_PATH}/${kind}/${name}`;

/** All schemas: where each is, what it is called, and which command records which event. */
export const schemaIndex = () => ({
  events: EVENT_TYPES.map((name) => ({
    name,
    schemaVersion: schemaVersionOf(name),
    id: eventSchemaUri(name),
    url: url('events', name),
    command: COMMAND_OF.get(name)!,
  })),
  commands: [...COMMAND_TYPES].map(([name, type]) => {
    const event = recordedBy(type);
    const schemaVersion = schemaVersionOf(event);
    return { name, schemaVersion, id: commandSchemaUri(name, event), url: url('commands', name), event };
  }),
});
