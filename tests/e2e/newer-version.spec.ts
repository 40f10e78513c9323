import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerEvent } from '../../src/domain/event.js';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { agreementData, smallLedger, sourceData } from '../support/facts.js';
import { evidence } from '../support/ledger.js';
import { appendAll } from '../support/projected.js';
import { serveLedger, temporaryDirectory } from '../support/server.js';

let directory: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => rm(directory, { recursive: true }));

/** The last event as a version to come would write it. */
const newer: [string, string, (event: LedgerEvent) => LedgerEvent][] = [
  ['a type', 'Unknown event type Ratified_', (event) => ({ ...event, type: 'Ratified_' })],
  [
    'a shape',
    'Unknown event type Signed, version 99',
    (event) => ({ ...event, metadata: { ...event.metadata, schemaVersion: 99 } }),
  ],
];

test.each(newer)('%s of a newer version stops the views before it, and they say so', async (_name, reason, written) => {
  const ledger = smallLedger();
  const before = ledger.events.length;
  const signed = ledger.given('SignAgreement', { agreementId: 'agr', occurredOn: '2020', evidence: evidence('s') });
  const store = await EmbeddedEventStore.open(join(directory, 'ledger.db'));
  await appendAll(store, [...ledger.events.slice(0, before), written(signed)]);
  await store.close();

  const { client, close } = await serveLedger({ directory });
  try {
    const ready = await client.get<{ projections: { stopped: unknown }[] }>('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body.projections.filter(({ stopped }) => stopped !== null)).toEqual([
      {
        name: 'history',
        position: before,
        lag: { events: 1, seconds: expect.any(Number) as unknown },
        stopped: { position: before + 1, eventId: signed.id, reason: expect.stringContaining(reason) as unknown },
      },
    ]);
    expect(await client.read('/v1/agreements/agr')).toMatchObject({ status: 'drafted' });

    // What the decider can't read it does not decide on; a newer instance may.
    const announcement = { agreementId: 'agr', occurredOn: null, plannedFor: '2030', evidence: evidence('s') };
    const refused = await client.post('AnnounceSignature', announcement);
    expect(refused).toMatchObject({ status: 503, body: { detail: expect.stringContaining(reason) as unknown } });

    await client.given('RegisterSource', sourceData({ sourceId: 'other' }));
    const { position } = await client.given('DraftAgreement', agreementData({ agreementId: 'other' }));
    expect((await client.refused(`/v1/agreements/other?minPosition=${position}`)).status).toBe(503);
  } finally {
    await close();
  }
});
