import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProblemDetails } from '../../src/api/problems.js';
import type {
  EventsAnswer,
  HistoryAnswer,
  Page,
  RecordAnswer,
  RelationshipAnswer,
  RelationshipItem,
  Resolved,
  StreamAnswer,
} from '../../src/api/queries/answers.js';
import {
  agreementData,
  exerciseData,
  mechanismData,
  meetingData,
  partyData,
  sourceData,
  visitData,
} from '../support/facts.js';
import { type Data, evidence } from '../support/ledger.js';
import { type Answer, type Client, Clock, serveLedger, type ServedLedger } from '../support/server.js';

/** A small world, recorded on four days of which the third lies before the second: a clock may be put back. */
const clock = new Clock('2026-01-10T08:00:00.000Z');
let ledger: ServedLedger;
let client: Client;

beforeAll(async () => {
  ledger = await serveLedger({ now: clock.now, settings: { maxWaitMs: 2000 } });
  client = ledger.client;
  await client.given('RegisterSource', sourceData({ sourceId: 's' })); // 1
  await client.given('RegisterSource', sourceData({ sourceId: 'strong' })); // 2
  await client.given('DraftAgreement', agreementData({ agreementId: 'agr', occurredOn: '2020-05-01' })); // 3
  await client.given('HoldVisit', visitData({ visitId: 'vis', occurredOn: '2021-03' })); // 4
  clock.set('2026-01-12T08:00:00.000Z');
  await client.given('SignAgreement', {
    agreementId: 'agr',
    occurredOn: '2022-06-15',
    evidence: [{ sourceId: 'strong', locator: 'p. 1', standing: 'documented' }],
  }); // 5
  clock.set('2026-01-11T08:00:00.000Z');
  await client.given('HoldMeeting', meetingData({ meetingId: 'mee', occurredOn: '2022-06-15' })); // 6
  await client.given(
    'HoldExercise',
    exerciseData({ exerciseId: 'exe', occurredOn: '2023', participants: ['MAR', 'PAK', 'TUR'] }),
  ); // 7
  clock.set('2026-01-15T12:00:00.000Z');
  await client.given('CreateMechanism', mechanismData({ mechanismId: 'mec', occurredOn: '2024' })); // 8
  await client.given('HoldVisit', visitData({ visitId: 'late', visitor: 'FRA' })); // 9
  await client.given('RegisterParty', partyData({ code: 'CSK', names: { en: 'Czechoslovakia', ar: 'تشيكوسلوفاكيا' } })); // 10
  const last = await client.given('AddPartyAlias', { code: 'CZE', alias: 'Bohemia' }); // 11
  await client.read(`/v1/events?minPosition=${last.position}`);
});
afterAll(() => ledger.close());

const relationship = (query = '') => client.read<RelationshipAnswer>(`/v1/relationships/MAR-PAK${query}`);

function expectProblem(answer: Answer<unknown>, status: number, type: string, errors?: readonly object[]): void {
  const body = answer.body as ProblemDetails;
  expect({ status: answer.status, body }).toMatchObject({ status, body: { type: `/problems/${type}`, status } });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  if (errors) expect(body.errors).toMatchObject(errors);
}

