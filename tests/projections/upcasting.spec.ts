import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FACT_TYPES } from '../../src/domain/registry.js';
import { sourceData, visitData } from '../support/facts.js';
import { evidence, PureLedger } from '../support/ledger.js';
import { appendAll } from '../support/projected.js';
import { serveLedger, temporaryDirectory } from '../support/server.js';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { join } from 'node:path';
import { rm } from 'node:fs/promises';

const type = FACT_TYPES.get('VisitHeld') as unknown as { upcasters?: ((data: object) => object)[] };
let directory: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  // As if a first version had called the visitor a guest.
  type.upcasters = [(data) => renamed(data, 'guest', 'visitor')];
});
afterEach(async () => {
  delete type.upcasters;
  await rm(directory, { recursive: true, force: true });
});

const renamed = (data: object, from: string, to: string): object =>
  Object.fromEntries(Object.entries(data).map(([key, value]: [string, unknown]) => [key === from ? to : key, value]));

test('an event of an older version is read in its newest shape: by views, histories and the decider', async () => {
  const ledger = new PureLedger();
  ledger.given('RegisterSource', sourceData());
  const visit = ledger.given('HoldVisit', visitData({ evidence: evidence('u') }));
  const store = await EmbeddedEventStore.open(join(directory, 'ledger.db'));
  await appendAll(store, [
    ledger.events[0]!,
    {
      ...visit,
      body: { ...visit.body, data: renamed(visit.body.data, 'visitor', 'guest') },
      metadata: { ...visit.metadata, schemaVersion: 1 },
    },
  ]);
  await store.close();

  const served = await serveLedger({ directory });
  try {
    const { body: status } = await served.client.get<{ visits: unknown }>('/v1/relationships/MAR-PAK');
    expect(status.visits).toMatchObject({ count: 1, byDirection: { 'PAK>MAR': 1, 'MAR>PAK': 0 } });
    const changes = [{ path: '/data/visitor', from: 'PAK', to: 'FRA' }];
    const correction = { stream: visit.stream, targetEventId: visit.id, changes, reason: 'misread' };
    await served.client.given('CorrectFact', { ...correction, evidence: visit.body.evidence });
  } finally {
    await served.close();
  }
});
