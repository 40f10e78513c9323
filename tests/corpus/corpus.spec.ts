import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { LedgerEvent } from '../../src/domain/event.js';
import { dataShapeOf, eventSchemaDocument } from '../../src/domain/event-schema.js';
import { history } from '../../src/domain/history/history.js';
import { recordView } from '../../src/domain/history/record-view.js';
import { EVENT_TYPES, schemaVersionOf, upcast } from '../../src/domain/registry.js';
import { checkShape } from '../../src/domain/shape/check-shape.js';
import type { JsonSchema } from '../../src/domain/shape/json-schema.js';
import { faultsIn, newAjv } from '../support/json-schema.js';
import { statusOf } from '../support/ledger.js';
import { hasToday, readCorpus, SUMS, sums } from './corpus.js';
import { narrowings } from './narrowings.js';

const corpus = readCorpus();
const ajv = newAjv();
for (const type of EVENT_TYPES) ajv.addSchema(eventSchemaDocument(type), type);

const versions = EVENT_TYPES.flatMap((type) =>
  Array.from({ length: schemaVersionOf(type) }, (_, i): [string, number] => [type, i + 1]),
);

/** What is read of a ledger: all that the fold makes of it. */
function read(events: readonly LedgerEvent[]): unknown {
  const { records, curated } = history(events, { asOf: '9999-12-31', minimumStanding: 'claimed' });
  const views = [...records.values()].map(recordView);
  const pairs = [...new Set([...records.values()].flatMap((record) => record.pairs))];
  return { views, curated, statuses: pairs.map((pair) => statusOf(events, pair, '9999-12-31')) };
}

test.each(versions)('there is an example of %s in version %i', (type, schemaVersion) => {
  const of = corpus.filter((entry) => entry.type === type && entry.schemaVersion === schemaVersion);
  expect(of.length).toBeGreaterThan(0);
  for (const event of of.flatMap((entry) => entry.events)) {
    expect(event).toMatchObject({ type, metadata: { schemaVersion } });
  }
});

test.each(EVENT_TYPES)('there is an example of %s in the shape that it is written in now', (type) => {
  // Else: `npm run corpus` adds it.
  expect(hasToday(corpus, type)).toBe(true);
});

describe.each(corpus.map((entry) => ({ ...entry, toString: () => entry.name })))('$name', (entry) => {
  test.each(entry.events.map((event, i) => [i, event] as const))(
    'event %i is read, and makes a difference',
    (_, event) => {
      const [raised, given] = [upcast(event), entry.given.map(upcast)];
      for (const { type, body } of [raised, ...given]) {
        expect(checkShape(dataShapeOf(type), body.data)).toMatchObject({ ok: true });
      }
      expect(faultsIn(ajv.getSchema(entry.type)!, raised)).toEqual([]);
      expect(read([...given, raised])).not.toEqual(read(given));
    },
  );

  if (entry.schemaVersion === schemaVersionOf(entry.type)) {
    test('all that its schema allowed is allowed now: else the type needs an upcaster', () => {
      expect(narrowings(entry.schema, eventSchemaDocument(entry.type))).toEqual([]);
    });
  }
});

test('no file was changed since it was written', () => {
  expect(sums().sort()).toEqual(readFileSync(SUMS, 'utf8').trimEnd().split('\n').sort());
});

describe('what narrows a schema', () => {
  const place = { type: 'object', properties: { name: { type: 'string', maxLength: 9 } }, additionalProperties: false };
  const older = {
    type: 'object',
    properties: {
      kind: { type: 'string', enum: ['a', 'b'] },
      count: { type: ['integer', 'null'], minimum: 1 },
      places: { type: 'array', items: { $ref: '#/$defs/Place' } },
    },
    required: ['kind'],
    additionalProperties: false,
    $defs: { Place: place },
  };
  const { kind, count, places } = older.properties;
  const named = (name: object) => ({ ...older, $defs: { Place: { ...place, properties: { name } } } });
  const having = (properties: object) => ({ ...older, properties: { ...older.properties, ...properties } });

  test.each<[string, JsonSchema, string[]]>([
    ['nothing changed', older, []],
    ['a further field', having({ note: { type: 'string' } }), []],
    ['a further value', having({ kind: { ...kind, enum: ['a', 'b', 'c'] } }), []],
    ['wider bounds', having({ count: { ...count, minimum: 0 } }), []],
    ['nothing required', { ...older, required: [] }, []],
    ['a field gone', { ...older, properties: { kind, count } }, ['/places is gone']],
    ['a field required', { ...older, required: ['kind', 'count'] }, [' required']],
    ['a value gone', having({ kind: { ...kind, enum: ['a'] } }), ['/kind enum']],
    ['null gone', having({ count: { ...count, type: 'integer' } }), ['/count type']],
    ['narrower bounds', having({ count: { ...count, minimum: 2 } }), ['/count minimum']],
    ['a bound where none was', having({ places: { ...places, minItems: 1 } }), ['/places minItems']],
    ['a form where none was', having({ kind: { ...kind, pattern: '^a' } }), ['/kind pattern']],
    ['shorter texts within', named({ type: 'string', maxLength: 8 }), ['/places/*/name maxLength']],
    ['another type within', named({ type: 'integer' }), ['/places/*/name type']],
    ['a constant', having({ kind: { const: 'a' } }), ['/kind const']],
    ['a keyword that nobody compared', having({ kind: { ...kind, not: {} } }), ['/kind not']],
  ])('%s', (_, newer, expected) => {
    expect(narrowings(older, newer)).toEqual(expected);
  });
});