describe('what a query resolved to is told', () => {
  test('by default today, all that is known, whatever stands', async () => {
    expect(await relationship()).toMatchObject({
      asOf: '2026-01-15',
      knownAt: { position: '11', recordedAt: '2026-01-15T12:00:00.000Z' },
      minimumStanding: 'claimed',
    });
  });

  test.each([
    '/v1/relationships',
    '/v1/relationships/MAR-PAK',
    '/v1/relationships/MAR-PAK/history',
    '/v1/relationships/MAR-PAK/blame',
    '/v1/agreements',
    '/v1/agreements/agr/blame',
    '/v1/parties/CZE/blame',
    '/v1/late',
    '/v1/review',
    '/v1/upcoming',
    '/v1/agreements/agr',
    '/v1/agreements/agr/history',
    '/v1/parties',
    '/v1/parties/CZE',
    '/v1/parties/CZE/history',
    '/v1/sources',
  ])('%s echoes what was asked', async (path) => {
    const answer = await client.read<Resolved>(`${path}?asOf=2023-01-01&knownAt=5&minimumStanding=reported`);
    expect(answer).toMatchObject({
      asOf: '2023-01-01',
      knownAt: { position: '5', recordedAt: '2026-01-12T08:00:00.000Z' },
      minimumStanding: 'reported',
    });
  });

  test('asOf moves along the valid axis', async () => {
    const stages = await Promise.all(
      ['2020-04-30', '2020-05-01', '2021-02-28', '2021-03-31', '2022-06-14', '2022-06-15'].map(async (day) => {
        const { stage, visits } = await relationship(`?asOf=${day}`);
        return [day, stage, visits.count];
      }),
    );
    expect(stages).toEqual([
      ['2020-04-30', 'none', 0],
      ['2020-05-01', 'negotiating', 0],
      ['2021-02-28', 'negotiating', 0],
      ['2021-03-31', 'negotiating', 1],
      ['2022-06-14', 'negotiating', 1],
      ['2022-06-15', 'signed', 1],
    ]);
  });

  test('what only may have happened is listed apart', async () => {
    const { visits, possible } = await relationship('?asOf=2021-03-15');
    expect(visits.count).toBe(0);
    expect(possible).toMatchObject([
      { type: 'VisitHeld', stream: 'visit-vis', earliest: '2021-03-01', latest: '2021-03-31' },
    ]);
  });

  test('knownAt moves along the recorded one', async () => {
    const counts = await Promise.all(
      [0, 2, 3, 4, 5, 6, 7, 8, 11].map(async (position) => {
        const { knownAt, stage, records } = await relationship(`?knownAt=${position}`);
        return [knownAt.position, stage, records];
      }),
    );
    expect(counts).toEqual([
      ['0', 'none', 0],
      ['2', 'none', 0],
      ['3', 'negotiating', 1],
      ['4', 'negotiating', 2],
      ['5', 'signed', 2],
      ['6', 'signed', 3],
      ['7', 'signed', 4],
      ['8', 'signed', 5],
      ['11', 'signed', 5],
    ]);
  });

  test('a position beyond the end is the end', async () => {
    expect((await relationship('?knownAt=999999')).knownAt.position).toBe('11');
  });

  test.each([
    ['2026-01-10T07:59:59.999Z', '0', null],
    ['2026-01-10T08:00:00Z', '4', '2026-01-10T08:00:00.000Z'],
    ['2026-01-10T09:00:00.000%2B01:00', '4', '2026-01-10T08:00:00.000Z'],
    ['2026-01-10t08:00:00z', '4', '2026-01-10T08:00:00.000Z'],
    // The fifth was recorded on the 12th, so nothing after it was known before, whatever its clock said.
    ['2026-01-11T08:00:00.000Z', '4', '2026-01-10T08:00:00.000Z'],
    ['2026-01-12T07:59:59.999Z', '4', '2026-01-10T08:00:00.000Z'],
    ['2026-01-12T08:00:00.000Z', '7', '2026-01-11T08:00:00.000Z'],
    ['2026-01-15T11:59:59.999999Z', '7', '2026-01-11T08:00:00.000Z'],
    ['2026-01-15T12:00:00.000Z', '11', '2026-01-15T12:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '11', '2026-01-15T12:00:00.000Z'],
  ])('knownAt=%s is position %s', async (time, position, recordedAt) => {
    expect((await relationship(`?knownAt=${time}`)).knownAt).toEqual({ position, recordedAt });
  });

  test('minimumStanding leaves out what stands less', async () => {
    expect(await relationship('?minimumStanding=documented')).toMatchObject({
      minimumStanding: 'documented',
      stage: 'signed',
      visits: { count: 0 },
      agreements: [{ agreementId: 'agr', standing: 'documented' }],
    });
    expect(await relationship('?minimumStanding=registered')).toMatchObject({ stage: 'none', agreements: [] });
  });
});

describe('parameters that are none are refused by name', () => {
  test.each([
    ['/v1/relationships/MAR-PAK?asOf=2024-02-30', 'asOf', 'day'],
    ['/v1/relationships/MAR-PAK?asOf=2024-10', 'asOf', 'day'],
    ['/v1/relationships/MAR-PAK?asOf=', 'asOf', 'day'],
    ['/v1/relationships/MAR-PAK?asOf=2024-01-01&asOf=2024-01-02', 'asOf', 'day'],
    ['/v1/relationships/MAR-PAK?knownAt=yesterday', 'knownAt', 'known-at'],
    ['/v1/relationships/MAR-PAK?knownAt=-1', 'knownAt', 'known-at'],
    ['/v1/relationships/MAR-PAK?knownAt=2024-01-01', 'knownAt', 'known-at'],
    ['/v1/relationships/MAR-PAK?knownAt=2024-01-01T00:00:00', 'knownAt', 'known-at'],
    ['/v1/relationships/MAR-PAK?knownAt=2024-02-30T00:00:00Z', 'knownAt', 'known-at'],
    ['/v1/relationships/MAR-PAK?knownAt=2024-01-01T25:00:00Z', 'knownAt', 'known-at'],
    ['/v1/relationships/MAR-PAK?minimumStanding=certain', 'minimumStanding', 'is-in'],
    ['/v1/relationships/MAR-PAK?minimumstanding=reported', 'minimumstanding', 'unknown-field'],
    ['/v1/relationships/MAR-PAK?minPosition=x', 'minPosition', 'position'],
    ['/v1/relationships/MAR-PAK?minPosition=0', 'minPosition', 'position'],
    ['/v1/relationships/MAR-PAK?minPosition=1&minPosition=2', 'minPosition', 'is-string'],
    ['/v1/relationships?limit=0', 'limit', 'count'],
    ['/v1/relationships?limit=501', 'limit', 'count'],
    ['/v1/relationships?limit=1.5', 'limit', 'count'],
    ['/v1/relationships?cursor=nonsense', 'cursor', 'cursor'],
    [`/v1/relationships?cursor=${Buffer.from('["",5,"zzz"]').toString('base64url')}`, 'cursor', 'cursor'],
    [`/v1/relationships?cursor=${Buffer.from('["\\u0000",5,"2024-01-01"]').toString('base64url')}`, 'cursor', 'cursor'],
    ['/v1/relationships/MAR-PAK/history?order=reversed', 'order', 'is-in'],
    ['/v1/relationships/MAR-PAK/history?limit=x', 'limit', 'count'],
    ['/v1/agreements?nope=1', 'nope', 'unknown-field'],
    ['/v1/agreements/agr?asOf=today', 'asOf', 'day'],
    ['/v1/parties?name=', 'name', 'is-length'],
    ['/v1/streams/agreement-agr?asOf=2024-01-01', 'asOf', 'unknown-field'],
    ['/v1/events?after=-1', 'after', 'position'],
    ['/v1/events?after=x', 'after', 'position'],
    ['/v1/events?__proto__=1', '__proto__', 'unknown-field'],
    ['/v1/search', 'q', 'required'],
    ['/v1/search?q=', 'q', 'search-text'],
    ['/v1/search?q=%20-%C2%AB', 'q', 'search-text'],
    [`/v1/search?q=${'x'.repeat(201)}`, 'q', 'search-text'],
    ['/v1/search?q=a&q=b', 'q', 'search-text'],
    ['/v1/search?q=a&kind=ship', 'kind', 'is-in'],
    ['/v1/search?q=a&pair=MAR', 'pair', 'pair'],
    ['/v1/search?q=a&party=mar', 'party', 'matches'],
    ['/v1/search?q=a&asOf=2024-01-01', 'asOf', 'unknown-field'],
    ['/v1/search?q=a&limit=0', 'limit', 'count'],
    ['/v1/search?q=a&cursor=nonsense', 'cursor', 'cursor'],
  ])('%s', async (path, parameter, rule) => {
    const answer = await client.refused(path);
    expectProblem(answer, 400, 'malformed');
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ parameter, rule }));
  });
});

