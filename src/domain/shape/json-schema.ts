import type { Shape } from './check-shape.js';
import { fieldSchemas, optionalFields } from './rules.js';

/** A JSON Schema (2020-12) as plain JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Where the schemas of nested shapes are kept, by class name, and how they are referred to. */
export interface Components {
  readonly schemas: Record<string, JsonSchema>;
  readonly refTo: (name: string) => string;
}

/** The JSON Schema of a shape, from the same rules that check it; nested shapes are added to the components. */
export function schemaOf(shape: Shape, components: Components): JsonSchema {
  const fields = [...fieldSchemas.entries(shape.prototype as object)];
  const optional = (field: string) => optionalFields.entries(shape.prototype as object).has(field);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([field, told]) => [field, resolve(told, components)])),
    required: fields.map(([field]) => field).filter((field) => !optional(field)),
    additionalProperties: false,
  };
}

/** A schema that stands by itself, with all that it refers to. @param id its URI: whatever it says, it keeps that */
export function schemaDocument(id: string, title: string, tell: (components: Components) => JsonSchema): JsonSchema {
  const schemas: Record<string, JsonSchema> = {};
  const told = tell({ schemas, refTo: (name) => `#/$defs/${name}` });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title,
    ...told,
    ...(Object.keys(schemas).length > 0 && { $defs: schemas }),
  };
}

function resolve(told: Readonly<Record<string, unknown>>, components: Components): JsonSchema {
  const { shape, items, ...rest } = told as { shape?: () => Shape; items?: Record<string, unknown> };
  if (shape) return refTo(shape(), components);
  return items ? { ...rest, items: resolve(items, components) } : rest;
}

/** A reference to the schema of a shape, which is added to the components where it is not there yet. */
export function refTo(shape: Shape, components: Components): JsonSchema {
  if (!Object.hasOwn(components.schemas, shape.name)) {
    components.schemas[shape.name] = {}; // taken, so that a shape within itself ends here
    components.schemas[shape.name] = schemaOf(shape, components);
  }
  return { $ref: components.refTo(shape.name) };
}
