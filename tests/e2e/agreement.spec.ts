import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RelationshipAnswer } from '../../src/api/queries/answers.js';
import { act, agreementData, sourceData } from '../support/facts.js';
import { type Data } from '../support/ledger.js';
import { type Client, Clock, serveLedger, type ServedLedger } from '../support/server.js';

let ledger: ServedLedger;
let client: Client;
beforeAll(async () => {
  ledger = await serveLedger({ now: new Clock('2026-01-15T12:00:00.000Z').now });
  client = ledger.client;
  await client.given('RegisterSource', sourceData({ sourceId: 's' }));
  await client.given('DraftAgreement', agreementData());
});
afterAll(() => ledger.close());

const record = (command: string, occurredOn: string, more: Data = {}) =>
  client.given(command, act({ agreementId: 'agr', occurredOn, ...more }));

test('an agreement lives through HTTP, and ends by time alone', async () => {
  await record('SignAgreement', '2020-01-01');
  await record('ExpressConsent', '2020-06-01', { party: 'MAR', means: 'ratification' });
  await record('ApplyProvisionally', '2020-07-01');
  await record('BringIntoForce', '2021-01-01');
  await record('RecordTerms', '2021-01-01', { durationYears: 3, renewal: 'tacit', noticeMonths: 6 });
  const pair = { occurredOn: '2021-02-01', pair: 'MAR-PAK' };
  await client.given('ChangeRepresentation', act({ ...pair, by: 'MAR', level: 'embassy' }));
  const last = await record('NotifyDenunciation', '2026-01-10', { by: 'PAK', effectiveOn: '2026-01-20' });
  await client.read(`/v1/events?minPosition=${last.position}`);

  const on = (asOf: string) => client.read<RelationshipAnswer>(`/v1/relationships/MAR-PAK?asOf=${asOf}`);
  expect(await on('2020-08-01')).toMatchObject({
    stage: 'signed',
    agreements: [{ status: 'signed', consentPending: ['PAK'], provisionallyApplied: true, denunciationPending: false }],
    representation: {},
  });
  // Today: a view that is kept ready. Later days are folded.
  expect(await on('2026-01-15')).toMatchObject({
    stage: 'in_force',
    agreements: [{ status: 'in_force', lastDay: '2027-01-01', denunciationPending: true, endedOn: null }],
    representation: { MAR: 'embassy' },
  });
  expect(await on('2026-01-20')).toMatchObject({
    stage: 'contact',
    reasons: [last.events[0]!.eventId],
    agreements: [{ status: 'terminated', lastDay: null, denunciationPending: false, endedOn: '2026-01-20' }],
  });
  expect(await client.read('/v1/agreements/agr?asOf=2024-01-01')).toMatchObject({
    status: 'in_force',
    denunciationDeadline: '2023-07-01',
    consents: [{ party: 'MAR', means: 'ratification', standing: 'reported' }],
  });
});

test('what is odd is told in the answer, and taken', async () => {
  const { warnings } = await record('WithdrawDenunciation', '2026-01-11');
  expect(warnings).toEqual([]);
  const again = await record('WithdrawDenunciation', '2026-01-12');
  expect(again.warnings.map((w) => w.code)).toEqual(['nothing-to-withdraw']);
});
