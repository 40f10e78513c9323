import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { openApi } from '../../src/api/openapi.js';
import type { JsonSchema } from '../../src/domain/shape/json-schema.js';

export const API_TYPES = 'clients/typescript/src/api.ts';

const INTRODUCTION = `// Made from the OpenAPI description by \`npm run client:types\`; a test fails where it is out of date.\n`;

interface Operation {
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: JsonSchema }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: JsonSchema }>> }>>;
}

const object = (properties: Readonly<Record<string, JsonSchema>>, required = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  properties,
  required,
});

/** What a client gives, and what it gets. */
function questionOf({ parameters = [], responses }: Operation): JsonSchema {
  const given = parameters.filter((parameter) => parameter.in !== 'header');
  const required = given.filter((parameter) => parameter.required).map(({ name }) => name);
  const schemas = Object.fromEntries(given.map(({ name, schema }) => [name, schema]));
  const [content] = Object.values(responses['200']?.content ?? {});
  return object({ params: object(schemas, required), answer: content?.schema ?? {} });
}

/**
 * The types that the client goes by: all schemas of the description, and in the place of its paths, of which each repeats
 * what all have, a table of the commands and one of the questions.
 */
export async function apiTypes(): Promise<string> {
  const { openapi, info, paths, components } = openApi();
  const all = Object.entries(paths) as unknown as (readonly [string, { readonly get?: Operation }])[];
  const commands = all.flatMap(([path]) => /^\/v1\/commands\/(\w+)$/.exec(path)?.[1] ?? []);
  const gets = all.flatMap(([path, { get }]) => (get && path.startsWith('/v1/') ? [[path, get] as const] : []));
  const schemas = {
    ...components?.schemas,
    Commands: object(Object.fromEntries(commands.map((name) => [name, { $ref: `#/components/schemas/${name}` }]))),
    Queries: object(Object.fromEntries(gets.map(([path, get]) => [path, questionOf(get)]))),
  };
  const document = { openapi, info, paths: {}, components: { schemas } } as unknown as OpenAPI3;
  const types = astToString(await openapiTS(document, { immutable: true, emptyObjectsUnknown: true }));
  const waiting = gets.filter(([, { parameters }]) => parameters?.some(({ name }) => name === 'minPosition'));
  const names = waiting.map(([path]) => `  '${path}',\n`).join('');
  return `${INTRODUCTION}${types}
/** The questions that can be asked to wait for a position. */
export const waitingPaths: ReadonlySet<string> = new Set([\n${names}]);
`;
}
