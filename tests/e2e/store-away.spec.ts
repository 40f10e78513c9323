import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ProblemDetails } from '../../src/api/problems.js';
import { agreementData, sourceData } from '../support/facts.js';
import { evidence } from '../support/ledger.js';
import { PatientClient } from '../support/patient.js';
import { type Answer, type Client, serveLedger, type ServedLedger } from '../support/server.js';
import { StandIn } from '../support/stand-in.js';

/** Of a call, in milliseconds: a store that hangs is given up so soon. A slow machine must do with it elsewhere. */
const DEADLINE = 1500;

let eventStoreDB: StandIn;
let ledger: ServedLedger;
let client: Client;
let patient: PatientClient;

beforeEach(async () => {
  eventStoreDB = await StandIn.start();
  ledger = await serveLedger({ settings: { store: eventStoreDB.connectionString(DEADLINE), maxWaitMs: 100 } });
  client = ledger.client;
  patient = new PatientClient(client.url);
  await patient.send('RegisterSource', sourceData({ sourceId: 's' }));
  await patient.send('DraftAgreement', agreementData());
  await patient.get('/v1/agreements/{id}', { id: 'agr' });
});
afterEach(async () => {
  await eventStoreDB.network.restore();
  await ledger.close();
  await eventStoreDB.close();
});

const KEY = 'the-signature';
const SIGNATURE = { agreementId: 'agr', occurredOn: '2021', evidence: evidence('s') };

const expectNotNow = ({ status, headers, body }: Answer<ProblemDetails>) => {
  expect({ status, type: body.type }).toEqual({ status: 503, type: '/problems/unavailable' });
  expect(headers.get('retry-after')).toMatch(/^\d+$/);
};

const AWAY: [string, () => Promise<void> | void][] = [
  ['can’t be reached', () => eventStoreDB.network.cut()],
  ['hangs', () => eventStoreDB.network.hang('silent')],
  ['hears, and its answers are lost', () => eventStoreDB.network.hang('deaf to answers')],
];

describe.each(AWAY)('while EventStoreDB %s', (_name, leave) => {
  test('commands and waits are told to come again, reads go on, and all is well when it is back', async () => {
    const before = await client.read('/v1/relationships/MAR-PAK');
    await leave();

    expectNotNow(await client.post<ProblemDetails>('SignAgreement', SIGNATURE, { 'idempotency-key': KEY }));
    expectNotNow(await client.refused('/v1/agreements/agr?minPosition=99/99'));
    expect(await client.read('/v1/relationships/MAR-PAK')).toEqual(before);
    expect(await client.read('/v1/agreements/agr')).toMatchObject({ status: 'drafted' });
    const ready = await client.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({ status: 'unavailable', store: { status: 'unavailable' }, failure: null });
    expect((await client.get('/health/live')).status).toBe(200);

    await eventStoreDB.network.restore();
    const { stream } = await patient.send('SignAgreement', SIGNATURE, KEY);
    expect(await patient.get('/v1/agreements/{id}', { id: 'agr' })).toMatchObject({ status: 'signed' });
    while ((await client.get('/health/ready')).status !== 200);
    const events = await client.events();
    expect(events.map((e) => e.position)).toEqual([1, 2, 3]);
    expect(events.filter((e) => e.metadata.commandId === KEY)).toMatchObject([{ stream, type: 'Signed' }]);
  });
});
