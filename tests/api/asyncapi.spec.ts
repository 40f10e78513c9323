import { afterAll, beforeAll, expect, test } from '@jest/globals';
import asyncApiSpecs from '@asyncapi/specs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { asyncApi } from '../../src/api/asyncapi.js';
import { EVENT_TYPES } from '../../src/domain/registry.js';
import { cloudEvent } from '../../src/subscriptions/cloud-event.js';
import { LINES, SSE } from '../../src/subscriptions/feed-format.js';
import { EXAMPLES } from '../support/examples.js';
import { smallLedger } from '../support/facts.js';
import { faultsIn, newAjv } from '../support/json-schema.js';
import { serveLedger, type ServedLedger } from '../support/server.js';

let ledger: ServedLedger;
let api: ReturnType<typeof asyncApi>;
/** What of a value the payload of a message forbids. */
let faults: (message: string, value: unknown) => string[];

beforeAll(async () => {
  ledger = await serveLedger();
  api = await ledger.client.read('/asyncapi.json');
  const ajv = newAjv()
    .addVocabulary(['components', 'messages', 'payload', 'name', 'contentType', 'summary'])
    .addSchema({ components: api.components }, 'api');
  faults = (message, value) => faultsIn(ajv.getSchema(`api#/components/messages/${message}/payload`)!, value);
});
afterAll(() => ledger.close());

function officialCheck(): ValidateFunction {
  // It brings draft 07's with it.
  const ajv = new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false });
  return formats.default(ajv).compile(asyncApiSpecs.schemas['3.0.0'] as object);
}

test('it is AsyncAPI 3.0 by the specification’s own schema', () => {
  const check = officialCheck();
  expect(faultsIn(check, api)).toEqual([]);
  expect(faultsIn(check, { ...api, operations: { x: { action: 'tell' } } })).not.toEqual([]);
});

test('each reference leads somewhere', () => {
  const refs = [...JSON.stringify(api).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!.split('/'));
  expect(refs.length).toBeGreaterThan(100);
  for (const path of refs) {
    expect(path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], api)).toBeDefined();
  }
});

test('there is a message for each type of event', () => {
  expect(Object.keys(api.components.messages)).toEqual(expect.arrayContaining([...EVENT_TYPES]));
  const ofChannels = Object.values(api.channels).flatMap(({ messages }) => Object.keys(messages));
  expect(new Set(ofChannels)).toEqual(new Set(Object.keys(api.components.messages)));
});

test.each(Object.entries(EXAMPLES))('what %s records is told as its message says', (command, [type, dataFor]) => {
  const pure = smallLedger();
  const event = cloudEvent(pure.given(command, dataFor(pure)), 'urn:uuid:7a6f0d1c-0000-5000-8000-000000000000');
  expect(faults(type, event)).toEqual([]);
  expect(faults(type, { ...event, data: { ...event.data, type: 'x' } })).toEqual([
    '/data/type must be equal to constant',
  ]);
});

test('what the feed says of itself is told as its messages say', () => {
  const dataOf = (message: string) => JSON.parse(/^data: (.*)$/m.exec(message)![1]!) as unknown;
  expect(faults('caughtUp', dataOf(SSE.caughtUp(7)))).toEqual([]);
  expect(faults('dropped', dataOf(SSE.dropped('too-slow', 'x')))).toEqual([]);
  const lines = [LINES.opening(7), LINES.caughtUp(7), LINES.heartbeat(7), LINES.dropped('closing', 'x')];
  for (const line of lines) expect(faults('line', JSON.parse(line))).toEqual([]);
  expect(faults('line', { feed: 'caught-up' })).not.toEqual([]);
  expect(faults('joined', dataOf(SSE.joined('w')))).toEqual([]);
  for (const line of [LINES.joined('w'), LINES.heartbeat(7), LINES.dropped('closing', 'x')]) {
    expect(faults('groupLine', JSON.parse(line))).toEqual([]);
  }
});
