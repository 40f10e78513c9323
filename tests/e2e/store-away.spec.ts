import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ProblemDetails } from '../../src/api/problems.js';
import type { CommandResult } from '../../src/commands/command-recorder.js';
import { agreementData, sourceData } from '../support/facts.js';
import { type Data, evidence } from '../support/ledger.js';
import { type Answer, type Client, serveLedger, type ServedLedger } from '../support/server.js';
import { StandIn } from '../support/stand-in.js';

/** Of a call, in milliseconds: a store that hangs is given up so soon. A slow machine must do with it elsewhere. */
const DEADLINE = 1500;

let eventStoreDB: StandIn;
let ledger: ServedLedger;
let client: Client;

/** Asks the same again, as a client does that is told to, until it is answered. */
async function answered<Body>(status: number, ask: () => Promise<Answer<Body>>): Promise<Body> {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 503) {
      expect(answer.status).toBe(status);
      return answer.body;
    }
  }
}

/** A command of the beginning: a machine that is slow may need more than one try. */
const given = (command: string, data: Data) =>
  answered(201, () => client.post<CommandResult>(command, data, { 'idempotency-key': `first-${command}` }));

beforeEach(async () => {
  eventStoreDB = await StandIn.start();
  ledger = await serveLedger({ settings: { store: eventStoreDB.connectionString(DEADLINE), maxWaitMs: 100 } });
  client = ledger.client;
  await given('RegisterSource', sourceData({ sourceId: 's' }));
  const { position } = await given('DraftAgreement', agreementData());
  await answered(200, () => client.get(`/v1/agreements/agr?minPosition=${position}`));
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
    const { position, stream } = await answered(201, sign);
    const read = () => client.get(`/v1/agreements/agr?minPosition=${position}`);
    expect(await answered(200, read)).toMatchObject({ status: 'signed' });
    await answered(200, () => client.get('/health/ready'));
    const events = await client.events();
    expect(events.map((e) => e.position)).toEqual([1, 2, 3]);
    expect(events.filter((e) => e.metadata.commandId === KEY)).toMatchObject([{ stream, type: 'Signed' }]);
  });
});
