import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '../../src/domain/shape/json-schema.js';

type Members = Readonly<Record<string, JsonSchema>>;

const ANNOTATIONS = ['$schema', '$id', 'title', 'description', '$defs'];

/**
 * Where a schema refuses what an older one allowed, as far as the rules' keywords go; of a keyword that it does not know
 * it says so wherever the two differ.
 */
export function narrowings(older: JsonSchema, newer: JsonSchema): string[] {
  return compare(older, newer, '');

  function compare(a: JsonSchema, b: JsonSchema, at: string): string[] {
    const was = resolve(a, older);
    const is = resolve(b, newer);
    return Object.keys(is).flatMap((keyword) => {
      const inner = comparison(keyword, was, is, at);
      return inner === true ? [] : inner === false ? [`${at} ${keyword}`] : inner;
    });
  }

  /** Whether a keyword of the newer schema allows what the older one did; of what is nested, where it does not. */
  function comparison(keyword: string, was: JsonSchema, is: JsonSchema, at: string): boolean | string[] {
    if (ANNOTATIONS.includes(keyword)) return true;
    const [then, now] = [was[keyword], is[keyword]];
    if (keyword === 'type') return then !== undefined && within(then, now);
    if (keyword === 'enum') return within(then ?? was['const'], now);
    if (keyword === 'required') return within(now, then);
    if (keyword.startsWith('min')) return Number(then ?? -Infinity) >= Number(now);
    if (keyword.startsWith('max')) return Number(then ?? Infinity) <= Number(now);
    if (keyword === 'properties') return properties((then ?? {}) as Members, now as Members, at);
    if ((keyword === 'items' || keyword === 'additionalProperties') && isSchema(then) && isSchema(now)) {
      return compare(then, now, `${at}/*`);
    }
    return isDeepStrictEqual(then, now);
  }

  function properties(then: Members, now: Members, at: string): string[] {
    return Object.entries(then).flatMap(([name, schema]) =>
      now[name] ? compare(schema, now[name], `${at}/${name}`) : [`${at}/${name} is gone`],
    );
  }
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

/** Whether each of the one, or the one, is among the other. */
const within = (some: unknown, all: unknown) => [some].flat().every((item) => [all].flat().includes(item));

function resolve(schema: JsonSchema, document: JsonSchema): JsonSchema {
  const name = /^#\/\$defs\/(\w+)$/.exec((schema['$ref'] ?? '') as string)?.[1];
  return name === undefined ? schema : (document['$defs'] as Members)[name]!;
}
