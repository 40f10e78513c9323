import { curationEvents, isCuration } from '../../src/domain/curation/events.js';
import { plural } from '../../src/domain/event.js';
import { dataShapeOf, eventSchemaUri } from '../../src/domain/event-schema.js';
import { EVENT_TYPES, FACT_TYPES, type FactTypeEntry, schemaVersionOf } from '../../src/domain/registry.js';
import { type JsonSchema, refTo } from '../../src/domain/shape/json-schema.js';
import { Evidence } from '../../src/domain/values/evidence.js';
import { ofToday, readCorpus } from '../corpus/corpus.js';

export const CATALOGUE = 'docs/events.md';

const INTRODUCTION = `# The events

Made from the schemas by \`npm run docs:events\`; a test fails where it is out of date. The JSON Schema of each event is at
\`GET /v1/schemas/events/{name}\`, that of each command at \`GET /v1/schemas/commands/{name}\`, all are listed at
\`GET /v1/schemas\`. What never changes is in [decision 16](decisions/0016-schemas.md).

Every event has the same envelope: \`id\`, \`stream\`, \`revision\`, \`position\`, \`type\`, \`body\`, \`metadata\`. Its \`body\` has
\`occurredOn\` and \`endedOn\` (partial dates: EDTF, level 0 or 1; null where unknown), \`evidence\` (a list of
[Evidence](#evidence)) and \`data\`: the fields below. Events of sources and parties, and curation, have no dates. A field
may be left out where it says *optional*; no others are taken. The examples show \`data\` alone.`;

/** The page: each event with its command, what it does, its fields and an example of the corpus. */
export function eventCatalogue(): string {
  const schemas: Record<string, JsonSchema> = {};
  const components = { schemas, refTo: (name: string) => name };
  for (const shape of [...EVENT_TYPES.map(dataShapeOf), Evidence]) refTo(shape, components);
  const nested = Object.keys(schemas).filter((name) => !EVENT_TYPES.includes(name));
  const sections = [...new Set(EVENT_TYPES.map(groupOf))].flatMap((title) => [
    `## ${title}`,
    ...EVENT_TYPES.filter((type) => groupOf(type) === title).flatMap((type) => eventSection(type, schemas[type]!)),
  ]);
  const shapes = nested.sort().flatMap((name) => [`### ${name}`, fieldTable(schemas[name]!)]);
  return `${[INTRODUCTION, index(), ...sections, '## Shapes within', ...shapes].join('\n\n')}\n`;
}

const link = (name: string) => `[${name}](#${name.toLowerCase()})`;

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);

const groupOf = (type: string): string => {
  const fact = FACT_TYPES.get(type);
  return fact ? capital(plural(fact.aggregate.category)) : 'Curation';
};

const commandOf = (type: string): string => (isCuration(type) ? curationEvents[type] : FACT_TYPES.get(type)!).command;

const index = () =>
  table(
    ['event', 'command', 'of'],
    EVENT_TYPES.map((type) => [link(type), `\`${commandOf(type)}\``, groupOf(type).toLowerCase()]),
  );

function eventSection(type: string, schema: JsonSchema): string[] {
  const example = ofToday(readCorpus(), type).at(-1)!.events[0].body.data;
  const fact = FACT_TYPES.get(type);
  return [
    `### ${type}`,
    [`Recorded by \`${commandOf(type)}\``, ...(fact ? facts(fact) : [curationFacts(type)])].join('; ') + '.',
    `Schema: \`${eventSchemaUri(type)}\`, version ${schemaVersionOf(type)}.`,
    fieldTable(schema),
    ...(Object.keys(example).length > 0 ? [`\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``] : []),
  ];
}

function facts({ rank, opens, moves, act, recurs, mayPrecede, aggregate }: FactTypeEntry): string[] {
  return [
    `rank ${rank + 1}`,
    ...(opens ? [`opens ${/^[aeiou]/.test(aggregate.category) ? 'an' : 'a'} ${aggregate.category}`] : []),
    moves ? 'moves its state' : 'adds to its state',
    ...(act ? ['is an act of the parties'] : []),
    ...(recurs ? ['may come again'] : []),
    ...(mayPrecede ? [`may come before ${mayPrecede}`] : []),
  ];
}

const curationFacts = (type: string) =>
  `on the stream of what it is about${isCuration(type) && curationEvents[type].evidence ? ', with evidence' : ''}`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function fieldTable(schema: JsonSchema): string {
  const { properties, required } = schema as { properties: Record<string, JsonSchema>; required: readonly string[] };
  const rows = Object.entries(properties).map(([name, told]) => [
    `\`${name}\``,
    kind(told),
    [...(required.includes(name) ? [] : ['optional']), ...rules(told)].join(', '),
  ]);
  return rows.length === 0 ? 'It has no fields.' : table(['field', 'what it is', 'rules'], rows);
}

/** What a value is, in words: what its schema says, or its values, or its type. */
function kind(schema: JsonSchema): string {
  const { $ref, items, type, enum: values, const: only, description } = schema as Record<string, unknown>;
  if (typeof $ref === 'string') return link($ref);
  if (items) return `a list, each ${kind(items as JsonSchema)}`;
  if (Array.isArray(values)) return `one of ${values.map((value) => `\`${value}\``).join(', ')}`;
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (typeof description === 'string') return description;
  return { string: 'a text', integer: 'a whole number', boolean: 'true or false' }[type as string] ?? 'any JSON value';
}

/** The bounds of a value, and that its items differ; a form is told by what it is called. */
function rules(schema: JsonSchema): string[] {
  const { minimum, maximum, minItems, maxItems, maxLength, uniqueItems } = schema as Record<string, number>;
  return [
    ...(minimum !== undefined ? [`${minimum} to ${maximum}`] : []),
    ...(maxItems !== undefined
      ? [minItems === maxItems ? `${minItems} items` : `${minItems} to ${maxItems} items`]
      : []),
    ...(uniqueItems ? ['each once'] : []),
    ...(maxLength !== undefined ? [`1 to ${maxLength} characters`] : []),
  ];
}
