import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LateAnswer } from '../../src/api/queries/answers.js';
import { act, agreementData, sourceData, visitData } from '../support/facts.js';
import { Clock, serveLedger, type ServedLedger } from '../support/server.js';
import { evidence } from '../support/ledger.js';

const clock = new Clock('2026-01-31T08:00:00.000Z');
let ledger: ServedLedger;

beforeAll(async () => {
  ledger = await serveLedger({ now: clock.now });
  const { client } = ledger;
  await client.given('RegisterSource', sourceData({ sourceId: 's' })); // 1
  await client.given('RegisterSource', sourceData({ sourceId: 'dated', publishedOn: '2025-12' })); // 2
  await client.given('DraftAgreement', agreementData({ occurredOn: '2026-01-01' })); // 3: 30 days
  await client.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2025' })); // 4: 31 to 395
  await client.given('HoldVisit', visitData({ visitId: 'undated' })); // 5
  await client.given('HoldVisit', visitData({ visitId: 'told', evidence: evidence('dated') })); // 6: 31, by its source
  await client.given('HoldVisit', visitData({ visitId: 'tur', visitor: 'TUR', occurredOn: '2024-02-29' })); // 7: 702
  await client.given('HoldVisit', visitData({ visitId: 'wrong', occurredOn: '1999' })); // 8
  const opener = (await client.events())[7]!.id;
  await client.given('RetractFact', { stream: 'visit-wrong', targetEventId: opener, reason: 'another' }); // 9
});
afterAll(() => ledger.close());

const late = (query = '') => ledger.client.read<LateAnswer>(`/v1/late${query}`);
const shown = ({ items }: LateAnswer) =>
  items.map((i) => `${i.stream} ${i.type} ${i.lateBy.atLeast}/${i.lateBy.atMost}`);

test('what was recorded more than 30 days after it happened for certain, the newest first', async () => {
  const answer = await late();
  expect(answer).toMatchObject({ days: 30, asOf: '2026-01-31', knownAt: { position: '9' }, next: null });
  expect(shown(answer)).toEqual([
    'visit-tur VisitHeld 702/702',
    'visit-told VisitHeld 31/null',
    'agreement-agr Signed 31/395',
    // A text was there by the day on which it was signed.
    'agreement-agr AgreementDrafted 31/31',
  ]);
  expect(answer.items[0]).toMatchObject({
    url: '/v1/visits/tur',
    pairs: ['MAR-TUR'],
    position: 7,
    recordedAt: '2026-01-31T08:00:00.000Z',
    evidence: [{ sourceId: 's', title: { en: 'A source' } }],
  });
});

test('by how many days is for the question to say', async () => {
  expect(shown(await late('?days=31'))).toEqual(['visit-tur VisitHeld 702/702']);
  expect(await late('?days=702')).toMatchObject({ items: [] });
  expect((await late('?days=0')).items).toHaveLength(4);
});

test('of a pair, of a party, and on both axes: what stood then, as it was known', async () => {
  expect(shown(await late('?pair=mar-tur'))).toEqual(['visit-tur VisitHeld 702/702']);
  expect((await late('?party=PAK')).items).toHaveLength(3);
  expect(shown(await late('?knownAt=3&days=29'))).toEqual(['agreement-agr AgreementDrafted 30/30']);
  expect(shown(await late('?knownAt=8'))[0]).toBe('visit-wrong VisitHeld 9528/9892');
  expect(shown(await late('?asOf=2025-06-01'))).toEqual(['visit-tur VisitHeld 702/702']);
});

test('comes in pages', async () => {
  const first = await late('?limit=3');
  expect(first.items).toHaveLength(3);
  const second = await late(`?limit=3&cursor=${first.next}`);
  expect([shown(second), second.next]).toEqual([['agreement-agr AgreementDrafted 31/31'], null]);
  const { headers } = await ledger.client.get('/v1/late?limit=3');
  expect(headers.get('link')).toBe(`</v1/late?limit=3&cursor=${first.next}>; rel="next"`);
});

test.each([['days=-1'], ['days=x'], ['days=100001']])('%s is refused', async (query) => {
  const { status, body } = await ledger.client.refused(`/v1/late?${query}`);
  expect([status, body.errors]).toMatchObject([400, [{ parameter: 'days', rule: 'count' }]]);
});