describe('reading your own write', () => {
  test('with minPosition every write is in the next read', async () => {
    for (let n = 0; n < 15; n += 1) {
      const { position, stream } = await client.given('HoldVisit', visitData({ visitId: `own-${n}`, visitor: 'SEN' }));
      const { visits } = await client.read<RelationshipAnswer>(`/v1/relationships/MAR-SEN?minPosition=${position}`);
      expect(visits.count).toBe(n + 1);
      const record = await client.read<RecordAnswer>(`/v1/visits/own-${n}?minPosition=${position}`);
      expect(record.stream).toBe(stream);
    }
  });

  test('a query asked before the write waits for it', async () => {
    const { position } = await client.given('RegisterSource', sourceData({ sourceId: 'before' }));
    const next = String(Number(position) + 1);
    const waiting = client.get<StreamAnswer>(`/v1/streams/source-awaited?minPosition=${next}`, { prefer: 'wait=2' });
    await client.given('RegisterSource', sourceData({ sourceId: 'awaited' }));
    const { status, headers, body } = await waiting;
    expect([status, body.revision, headers.get('preference-applied')]).toEqual([200, 0, 'wait=2']);
  });

  test.each([
    '/v1/relationships',
    '/v1/relationships/MAR-PAK',
    '/v1/agreements',
    '/v1/events',
    '/v1/streams/source-s',
    '/v1/parties/MAR',
    '/v1/search?q=a',
  ])('%s answers 503 where the view is not there in the time that it may take', async (path) => {
    const answer = await client.refused(`${path}${path.includes('?') ? '&' : '?'}minPosition=1000000`, {
      prefer: 'wait=0',
    });
    expectProblem(answer, 503, 'unavailable');
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.headers.get('preference-applied')).toBe('wait=0');
  });

  test('the longest wait is the ledger’s to say', async () => {
    const other = await serveLedger({ settings: { maxWaitMs: 0 } });
    try {
      const answer = await other.client.refused('/v1/events?minPosition=5', { prefer: 'respond-async, wait=60' });
      expectProblem(answer, 503, 'unavailable');
      expect(answer.headers.get('preference-applied')).toBe('wait=0');
    } finally {
      await other.close();
    }
  });
});

