import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ProblemDetails } from '../../src/api/problems.js';
import type { CommandResult } from '../../src/commands/command-recorder.js';
import { agreementData, sourceData } from '../support/facts.js';
import { evidence } from '../support/ledger.js';
import { type Answer, type Client, serveLedger, type ServedLedger } from '../support/server.js';
import { StandIn } from '../support/stand-in.js';

/** Of a call, in milliseconds: a store that hangs is given up so soon. A slow machine must do with it elsewhere. */
const DEADLINE = 1500;

let eventStoreDB: StandIn;
let ledger: ServedLedger;
let client: Client;

beforeEach(async () => {
  eventStoreDB = await StandIn.start();
  ledger = await serveLedger({ settings: { store: eventStoreDB.connectionString(DEADLINE), maxWaitMs: 100 } });
  client = ledger.client;
  await client.given('RegisterSource', sourceData({ sourceId: 's' }));
  const { position } = await client.given('DraftAgreement', agreementData());
  await client.read(`/v1/agreements/agr?minPosition=${position}`);
});
afterEach(async () => {
  await eventStoreDB.network.restore();
  await ledger.close();
  await eventStoreDB.close();
});

const KEY = 'the-signature';
const sign = () =>
  client.post<CommandResult & ProblemDetails>(
    'SignAgreement',
    { agreementId: 'agr', occurredOn: '2021', evidence: evidence('s') },
    { 'idempotency-key': KEY },
  );

/** Sends the same again, as a client does that is told to, until it is recorded. */
async function signAtLast(): Promise<CommandResult> {
  for (;;) {
    const { status, body } = await sign();
    if (status === 201) return body;
    expect(status).toBe(503);
  }
}

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

    expectNotNow(await sign());
    expectNotNow(await client.refused('/v1/agreements/agr?minPosition=99/99'));
    expect(await client.read('/v1/relationships/MAR-PAK')).toEqual(before);
    expect(await client.read('/v1/agreements/agr')).toMatchObject({ status: 'drafted' });
    const ready = await client.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({ status: 'unavailable', store: { status: 'unavailable' }, failure: null });
    expect((await client.get('/health/live')).status).toBe(200);

    await eventStoreDB.network.restore();
    const { position, stream } = await signAtLast();
    for (let behind = true; behind;) {
      const { status, body } = await client.get(`/v1/agreements/agr?minPosition=${position}`);
      behind = status === 503;
      if (!behind) expect(body).toMatchObject({ status: 'signed' });
    }
    while ((await client.get('/health/ready')).status !== 200);
    const events = await client.events();
    expect(events.map((e) => e.position)).toEqual([1, 2, 3]);
    expect(events.filter((e) => e.metadata.commandId === KEY)).toMatchObject([{ stream, type: 'Signed' }]);
  });
});
