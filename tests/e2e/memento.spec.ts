import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { agreementData, act, sourceData } from '../support/facts.js';
import { type Answer, type Client, Clock, serveLedger, type ServedLedger } from '../support/server.js';

const clock = new Clock('2026-01-10T08:00:00.900Z');
let ledger: ServedLedger;
let client: Client;
let last: string | null;

beforeAll(async () => {
  ledger = await serveLedger({ now: clock.now });
  client = ledger.client;
  await client.given('RegisterSource', sourceData({ sourceId: 's' })); // 1
  await client.given('DraftAgreement', agreementData({ occurredOn: '2020-05-01' })); // 2
  clock.set('2026-01-12T08:00:00.000Z');
  last = (await client.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2020-06-01' }))).position; // 3
  await client.read(`/v1/events?minPosition=${last}`);
  clock.set('2026-01-15T12:00:00.000Z');
});
afterAll(() => ledger.close());

const FIRST = 'Sat, 10 Jan 2026 08:00:00 GMT';
const at = (path: string, datetime: string) => client.get(path, { 'accept-datetime': datetime });
const told = ({ status, headers, body }: Answer<Record<string, unknown>>) => ({
  status,
  position: (body['knownAt'] as { position: string } | undefined)?.position,
  vary: headers.get('vary'),
  memento: headers.get('memento-datetime'),
  at: headers.get('content-location'),
  link: headers.get('link'),
});

describe.each(['/v1/relationships/MAR-PAK', '/v1/agreements/agr', '/v1/parties/MAR'])('%s', (path) => {
  const original = `<${path}>; rel="original timegate"`;
  const memento = `${path}?asOf=2026-01-15&knownAt=2`;

  test('negotiates: without the header it is what is known now', async () => {
    expect(told(await client.get(path))).toEqual({
      status: 200,
      position: '3',
      vary: 'Accept-Datetime',
      memento: null,
      at: null,
      link: original,
    });
  });

  test('answers as it was known by the end of the second, and where that stays', async () => {
    expect(told(await at(path, FIRST))).toEqual({
      status: 200,
      position: '2',
      vary: 'Accept-Datetime',
      memento: FIRST,
      at: memento,
      link: `${original}, <${memento}>; rel="memento"; datetime="${FIRST}"`,
    });
    // All of a day later is the same memento.
    expect(told(await at(path, 'Mon, 12 Jan 2026 07:59:59 GMT'))).toMatchObject({ memento: FIRST, at: memento });
    expect(told(await at(path, 'Mon, 12 Jan 2026 08:00:00 GMT'))).toMatchObject({ position: '3' });
    expect(told(await at(path, 'Fri, 01 Jan 2100 00:00:00 GMT'))).toMatchObject({
      position: '3',
      memento: 'Mon, 12 Jan 2026 08:00:00 GMT',
    });
  });

  test('the memento says that it is one, and negotiates nothing', async () => {
    const negotiated = await at(path, FIRST);
    const itself = await at(memento, 'Mon, 12 Jan 2026 08:00:00 GMT');
    expect(itself.body).toEqual(negotiated.body);
    expect(told(itself)).toMatchObject({
      vary: null,
      memento: FIRST,
      at: memento,
      link: `<${path}?asOf=2026-01-15>; rel="original timegate", <${memento}>; rel="memento"; datetime="${FIRST}"`,
    });
  });

  test.each(['?knownAt=2', '?asOf=2026-01-15&knownAt=999', '?asOf=2026-01-15&knownAt=2026-01-11T00:00:00Z'])(
    '%s may be answered otherwise another day: it is no memento',
    async (query) => {
      expect(told(await at(path + query, FIRST))).toMatchObject({ status: 200, vary: null, memento: null, link: null });
    },
  );
});

test('what else is asked is kept, waiting is not', async () => {
  const path = '/v1/relationships/MAR-PAK?minimumStanding=reported&asOf=2020-05-15';
  expect(told(await at(`${path}&minPosition=${last}`, FIRST))).toMatchObject({ status: 200, at: `${path}&knownAt=2` });
});

test('before anything was known a pair has nothing, and a record is not there', async () => {
  const before = 'Thu, 01 Jan 2026 00:00:00 GMT';
  const pair = await at('/v1/relationships/MAR-PAK', before);
  expect(told(pair)).toMatchObject({ status: 200, position: '0', memento: before });
  expect(pair.body).toMatchObject({ stage: 'none' });
  const record = await at('/v1/agreements/agr', before);
  expect(told(record)).toMatchObject({ status: 404, vary: 'Accept-Datetime', memento: null });
});

test.each([
  'yesterday',
  '2026-01-10T08:00:00Z',
  'Sun, 10 Jan 2026 08:00:00 GMT',
  'Sat, 10 Jan 2026 08:00:00 +0000',
  'Sat, 31 Feb 2026 08:00:00 GMT',
  '',
])('%j is no date of RFC 1123: 400', async (date) => {
  const { status, body } = await client.refused('/v1/agreements/agr', { 'accept-datetime': date });
  expect([status, body.errors]).toMatchObject([400, [{ header: 'Accept-Datetime', rule: 'accept-datetime' }]]);
});