describe('pairs', () => {
  test.each([
    ['/v1/relationships/PAK-MAR', '/v1/relationships/MAR-PAK'],
    ['/v1/relationships/mar-pak', '/v1/relationships/MAR-PAK'],
    [
      '/v1/relationships/pak-Mar?asOf=2020-01-01&minimumStanding=reported',
      '/v1/relationships/MAR-PAK?asOf=2020-01-01&minimumStanding=reported',
    ],
    ['/v1/relationships/PAK-MAR/history?order=recorded', '/v1/relationships/MAR-PAK/history?order=recorded'],
    ['/v1/relationships/history-history2', undefined],
  ])('%s is redirected to %s', async (path, to) => {
    const { status, headers } = await client.get(path);
    if (to === undefined) expect(status).toBe(404);
    else expect([status, headers.get('location')]).toEqual([308, to]);
  });

  test('a redirect leads to the answer', async () => {
    const { headers } = await client.get('/v1/relationships/pak-mar?knownAt=5');
    expect(await client.read(headers.get('location')!)).toEqual(await relationship('?knownAt=5'));
  });

  test.each(['MAR-XXX', 'MAR-MAR', 'MAR', 'MAR-PAK-TUR', 'MAR_PAK', '%00', 'M-P', 'MAR-'])(
    '%s is no pair',
    async (pair) => {
      for (const path of [`/v1/relationships/${pair}`, `/v1/relationships/${pair}/history`]) {
        expectProblem(await client.refused(path), 404, 'not-found');
      }
    },
  );

  test('two known parties without records have no relationship, and that is an answer', async () => {
    const answer = await client.read<RelationshipAnswer>('/v1/relationships/CZE-JPN');
    expect(answer).toMatchObject({ stage: 'none', records: 0, reasons: [], agreements: [], coverageFrom: null });
    expect(answer.visits).toEqual({ count: 0, byDirection: { 'CZE>JPN': 0, 'JPN>CZE': 0 }, last: [] });
    expect(await client.read('/v1/relationships/CZE-JPN/history')).toMatchObject({ entries: [], next: null });
  });

  test('a party is known from its registration on', async () => {
    expect((await client.get('/v1/relationships/CSK-MAR?knownAt=10')).status).toBe(200);
    expectProblem(await client.refused('/v1/relationships/CSK-MAR?knownAt=9'), 404, 'not-found');
  });

  test('an exercise counts for every pair of its participants', async () => {
    for (const pair of ['MAR-PAK', 'MAR-TUR', 'PAK-TUR']) {
      expect(await client.read(`/v1/relationships/${pair}`)).toMatchObject({ exercises: { count: 1 } });
    }
    expect(await client.read('/v1/relationships/FRA-TUR')).toMatchObject({ exercises: { count: 0 }, stage: 'none' });
  });
});

describe('histories', () => {
  const types = (answer: HistoryAnswer) => answer.entries.map((e) => `${e.position} ${e.type}`);
  const history = (query: string) => client.read<HistoryAnswer>(`/v1/relationships/MAR-PAK/history${query}`);

  test('in valid order, as things happened', async () => {
    const answer = await history('?knownAt=11');
    expect(answer).toMatchObject({ pair: 'MAR-PAK', order: 'valid', next: null });
    expect(types(answer)).toEqual([
      '3 AgreementDrafted',
      '4 VisitHeld',
      '5 Signed',
      '6 MeetingHeld',
      '7 ExerciseHeld',
      '8 MechanismCreated',
    ]);
    expect(types(await history(''))).toEqual(types(answer));
  });

  test('in recorded order, as they came to be known, with their sources', async () => {
    const answer = await history('?order=recorded&knownAt=11');
    expect(answer.order).toBe('recorded');
    expect(types(answer)).toEqual([
      '1 SourceRegistered',
      '2 SourceRegistered',
      '3 AgreementDrafted',
      '4 VisitHeld',
      '5 Signed',
      '6 MeetingHeld',
      '7 ExerciseHeld',
      '8 MechanismCreated',
    ]);
  });

  test('the two orders differ where news came late', async () => {
    await client.given(
      'DraftAgreement',
      agreementData({ agreementId: 'old', parties: ['MAR', 'GAB'], occurredOn: '2010' }),
    );
    await client.given('HoldVisit', visitData({ visitId: 'gab', visitor: 'GAB', occurredOn: '2001' }));
    const { position } = await client.given('SignAgreement', {
      agreementId: 'old',
      occurredOn: '2005',
      evidence: evidence('s'),
    });
    const read = async (order: string) =>
      (
        await client.read<HistoryAnswer>(`/v1/relationships/GAB-MAR/history?order=${order}&minPosition=${position}`)
      ).entries
        .map((e) => e.type)
        .filter((t) => t !== 'SourceRegistered');
    expect(await read('valid')).toEqual(['VisitHeld', 'AgreementDrafted', 'Signed']);
    expect(await read('recorded')).toEqual(['AgreementDrafted', 'VisitHeld', 'Signed']);
  });

  test('of a record, in both orders', async () => {
    const valid = await client.read<HistoryAnswer>('/v1/agreements/agr/history');
    expect(valid).toMatchObject({
      stream: 'agreement-agr',
      order: 'valid',
      parties: [{ code: 'MAR' }, { code: 'PAK' }],
    });
    expect(types(valid)).toEqual(['3 AgreementDrafted', '5 Signed']);
    const recorded = await client.read<HistoryAnswer>('/v1/agreements/agr/history?order=recorded');
    expect(types(recorded)).toEqual(['1 SourceRegistered', '2 SourceRegistered', '3 AgreementDrafted', '5 Signed']);
    expectProblem(await client.refused('/v1/agreements/agr/history?knownAt=2'), 404, 'not-found');
    expectProblem(await client.refused('/v1/agreements/nope/history'), 404, 'not-found');
  });

  test('asOf says of each entry whether it had happened', async () => {
    const { entries } = await history('?asOf=2021-03-15&knownAt=11');
    expect(entries.map((e) => e.when)).toEqual(['happened', 'possible', 'later', 'later', 'later', 'later']);
  });
});

