import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { schemaIndex } from '../../src/api/schemas.js';
import { COMMAND_TYPES, EVENT_TYPES } from '../../src/domain/registry.js';
import type { JsonSchema } from '../../src/domain/shape/json-schema.js';
import { cloudEvent } from '../../src/subscriptions/cloud-event.js';
import { EXAMPLES } from '../support/examples.js';
import { smallLedger } from '../support/facts.js';
import { faultsIn, newAjv } from '../support/json-schema.js';
import { type Client, serveLedger, type ServedLedger } from '../support/server.js';

let ledger: ServedLedger;
let client: Client;
let index: ReturnType<typeof schemaIndex>;

beforeAll(async () => {
  ledger = await serveLedger();
  client = ledger.client;
  index = await client.read('/v1/schemas');
  for (const { url } of [...index.events, ...index.commands]) ajv.addSchema((await client.get<JsonSchema>(url)).body);
});
afterAll(() => ledger.close());

const commands = [...COMMAND_TYPES.keys()];
/** All that are served. */
const ajv = newAjv();
const faultsOf = (id: string | undefined, value: unknown) => faultsIn(ajv.getSchema(id!)!, value);
const idOf = (kind: 'events' | 'commands', name: string) => index[kind].find((s) => s.name === name)?.id;

test('the index has every event and every command, each with the other', () => {
  expect(index.events.map((e) => e.name)).toEqual(EVENT_TYPES);
  expect(index.commands.map((c) => c.name)).toEqual(commands);
  for (const { name, command } of index.events) expect(EXAMPLES[command]![0]).toBe(name);
  for (const { name, event } of index.commands) expect(EXAMPLES[name]![0]).toBe(event);
});

test('each is where the index says, called what it says, and is JSON Schema 2020-12', async () => {
  for (const { id, url, name } of [...index.events, ...index.commands]) {
    const { status, headers, body } = await client.get<JsonSchema>(url);
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringMatching(/^application\/schema\+json/)]);
    // In one validator: no two have one id, and none needs what is not in it.
    expect(ajv.getSchema(id)?.schema).toEqual(body);
    expect(body).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: id, title: name });
  }
});

test.each(commands)('%s: an example of it and of what it records pass', (command) => {
  const [type, dataFor] = EXAMPLES[command]!;
  const pure = smallLedger();
  const data = dataFor(pure);
  expect(faultsOf(idOf('commands', command), data)).toEqual([]);
  const event = pure.given(command, data);
  expect(faultsOf(idOf('events', type), event)).toEqual([]);
  // The feed names it.
  expect(cloudEvent(event, 'urn:x').dataschema).toBe(idOf('events', type));
});

describe('what is wrong does not pass', () => {
  const [visit] = smallLedger().stream('visit-vis');
  test.each([
    [
      'a field that is not of its data',
      { body: { ...visit!.body, data: { ...visit!.body.data, guest: 'PAK' } } },
      '/body/data',
    ],
    ['a stream of another category', { stream: 'meeting-vis' }, '/stream'],
    ['another type', { type: 'VisitPlanned' }, '/type'],
    ['a fact without evidence', { body: { ...visit!.body, evidence: [] } }, '/body/evidence'],
    ['a newer version', { metadata: { ...visit!.metadata, schemaVersion: 2 } }, '/metadata/schemaVersion'],
  ])('%s', (_, wrong, at) => {
    const faults = faultsOf(idOf('events', 'VisitHeld'), { ...visit, ...wrong });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([at]);
  });

  test('of a source or a party, a date', () => {
    const event = smallLedger().events[0]!;
    const dated = { ...event, body: { ...event.body, occurredOn: '2024' } };
    expect(faultsOf(idOf('events', 'SourceRegistered'), dated)).toEqual(['/body/occurredOn must be null']);
  });
});

test.each(['/v1/schemas/events/HoldVisit', '/v1/schemas/commands/VisitHeld', '/v1/schemas/events/toString'])(
  '%s is not there',
  async (path) => {
    const { status, body } = await client.refused(path);
    expect([status, body.type]).toEqual([404, '/problems/not-found']);
  },
);
