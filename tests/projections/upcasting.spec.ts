import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CommandRecorder } from '../../src/commands/command-recorder.js';
import { FACT_TYPES } from '../../src/domain/registry.js';
import { relationshipAt } from '../../src/projections/relationships.js';
import { sourceData, visitData } from '../support/facts.js';
import { evidence, PureLedger } from '../support/ledger.js';
import { NoIndex } from '../support/no-index.js';
import { appendAll, DORMANT_AFTER, Projected, TODAY } from '../support/projected.js';

const type = FACT_TYPES.get('VisitHeld') as unknown as { upcasters?: ((data: object) => object)[] };
let p: Projected;

beforeEach(async () => {
  p = await Projected.open();
  // As if a first version had called the visitor a guest.
  type.upcasters = [(data) => renamed(data, 'guest', 'visitor')];
});
afterEach(async () => {
  delete type.upcasters;
  await p.close();
});

const renamed = (data: object, from: string, to: string): object =>
  Object.fromEntries(Object.entries(data).map(([key, value]: [string, unknown]) => [key === from ? to : key, value]));

test('an event of an older version is read in its newest shape: by views, histories and the decider', async () => {
  const ledger = new PureLedger();
  ledger.given('RegisterSource', sourceData());
  const visit = ledger.given('HoldVisit', visitData({ evidence: evidence('u') }));
  await appendAll(p.store, [
    ledger.events[0]!,
    {
      ...visit,
      body: { ...visit.body, data: renamed(visit.body.data, 'visitor', 'guest') },
      metadata: { ...visit.metadata, schemaVersion: 1 },
    },
  ]);
  await p.project();
  const today = { asOf: TODAY, minimumStanding: 'claimed' } as const;
  const { visits } = relationshipAt(p.db, 'MAR-PAK', today, 2, DORMANT_AFTER);
  expect(visits).toMatchObject({ count: 1, byDirection: { 'PAK>MAR': 1, 'MAR>PAK': 0 } });

  const recorder = new CommandRecorder(p.store, new NoIndex(), () => new Date(TODAY));
  const changes = [{ path: '/data/visitor', from: 'PAK', to: 'FRA' }];
  const correction = { stream: visit.stream, targetEventId: visit.id, changes, reason: 'misread' };
  const data = { ...correction, evidence: visit.body.evidence };
  expect(await recorder.execute({ type: 'CorrectFact', data }, { actor: 'a' })).toMatchObject({ revision: 1 });
});