describe('a cursor', () => {
  const firstCursor = async (path: string) => (await client.read<Page<unknown>>(path)).next!;
  test.each([
    ['another list', '/v1/visits?limit=1'],
    ['a history', '/v1/relationships/MAR-PAK/history?limit=1'],
    ['another day', '/v1/relationships?limit=1&asOf=2024-01-01'],
    ['another standing', '/v1/relationships?limit=1&minimumStanding=reported'],
  ])('of one list is refused for %s', async (_, path) => {
    const cursor = await firstCursor('/v1/relationships?limit=1');
    const answer = await client.get<ProblemDetails>(`${path}&cursor=${cursor}`);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([expect.objectContaining({ parameter: 'cursor', rule: 'cursor' })]);
  });
});

describe('streams and events', () => {
  test('a stream is its events, exactly as recorded', async () => {
    const { headers, body } = await client.get<StreamAnswer>('/v1/streams/agreement-agr');
    expect(headers.get('etag')).toBe('"1"');
    expect(body.events.map((e) => [e.type, e.revision, e.position])).toEqual([
      ['AgreementDrafted', 0, 3],
      ['Signed', 1, 5],
    ]);
    expect(body.events[1]?.body).toEqual({
      occurredOn: '2022-06-15',
      endedOn: null,
      evidence: [{ sourceId: 'strong', locator: 'p. 1', standing: 'documented' }],
      data: {},
    });
    const earlier = await client.get<StreamAnswer>('/v1/streams/agreement-agr?knownAt=4');
    expect([earlier.body.revision, earlier.headers.get('etag')]).toEqual([0, '"0"']);
  });

  test.each([
    'agreement-nope',
    'agreement-',
    'agreement',
    'nope-agr',
    '$ce-agreement',
    'agreement-%00',
    '%00',
    `agreement-${'a'.repeat(129)}`,
  ])('there is no stream %s', async (stream) => {
    expectProblem(await client.refused(`/v1/streams/${stream}`), 404, 'not-found');
  });

  test('a record of the longest id is found wherever it is asked for', async () => {
    const id = 'a'.repeat(128);
    const { position } = await client.given(
      'DraftAgreement',
      agreementData({ agreementId: id, parties: ['MAR', 'OMN'] }),
    );
    for (const path of [`/v1/agreements/${id}`, `/v1/agreements/${id}/history`, `/v1/streams/agreement-${id}`]) {
      expect((await client.get(`${path}?minPosition=${position}`)).status).toBe(200);
    }
  });

  test('events after a position, and no more than were known', async () => {
    const { events, next } = await client.read<EventsAnswer>('/v1/events?after=3&limit=2');
    expect([events.map((e) => e.position), next]).toEqual([[4, 5], '5']);
    const known = await client.read<EventsAnswer>('/v1/events?after=3&knownAt=5');
    expect([known.events.map((e) => e.position), known.next, known.knownAt.position]).toEqual([[4, 5], null, '5']);
    const beyond = await client.read<EventsAnswer>('/v1/events?after=999999');
    expect([beyond.events, beyond.next]).toEqual([[], null]);
  });
});

describe('records', () => {
  test.each([
    ['/v1/agreements/agr', { agreementId: 'agr', status: 'signed', pairs: ['MAR-PAK'], revision: 1 }],
    ['/v1/visits/vis', { visitId: 'vis', status: 'held', occurredOn: '2021-03' }],
    ['/v1/meetings/mee', { meetingId: 'mee', status: 'held' }],
    ['/v1/mechanisms/mec', { mechanismId: 'mec', status: 'created', sessions: [] }],
    ['/v1/exercises/exe', { exerciseId: 'exe', pairs: ['MAR-PAK', 'MAR-TUR', 'PAK-TUR'] }],
    ['/v1/sources/s', { sourceId: 's', withdrawn: false }],
  ])('%s', async (path, record) => {
    expect(await client.read(path)).toMatchObject(record);
    const list = await client.read<Page<Data>>(path.replace(/\/[^/]*$/, '?limit=500'));
    expect(list.items).toContainEqual(expect.objectContaining(record));
  });

  test.each([
    'agreements/nope',
    'visits/agr',
    'sources/%00',
    `agreements/${'a'.repeat(200)}`,
    'agreements/a%2Fb',
    'agreements/..',
  ])('there is no /v1/%s', async (path) => {
    expectProblem(await client.refused(`/v1/${path}`), 404, 'not-found');
  });

  test('one that was merged is answered as what it was merged into, and listed once', async () => {
    await client.given('DraftAgreement', agreementData({ agreementId: 'twin-a', parties: ['MAR', 'NER'] }));
    await client.given('DraftAgreement', agreementData({ agreementId: 'twin-b', parties: ['MAR', 'NER'] }));
    await client.given('SignAgreement', { agreementId: 'twin-b', occurredOn: '2020', evidence: evidence('s') });
    const { position } = await client.given('MergeRecord', {
      stream: 'agreement-twin-b',
      intoId: 'twin-a',
      reason: 'the same',
    });
    const merged = await client.get<RecordAnswer>(`/v1/agreements/twin-b?minPosition=${position}`);
    expect(merged.body).toMatchObject({ agreementId: 'twin-a', status: 'signed', mergedFrom: ['agreement-twin-b'] });
    // A view changes without its stream (a source is withdrawn, a day passes): its revision is no entity tag.
    expect([merged.headers.get('etag'), merged.body.revision]).toEqual([null, 0]);
    const { items } = await client.read<Page<RecordAnswer>>('/v1/agreements?limit=500');
    expect(items.filter((i) => i.pairs.includes('MAR-NER')).map((i) => i['agreementId'])).toEqual(['twin-a']);
    expect(await client.read('/v1/relationships/MAR-NER')).toMatchObject({ records: 1, stage: 'signed' });
    expect(await client.read(`/v1/agreements/twin-b?knownAt=${Number(position) - 1}`)).toMatchObject({
      agreementId: 'twin-b',
      mergedFrom: [],
    });
    const { entries } = await client.read<HistoryAnswer>('/v1/agreements/twin-b/history');
    expect(entries.map((e) => [e.stream, e.record])).toContainEqual(['agreement-twin-b', 'agreement-twin-a']);
  });

  test('one whose opener was retracted is out of all views, but not of the log', async () => {
    const { events } = await client.given('HoldVisit', visitData({ visitId: 'gone', visitor: 'TCD' }));
    const { position } = await client.given('RetractFact', {
      stream: 'visit-gone',
      targetEventId: events[0]?.eventId,
      reason: 'an error',
    });
    expectProblem(await client.refused(`/v1/visits/gone?minPosition=${position}`), 404, 'not-found');
    const { items } = await client.read<Page<RecordAnswer>>('/v1/visits?limit=500');
    expect(items.map((i) => i['visitId'])).not.toContain('gone');
    expect(await client.read('/v1/relationships/MAR-TCD')).toMatchObject({ records: 0, stage: 'none' });
    const pairs = await client.read<Page<RelationshipItem>>('/v1/relationships?limit=500');
    expect(pairs.items.map((i) => i.pair)).not.toContain('MAR-TCD');
    expect((await client.read<StreamAnswer>('/v1/streams/visit-gone')).events).toHaveLength(2);
    expect(await client.read(`/v1/visits/gone?knownAt=${Number(position) - 1}`)).toMatchObject({ status: 'held' });
    const recorded = await client.read<HistoryAnswer>('/v1/visits/gone/history?order=recorded');
    expect(recorded.entries.find((e) => e.type === 'VisitHeld')?.retractedBy).not.toBeNull();
    expect((await client.read<HistoryAnswer>('/v1/visits/gone/history')).entries).toEqual([]);
  });

  test('what a withdrawn source alone told is unsupported', async () => {
    await client.given('RegisterSource', sourceData({ sourceId: 'shaky' }));
    await client.given('HoldVisit', visitData({ visitId: 'shaken', visitor: 'MLI', evidence: evidence('shaky') }));
    const { position } = await client.given('WithdrawSource', { sourceId: 'shaky', reason: 'forged' });
    const answer = await client.read<RelationshipAnswer>(`/v1/relationships/MAR-MLI?minPosition=${position}`);
    expect(answer).toMatchObject({ stage: 'none', visits: { count: 0 }, unsupported: [{ stream: 'visit-shaken' }] });
  });

  test('one that is only possible on the day is not listed, but answered', async () => {
    const { items } = await client.read<Page<RecordAnswer>>('/v1/visits?asOf=2021-03-15&knownAt=11');
    expect(items).toEqual([]);
    expect(await client.read('/v1/visits/vis?asOf=2021-03-15')).toMatchObject({ listed: false, status: null });
  });
});

describe('parties', () => {
  const named = async (name: string) =>
    (await client.read<Page<Data>>(`/v1/parties?name=${encodeURIComponent(name)}`)).items.map((i) => i['code']);

  test.each([
    ['التشيك', 'CZE'],
    ['جمهورية التشيك', 'CZE'],
    ['tchéquie', 'CZE'],
    ['TCHEQUIE', 'CZE'],
    ['Czech Republic', 'CZE'],
    ['cze', 'CZE'],
    ['bohemia', 'CZE'],
    ['تشيكوسلوفاكيا', 'CSK'],
    ['المغرب', 'MAR'],
    ['باكستان', 'PAK'],
  ])('%s is %s', async (name, code) => {
    expect(await named(name)).toEqual([code]);
  });

  test.each(['Atlantis', '\u0000', 'constructor', '%'])('nobody is called %j', async (name) => {
    expect(await named(name)).toEqual([]);
  });

  test('a built-in one, with what was added', async () => {
    const party = await client.read<Data>('/v1/parties/CZE');
    expect(party).toMatchObject({ code: 'CZE', builtIn: true, kind: 'state', names: { ar: 'التشيك', fr: 'Tchéquie' } });
    expect(party['aliases']).toEqual(expect.arrayContaining(['Bohemia', 'جمهورية التشيك']));
    expect((await client.read<Data>('/v1/parties/CZE?knownAt=10'))['aliases']).not.toContain('Bohemia');
    expect(await client.read<HistoryAnswer>('/v1/parties/CZE/history?order=recorded')).toMatchObject({
      entries: [{ type: 'PartyAliasAdded' }],
    });
  });

  test('a built-in one of which nothing was recorded has an empty history', async () => {
    expect(await client.read('/v1/parties/JPN/history')).toMatchObject({ stream: 'party-JPN', entries: [] });
  });

  test('a registered one', async () => {
    expect(await client.read('/v1/parties/CSK')).toMatchObject({ builtIn: false, kind: 'former_state', revision: 0 });
    expectProblem(await client.refused('/v1/parties/CSK?knownAt=9'), 404, 'not-found');
  });

  test.each(['XXX', 'mar', 'constructor', '%00'])('there is no party %s', async (code) => {
    expectProblem(await client.refused(`/v1/parties/${code}`), 404, 'not-found');
    expectProblem(await client.refused(`/v1/parties/${code}/history`), 404, 'not-found');
  });
});

describe('paging', () => {
  /** Follows `Link: rel="next"` to the end, and does something between pages. */
  async function follow<Item>(path: string, items: (body: never) => readonly Item[], between: () => Promise<unknown>) {
    const pages: { items: readonly Item[]; resolved: Partial<Resolved>; next: unknown }[] = [];
    for (let at: string | undefined = path; at !== undefined;) {
      const answer: Answer<Data> = await client.get<Data>(at);
      expect(answer.status).toBe(200);
      pages.push({ items: items(answer.body as never), resolved: answer.body, next: answer.body['next'] });
      const link: string | null = answer.headers.get('link');
      expect(link === null).toBe(answer.body['next'] === null);
      at = /^<([^>]+)>; rel="next"$/.exec(link ?? '')?.[1];
      if (at !== undefined && pages.length <= 2) await between();
      if (pages.length > 400) throw new Error('There is no end to the pages');
    }
    return pages;
  }

  let n = 0;
  /** Records something that would be on every list. */
  const more = async () => {
    n += 1;
    const parties = ['MAR', 'UGA'];
    await Promise.all([
      client.given('DraftAgreement', agreementData({ agreementId: `page-${n}`, parties })),
      client.given('RegisterSource', sourceData({ sourceId: `page-${n}` })),
      client.given(
        'HoldVisit',
        visitData({ visitId: `page-${n}`, visitor: ['UGA', 'KEN', 'ZMB'][n % 3], occurredOn: `20${10 + (n % 10)}` }),
      ),
    ]);
    clock.set(new Date(clock.now().getTime() + 24 * 3600 * 1000).toISOString());
  };

  interface List {
    items: readonly { pair?: string; stream?: string }[];
    entries: readonly { eventId: string }[];
    events: readonly { id: string }[];
  }

  test.each<[string, (body: List) => readonly string[]]>([
    ['/v1/relationships?', (b) => b.items.map((i) => i.pair!)],
    ['/v1/relationships?minimumStanding=documented', (b) => b.items.map((i) => i.pair!)],
    ['/v1/agreements?', (b) => b.items.map((i) => i.stream!)],
    ['/v1/visits?asOf=2022-01-01', (b) => b.items.map((i) => i.stream!)],
    ['/v1/sources?', (b) => b.items.map((i) => i.stream!)],
    ['/v1/exercises?', (b) => b.items.map((i) => i.stream!)],
    ['/v1/mechanisms?', (b) => b.items.map((i) => i.stream!)],
    ['/v1/meetings?', (b) => b.items.map((i) => i.stream!)],
    ['/v1/parties?name=congo', (b) => b.items.map((i) => (i as { code?: string }).code!)],
    ['/v1/relationships/MAR-PAK/history?', (b) => b.entries.map((e) => e.eventId)],
    ['/v1/relationships/MAR-PAK/history?order=recorded', (b) => b.entries.map((e) => e.eventId)],
    ['/v1/agreements/agr/history?order=recorded', (b) => b.entries.map((e) => e.eventId)],
    ['/v1/events?after=0&knownAt=12', (b) => b.events.map((e) => e.id)],
  ])('%s one by one is the list as it stood when it began', async (path, keys) => {
    const { position } = await client.given('RegisterSource', sourceData({ sourceId: `start-${n}-${path.length}` }));
    const whole = keys(
      await client.read(`${path}&minPosition=${position}${path.includes('?name') ? '' : '&limit=500'}`),
    );
    const pages = await follow<string>(`${path}&limit=1`, keys, more);
    expect(pages.flatMap((p) => p.items)).toEqual(whole);
    expect(new Set(whole).size).toBe(whole.length);
    expect(
      new Set(pages.map((p) => JSON.stringify([p.resolved.asOf, p.resolved.knownAt, p.resolved.minimumStanding]))).size,
    ).toBe(1);
  });

  test('all parties, in pages', async () => {
    const whole = (await client.read<Page<Data>>('/v1/parties?limit=500')).items.map((i) => i['code']);
    const pages = await follow(
      '/v1/parties?limit=60',
      (b: Page<Data>) => b.items.map((i) => i['code']),
      () => Promise.resolve(),
    );
    expect(pages.flatMap((p) => p.items)).toEqual(whole);
    expect(whole).toEqual([...whole].sort());
    expect(whole.length).toBeGreaterThan(240);
  });

  test('the feed of events, followed while it grows, has each once and in order', async () => {
    const pages = await follow('/v1/events?limit=20', (b: EventsAnswer) => b.events.map((e) => e.position), more);
    const positions = pages.flatMap((p) => p.items);
    expect(positions).toEqual(positions.map((_, i) => i + 1));
  });
});

describe('HTTP', () => {
  test.each(['/v1/relationships', '/v1/relationships/MAR-PAK', '/v1/agreements/agr', '/v1/events', '/health/live'])(
    'HEAD %s is GET without a body',
    async (path) => {
      const head = await client.send<string>('HEAD', path);
      const get = await client.get(path);
      expect([head.status, head.body]).toEqual([200, '']);
      expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    },
  );

  test('HEAD of what is not there is 404', async () => {
    expect((await client.send('HEAD', '/v1/agreements/nope')).status).toBe(404);
  });

  test.each([
    ['POST', '/'],
    ['GET', '/nope'],
    ['GET', '/v1'],
    ['GET', '/v1/nope'],
    ['GET', '/v1/commands/RegisterSource'],
    ['POST', '/v1/relationships'],
    ['PUT', '/v1/agreements/agr'],
    ['DELETE', '/v1/agreements/agr'],
    ['PATCH', '/v1/streams/agreement-agr'],
    ['GET', '/v1/agreements/'],
  ])('%s %s is refused, as problem+json', async (method, path) => {
    expectProblem(await client.send(method, path), 404, 'not-found');
  });

  test('a URL that can’t be decoded', async () => {
    expectProblem(await client.refused('/v1/agreements/%E0%A4%A'), 400, 'malformed');
  });

  test('the service says that it lives and is ready', async () => {
    expect(await client.read('/health/live')).toEqual({ status: 'ok' });
    const ready = await client.read<{ projections: { name: string; stopped: unknown }[] }>('/health/ready');
    expect(ready).toMatchObject({ status: 'ok', store: { status: 'ok' }, failure: null });
    expect(ready.projections.map((p) => p.name)).toEqual(['history', 'relationships', 'search', 'worklists']);
  });
});
