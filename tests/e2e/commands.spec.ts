import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { ProblemDetails } from '../../src/api/problems.js';
import type { RecordAnswer, StreamAnswer } from '../../src/api/queries/answers.js';
import type { LedgerEvent } from '../../src/domain/event.js';
import { type EventStore, StoreUnavailable, WrongExpectedRevision } from '../../src/event-store/event-store.js';
import { EVENT_STORE } from '../../src/event-store/event-store.module.js';
import { agreementData, exerciseData, meetingData, sourceData, visitData, without } from '../support/facts.js';
import { type Data, evidence } from '../support/ledger.js';
import { type Answer, type Client, Clock, serveLedger, type ServedLedger } from '../support/server.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const JSON_TYPE = { 'content-type': 'application/json' };

let ledger: ServedLedger;
let client: Client;
let count = 0;
/** An id that no other test has. */
const newId = (prefix = 'r') => `${prefix}-${(count += 1)}`;

beforeAll(async () => {
  ledger = await serveLedger({ now: new Clock('2026-01-15T12:00:00.000Z').now, settings: { maxWaitMs: 1000 } });
  client = ledger.client;
  await client.given('RegisterSource', sourceData({ sourceId: 's' }));
});
afterAll(() => ledger.close());

const openAgreement = async (): Promise<string> => {
  const agreementId = newId('agr');
  await client.given('DraftAgreement', agreementData({ agreementId }));
  return agreementId;
};
const signing = (agreementId: string, more: Data = {}): Data => ({
  agreementId,
  occurredOn: null,
  evidence: evidence('s'),
  ...more,
});
/** An act that may be said of one agreement any number of times: each text is another act. */
const announcement = (agreementId: string, n: number) =>
  signing(agreementId, {
    occurredOn: `2020-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`,
  });

const streamOf = (stream: string) => client.read<StreamAnswer>(`/v1/streams/${stream}`);
const dataOf = (event: LedgerEvent | undefined) => event?.body.data;

describe('a command that is taken', () => {
  test('answers 201 with all that a client needs to go on', async () => {
    const id = newId('agr');
    const key = newId('key');
    const before = (await client.events()).length;
    const { status, headers, body } = await client.post('DraftAgreement', agreementData({ agreementId: id }), {
      'idempotency-key': key,
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      commandId: key,
      stream: `agreement-${id}`,
      revision: 0,
      position: expect.stringMatching(/^\d+$/) as unknown,
      events: [{ eventId: expect.stringMatching(UUID) as unknown, type: 'AgreementDrafted', revision: 0 }],
      warnings: [],
      repeated: false,
    });
    expect(headers.get('etag')).toBe('"0"');
    expect(headers.get('location')).toBe(`/v1/streams/agreement-${id}?minPosition=${body.position}`);
    expect(headers.get('idempotency-key')).toBe(key);
    expect(headers.get('content-type')).toMatch(/^application\/json/);

    const stored = (await streamOf(`agreement-${id}`)).events;
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatchObject({
      id: body.events[0]?.eventId,
      position: before + 1,
      metadata: {
        commandId: key,
        $correlationId: key,
        $causationId: key,
        actor: 'anonymous',
        schemaVersion: 1,
        warnings: [],
        recordedAt: '2026-01-15T12:00:00.000Z',
      },
    });
  });

  test('Location leads to the stream, and its ETag is what If-Match takes', async () => {
    const id = await openAgreement();
    const first = await client.post('SignAgreement', signing(id));
    const stream = await client.get<StreamAnswer>(first.headers.get('location')!);
    expect(stream.headers.get('etag')).toBe('"1"');
    expect(stream.body.revision).toBe(1);
    const next = await client.post('InitialAgreement', signing(id), { 'if-match': stream.headers.get('etag')! });
    expect([next.status, next.headers.get('etag')]).toEqual([201, '"2"']);
    const moved = await client.get(`/v1/streams/agreement-${id}?minPosition=${next.body.position}`);
    expect(moved.headers.get('etag')).toBe('"2"');
    const record = await client.read<RecordAnswer>(`/v1/agreements/${id}`);
    expect(record.revision).toBe(2);
  });

  test('without a key one is made and told', async () => {
    const { headers, body } = await client.post('RegisterSource', sourceData({ sourceId: newId('src') }));
    expect(body.commandId).toMatch(UUID);
    expect(headers.get('idempotency-key')).toBe(body.commandId);
  });

  test('without an id the record gets one from the key, so that a repeat makes no second record', async () => {
    const key = newId('key');
    const data = without(visitData(), 'visitId');
    const first = await client.post('HoldVisit', data, { 'idempotency-key': key });
    const again = await client.post('HoldVisit', data, { 'idempotency-key': key });
    expect(first.body.stream).toMatch(/^visit-[0-9a-f]{8}-/);
    expect(again.body).toEqual({ ...first.body, repeated: true });
  });

  test('X-Correlation-Id is kept; a malformed one is refused by name', async () => {
    const sourceId = newId('src');
    await client.post('RegisterSource', sourceData({ sourceId }), { 'x-correlation-id': 'import-7' });
    expect((await streamOf(`source-${sourceId}`)).events[0]?.metadata.$correlationId).toBe('import-7');
    await expectNothingRecorded(async () => {
      const answer = await client.post<ProblemDetails>('RegisterSource', sourceData({ sourceId: newId('src') }), {
        'x-correlation-id': 'a b',
      });
      expectProblem(answer, 400, 'malformed', [{ header: 'X-Correlation-Id', rule: 'x-correlation-id' }]);
    });
  });

  test('what looks odd is taken, with a warning in the answer and on the event', async () => {
    const id = newId('agr');
    const { body } = await client.post('DraftAgreement', agreementData({ agreementId: id, areas: ['beekeeping'] }));
    expect(body.warnings).toMatchObject([{ code: 'unknown-area', pointer: '/areas/0' }]);
    expect((await streamOf(`agreement-${id}`)).events[0]?.metadata.warnings).toEqual(body.warnings);
  });

  test('text in any script comes back as it was sent', async () => {
    const title = { ar: 'مذكرة تفاهم 🤝', en: 'é ≠ e\u0301, "quoted" \\ / \t', fr: '</script>' };
    const id = newId('agr');
    await client.given('DraftAgreement', agreementData({ agreementId: id, title }));
    expect(dataOf((await streamOf(`agreement-${id}`)).events[0])).toMatchObject({ title });
  });
});

describe('Idempotency-Key', () => {
  test('the same again gives the first answer, and appends nothing', async () => {
    const id = await openAgreement();
    const key = newId('key');
    const first = await client.post('SignAgreement', signing(id), { 'idempotency-key': key });
    await client.given('InitialAgreement', signing(id));
    await expectNothingRecorded(async () => {
      const again = await client.post('SignAgreement', signing(id), { 'idempotency-key': key });
      expect(again.status).toBe(201);
      expect(again.body).toEqual({ ...first.body, repeated: true });
      expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
    });
  });

  test('the warnings of the first answer are in the repeated one', async () => {
    const key = newId('key');
    const data = agreementData({ agreementId: newId('agr'), areas: ['beekeeping'] });
    const first = await client.post('DraftAgreement', data, { 'idempotency-key': key });
    const again = await client.post('DraftAgreement', data, { 'idempotency-key': key });
    expect(first.body.warnings).toHaveLength(1);
    expect(again.body.warnings).toEqual(first.body.warnings);
  });

  test('the order of the keys in the body makes no other content', async () => {
    const key = newId('key');
    const data = sourceData({ sourceId: newId('src') });
    await client.post('RegisterSource', data, { 'idempotency-key': key });
    const turned = Object.fromEntries(Object.entries(data).reverse());
    expect((await client.post('RegisterSource', turned, { 'idempotency-key': key })).body.repeated).toBe(true);
  });

  test('a quoted key is the same key', async () => {
    const key = newId('key');
    const data = sourceData({ sourceId: newId('src') });
    await client.post('RegisterSource', data, { 'idempotency-key': `"${key}"` });
    expect((await client.post('RegisterSource', data, { 'idempotency-key': key })).body).toMatchObject({
      commandId: key,
      repeated: true,
    });
  });

  test.each<[string, (id: string) => [string, Data]]>([
    ['in the same stream', (id) => ['SignAgreement', signing(id, { occurredOn: '2020' })]],
    ['as another command', (id) => ['InitialAgreement', signing(id)]],
    ['in another stream', () => ['RegisterSource', sourceData({ sourceId: newId('src') })]],
  ])('the same key with other content %s is refused', async (_where, other) => {
    const id = await openAgreement();
    const key = newId('key');
    await client.post('SignAgreement', signing(id), { 'idempotency-key': key });
    await expectNothingRecorded(async () => {
      const [command, data] = other(id);
      const answer = await client.post<ProblemDetails>(command, data, { 'idempotency-key': key });
      expectProblem(answer, 422, 'key-reused');
      expect(answer.body.detail).toContain(key);
      expect(answer.body.detail).toContain(`agreement-${id}`);
    });
  });

  test('the same key in another stream is refused at once, before any view can know', async () => {
    const key = newId('key');
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        client.post('RegisterSource', sourceData({ sourceId: `${key}-${name}` }), { 'idempotency-key': key }),
      ),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([201, 422, 422, 422]);
  });

  test('two identical at once are recorded once', async () => {
    const id = await openAgreement();
    const key = newId('key');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => client.post('SignAgreement', signing(id), { 'idempotency-key': key })),
    );
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => 201));
    expect(answers.filter((a) => !a.body.repeated)).toHaveLength(1);
    expect(new Set(answers.map((a) => JSON.stringify([a.body.position, a.body.events]))).size).toBe(1);
    await client.read(`/v1/events?minPosition=${answers[0]?.body.position}`);
    expect((await streamOf(`agreement-${id}`)).events).toHaveLength(2);
  });

  test('a rejection is not remembered', async () => {
    const id = newId('agr');
    const key = newId('key');
    const early = await client.post<ProblemDetails>('SignAgreement', signing(id), { 'idempotency-key': key });
    expectProblem(early, 404, 'not-found');
    await client.given('DraftAgreement', agreementData({ agreementId: id }));
    const late = await client.post('SignAgreement', signing(id), { 'idempotency-key': key });
    expect([late.status, late.body.repeated]).toEqual([201, false]);
  });

  test.each(['', 'a b', '-a', 'é', 'a/b', 'a'.repeat(129), '"a', '"', '"a" "b"'])(
    'a key that is none (%j) is refused',
    async (key) => {
      await expectNothingRecorded(async () => {
        const data = sourceData({ sourceId: newId('src') });
        const answer = await client.post<ProblemDetails>('RegisterSource', data, {
          'idempotency-key': Buffer.from(key).toString('latin1'),
        });
        expectProblem(answer, 400, 'malformed', [{ header: 'Idempotency-Key', rule: 'idempotency-key' }]);
      });
    },
  );

  test('a key of 128 characters is one', async () => {
    const key = 'k'.repeat(128);
    expect((await client.given('RegisterSource', sourceData({ sourceId: newId('src') }), key)).commandId).toBe(key);
  });
});

describe('concurrent commands on one stream', () => {
  test('all land, one after the other', async () => {
    const id = await openAgreement();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => client.post('AnnounceSignature', announcement(id, n))),
    );
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => 201));
    expect(answers.map((a) => a.body.revision).sort((a, b) => a - b)).toEqual(answers.map((_, i) => i + 1));
    const last = answers.map((a) => Number(a.body.position)).sort((a, b) => b - a)[0];
    await client.read(`/v1/events?minPosition=${last}`);
    const { events } = await streamOf(`agreement-${id}`);
    expect(new Set(events.map((e) => e.id)).size).toBe(41);
  });

  test('of many openers of one record, one lands', async () => {
    const id = newId('agr');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => client.post('DraftAgreement', agreementData({ agreementId: id }))),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  });

  test('of many with the same If-Match, one lands', async () => {
    const id = await openAgreement();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        client.post('AnnounceSignature', announcement(id, n), { 'if-match': '"0"' }),
      ),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 412)]);
  });

  describe('when another process writes too', () => {
    const store = () => ledger.app.get<EventStore>(EVENT_STORE);
    afterEachRestore();

    test('the loser decides again on what is there now', async () => {
      const id = await openAgreement();
      const append = store().append.bind(store());
      const spy = jest.spyOn(store(), 'append');
      spy.mockImplementationOnce(async (stream, events, expected) => {
        const foreign = {
          ...events[0]!,
          id: '00000000-0000-5000-8000-000000000001',
          metadata: { ...events[0]!.metadata, commandId: 'foreign' },
        };
        await append(stream, [{ ...foreign, type: 'SignatureAnnounced' }], expected);
        return append(stream, events, expected);
      });
      const { status, body } = await client.post('SignAgreement', signing(id));
      expect([status, body.revision]).toEqual([201, 2]);
      expect(spy).toHaveBeenCalledTimes(2);
    });

    test('after ten lost tries the answer is 503, and nothing is recorded', async () => {
      const id = await openAgreement();
      await expectNothingRecorded(async () => {
        const spy = jest
          .spyOn(store(), 'append')
          .mockImplementation((stream, _events, expected) =>
            Promise.reject(new WrongExpectedRevision(stream, expected, 7)),
          );
        const answer = await client.post<ProblemDetails>('SignAgreement', signing(id));
        expectProblem(answer, 503, 'unavailable');
        expect(answer.headers.get('retry-after')).toBe('1');
        expect(spy).toHaveBeenCalledTimes(10);
        spy.mockRestore();
      });
    });

    test('If-Match is held against what the stream is at now', async () => {
      const id = await openAgreement();
      const [first] = (await streamOf(`agreement-${id}`)).events;
      await store().append(
        `agreement-${id}`,
        [
          {
            id: '00000000-0000-5000-8000-000000000002',
            type: 'SignatureAnnounced',
            data: { ...first!.body, data: {} },
            metadata: { ...first!.metadata, commandId: 'foreign-2' },
          },
        ],
        0,
      );
      const right = await client.post('SignAgreement', signing(id), { 'if-match': '"1"' });
      expect([right.status, right.body.revision]).toEqual([201, 2]);
    });

    test('an append whose outcome is unknown is 503; sent again it is recorded once', async () => {
      const id = await openAgreement();
      const key = newId('key');
      const append = store().append.bind(store());
      jest.spyOn(store(), 'append').mockImplementationOnce(async (...args) => {
        await append(...args);
        throw new StoreUnavailable('the answer was lost');
      });
      const lost = await client.post<ProblemDetails>('SignAgreement', signing(id), { 'idempotency-key': key });
      expectProblem(lost, 503, 'unavailable');
      expect(lost.headers.get('retry-after')).toBe('1');
      const again = await client.post('SignAgreement', signing(id), { 'idempotency-key': key });
      expect([again.status, again.body.repeated, again.body.revision]).toEqual([201, true, 1]);
    });
  });
});

function afterEachRestore() {
  beforeEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(() => {
    jest.restoreAllMocks();
  });
}

describe('If-Match', () => {
  test('the right revision is taken, a stale one refused with both', async () => {
    const id = await openAgreement();
    const right = await client.post('SignAgreement', signing(id), { 'if-match': '"0"' });
    expect(right.status).toBe(201);
    await expectNothingRecorded(async () => {
      const stale = await client.post<ProblemDetails>('InitialAgreement', signing(id), { 'if-match': '"0"' });
      expectProblem(stale, 412, 'stale-revision');
      expect(stale.body).toMatchObject({ expected: 0, actual: 1 });
    });
  });

  test('of a stream that is not there is refused', async () => {
    const answer = await client.post<ProblemDetails>('RegisterSource', sourceData({ sourceId: newId('src') }), {
      'if-match': '"0"',
    });
    expectProblem(answer, 412, 'stale-revision');
    expect(answer.body).toMatchObject({ actual: 'no_stream' });
  });

  test('a weak one never matches', async () => {
    const id = await openAgreement();
    await expectNothingRecorded(async () => {
      const answer = await client.post<ProblemDetails>('SignAgreement', signing(id), { 'if-match': 'W/"0"' });
      expectProblem(answer, 412, 'stale-revision');
      expect(answer.body.detail).toMatch(/weak/);
    });
  });

  test('a repeat is answered before it is looked at', async () => {
    const id = await openAgreement();
    const key = newId('key');
    const headers = { 'idempotency-key': key, 'if-match': '"0"' };
    await client.post('SignAgreement', signing(id), headers);
    const again = await client.post('SignAgreement', signing(id), headers);
    expect([again.status, again.body.repeated]).toEqual([201, true]);
  });

  test.each(['0', '*', '"a"', '"-1"', '"0", "1"', '""', "'0'", '"1e3"', '"01"x'])('%s is malformed', async (tag) => {
    const id = await openAgreement();
    await expectNothingRecorded(async () => {
      const answer = await client.post<ProblemDetails>('SignAgreement', signing(id), { 'if-match': tag });
      expectProblem(answer, 400, 'malformed', [{ header: 'If-Match', rule: 'if-match' }]);
    });
  });
});

describe('dryRun', () => {
  test('tells what would be recorded, and records nothing', async () => {
    const id = newId('agr');
    await expectNothingRecorded(async () => {
      const { status, body } = await client.post(
        'DraftAgreement?dryRun=true',
        agreementData({ agreementId: id, areas: ['beekeeping'] }),
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({ stream: `agreement-${id}`, revision: 0, position: null, repeated: false });
      expect(body.warnings.map((w) => w.code)).toEqual(['unknown-area']);
      expect((await client.get(`/v1/streams/agreement-${id}`)).status).toBe(404);
    });
    await client.given('DraftAgreement', agreementData({ agreementId: id }));
  });

  test('the key of a dry run is free, and the event it told is the one that is recorded', async () => {
    const key = newId('key');
    const data = sourceData({ sourceId: newId('src') });
    const dry = await client.post('RegisterSource?dryRun=true', data, { 'idempotency-key': key });
    const wet = await client.post('RegisterSource?dryRun=false', data, { 'idempotency-key': key });
    expect([wet.status, wet.body.repeated]).toEqual([201, false]);
    expect(wet.body.events).toEqual(dry.body.events);
    const late = await client.post('RegisterSource?dryRun=true', data, { 'idempotency-key': key });
    expect([late.status, late.body]).toEqual([201, { ...wet.body, repeated: true }]);
  });

  test('rejections are the same', async () => {
    await expectNothingRecorded(async () => {
      expectProblem(await client.post('SignAgreement?dryRun=true', signing('nope')), 404, 'not-found', [
        { pointer: '', rule: 'no-such-record' },
      ]);
      expectProblem(await client.post('RegisterSource?dryRun=true', sourceData({ sourceId: 's' })), 409, 'rejected', [
        { pointer: '', rule: 'already-opened' },
      ]);
      expectProblem(
        await client.post('RegisterSource?dryRun=true', sourceData({ sourceId: 's' }), { 'if-match': '"9"' }),
        412,
        'stale-revision',
      );
      expectProblem(await client.post('RegisterSource?dryRun=true', {}), 400, 'malformed');
    });
  });

  test.each(['1', 'TRUE', '', 'yes'])('dryRun=%s is refused, not taken for false', async (value) => {
    await expectNothingRecorded(async () => {
      const answer = await client.post(`RegisterSource?dryRun=${value}`, sourceData({ sourceId: newId('src') }));
      expectProblem(answer, 400, 'malformed', [{ parameter: 'dryRun', rule: 'boolean' }]);
    });
  });

  test('a misspelt parameter is refused by name', async () => {
    await expectNothingRecorded(async () => {
      const answer = await client.post('RegisterSource?dryrun=true', sourceData({ sourceId: newId('src') }));
      expectProblem(answer, 400, 'malformed', [{ parameter: 'dryrun', rule: 'unknown-field' }]);
    });
  });
});

describe('what is refused appends nothing, and says what and why', () => {
  let before: LedgerEvent[];
  beforeAll(async () => {
    before = await client.events();
  });
  afterAll(async () => {
    const after = await client.events();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(JSON.stringify(after)).not.toContain('never');
  });

  const draft = (more: Data = {}) => agreementData({ agreementId: 'never', ...more });
  const cases: readonly [string, string, Data, number, string, [string, string]][] = [
    [
      'an unknown field',
      'DraftAgreement',
      draft({ titel: { en: 'x' } }),
      400,
      'malformed',
      ['/titel', 'unknown-field'],
    ],
    [
      'an unknown field within',
      'HoldMeeting',
      meetingData({ place: { name: { en: 'x' }, city: 'y' } }),
      400,
      'malformed',
      ['/place/city', 'unknown-field'],
    ],
    ['a missing field', 'DraftAgreement', without(draft(), 'title'), 400, 'malformed', ['/title', 'required']],
    [
      '30 February',
      'SignAgreement',
      signing('never', { occurredOn: '2024-02-30' }),
      400,
      'malformed',
      ['/occurredOn', 'impossible-date'],
    ],
    [
      'an EDTF that does not parse',
      'SignAgreement',
      signing('never', { occurredOn: '30/10/2024' }),
      400,
      'malformed',
      ['/occurredOn', 'edtf'],
    ],
    [
      'a season',
      'SignAgreement',
      signing('never', { occurredOn: '2024-21' }),
      400,
      'malformed',
      ['/occurredOn', 'edtf'],
    ],
    [
      'a time',
      'SignAgreement',
      signing('never', { occurredOn: '2024-10-30T10:00:00Z' }),
      400,
      'malformed',
      ['/occurredOn', 'edtf'],
    ],
    ['no evidence', 'DraftAgreement', draft({ evidence: [] }), 400, 'malformed', ['/evidence', 'array-min-size']],
    [
      'a day in the future',
      'DraftAgreement',
      draft({ occurredOn: '2026-01-17' }),
      409,
      'rejected',
      ['/occurredOn', 'future-date'],
    ],
    [
      'an end in the future',
      'HoldVisit',
      visitData({ visitId: 'never', endedOn: '2027' }),
      409,
      'rejected',
      ['/endedOn', 'future-date'],
    ],
    [
      'an interval that runs backwards',
      'HoldVisit',
      visitData({ visitId: 'never', occurredOn: '2024-10-30', endedOn: '2024-10-29' }),
      409,
      'rejected',
      ['/endedOn', 'interval-backwards'],
    ],
    ['NUL', 'DraftAgreement', draft({ title: { en: 'a\u0000b' } }), 400, 'malformed', ['/title/en', 'nul']],
    [
      'a lone surrogate',
      'DraftAgreement',
      draft({ title: { en: 'a\ud800b' } }),
      400,
      'malformed',
      ['/title/en', 'lone-surrogate'],
    ],
    [
      'a key constructor',
      'DraftAgreement',
      draft({ constructor: { prototype: { polluted: true } } }),
      400,
      'malformed',
      ['/constructor', 'unknown-field'],
    ],
    [
      'a key of Object.prototype',
      'DraftAgreement',
      draft({ hasOwnProperty: 1 }),
      400,
      'malformed',
      ['/hasOwnProperty', 'unknown-field'],
    ],
    ['a record that is not there', 'SignAgreement', signing('never'), 404, 'not-found', ['', 'no-such-record']],
    [
      'curation of a stream that is not there',
      'RetractFact',
      { stream: 'visit-never', targetEventId: '00000000-0000-5000-8000-000000000000', reason: 'x' },
      404,
      'not-found',
      ['/targetEventId', 'no-such-event'],
    ],
    [
      'an unknown source',
      'DraftAgreement',
      draft({ evidence: evidence('nobody') }),
      409,
      'rejected',
      ['/evidence/0/sourceId', 'unknown-source'],
    ],
    [
      'an unknown party',
      'DraftAgreement',
      draft({ parties: ['MAR', 'XXX'] }),
      409,
      'rejected',
      ['/parties/1', 'unknown-party'],
    ],
    [
      'identical parties',
      'HoldVisit',
      visitData({ visitId: 'never', visitor: 'MAR' }),
      409,
      'rejected',
      ['', 'identical-parties'],
    ],
    [
      'one participant',
      'HoldExercise',
      exerciseData({ exerciseId: 'never', participants: ['MAR'] }),
      400,
      'malformed',
      ['/participants', 'array-min-size'],
    ],
    [
      'an id that is none',
      'DraftAgreement',
      draft({ agreementId: '../x' }),
      400,
      'malformed',
      ['/agreementId', 'matches'],
    ],
    [
      'a number that a double does not hold',
      'HoldVisit',
      visitData({ visitId: 'never', durationDays: 2 ** 53 }),
      400,
      'malformed',
      ['/durationDays', 'unsafe-integer'],
    ],
  ];

  test.each(cases)('%s', async (_name, command, data, status, type, [pointer, rule]) => {
    await expectNothingRecorded(async () => {
      const answer = await client.post<ProblemDetails>(command, data);
      expectProblem(answer, status, type);
      expect(answer.body.errors?.map((e) => ({ pointer: e.pointer, rule: e.rule }))).toContainEqual({ pointer, rule });
      expect(answer.body.errors?.every((e) => (e.message ?? '') !== '')).toBe(true);
    });
  });

  test('the day after today is not in the future yet: it has begun somewhere', async () => {
    const id = await openAgreement();
    expect((await client.post('SignAgreement', signing(id, { occurredOn: '2026-01-16' }))).status).toBe(201);
  });

  test('all that is wrong is told at once', async () => {
    const answer = await client.post<ProblemDetails>('SignAgreement', { agreementId: 7, occurredOn: 'x', nope: 1 });
    expect(answer.body.errors?.map((e) => e.pointer).sort()).toEqual(
      expect.arrayContaining(['/agreementId', '/evidence', '/nope', '/occurredOn']),
    );
  });

  test.each<[string, string, [string, string]]>([
    ['JSON that is cut off', '{"sourceId":"never"', ['', 'json']],
    ['no JSON', 'sourceId=never', ['', 'json']],
    ['two values', '{} {}', ['', 'json']],
    ['a comment', '{"sourceId":"never"/**/}', ['', 'json']],
    ['NaN', '{"sourceId":NaN}', ['', 'json']],
    ['an empty body', '', ['', 'json']],
    ['white space', ' \n', ['', 'json']],
    ['an array', '[]', ['', 'object']],
    ['an array with a command in it', '[{"sourceId":"never"}]', ['', 'object']],
    ['null', 'null', ['', 'object']],
    ['a string', '"sourceId"', ['', 'object']],
    ['a number', '7', ['', 'object']],
    ['true', 'true', ['', 'object']],
    ['a lone surrogate, escaped', '{"sourceId":"never","title":{"en":"\\ud800"}}', ['/title/en', 'lone-surrogate']],
    ['a lone surrogate in a key', '{"sourceId":"never","\\udfff":1}', ['/\udfff', 'lone-surrogate']],
    ['NUL, escaped', '{"sourceId":"never\\u0000"}', ['/sourceId', 'nul']],
    ['NUL in a key', '{"a\\u0000":1}', ['/a\u0000', 'nul']],
    ['the key __proto__', '{"__proto__":{"sourceId":"never"}}', ['/__proto__', 'proto-key']],
    ['the key __proto__ within', '{"title":{"__proto__":"x"}}', ['/title/__proto__', 'proto-key']],
    ['the key constructor', '{"constructor":{"prototype":{"kind":"other"}}}', ['/constructor', 'unknown-field']],
    ['a number out of range', '{"sourceId":1e400}', ['/sourceId', 'not-finite']],
    [
      'an endless nesting',
      '{"sourceId":' + '['.repeat(5000) + ']'.repeat(5000) + '}',
      [`/sourceId${'/0'.repeat(63)}`, 'too-deep'],
    ],
  ])('%s', async (_name, body, [pointer, rule]) => {
    await expectNothingRecorded(async () => {
      const answer = await client.postRaw('RegisterSource', body, JSON_TYPE);
      expectProblem(answer, 400, 'malformed');
      expect(answer.body.errors?.map((e) => ({ pointer: e.pointer, rule: e.rule }))).toContainEqual({ pointer, rule });
    });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each([
    ['a surrogate as bytes', [0xed, 0xa0, 0x80]],
    ['Latin-1', [0xe9]],
    ['a sequence that is cut off', [0xd8]],
  ])('bytes that are no UTF-8 (%s) are not recorded as something else', async (_name, bytes) => {
    const before = Buffer.from('{"sourceId":"never","title":{"en":"');
    const after = Buffer.from('"},"kind":"other","language":"en"}');
    await expectNothingRecorded(async () => {
      const body = new Uint8Array(Buffer.concat([before, Buffer.from(bytes), after]));
      expectProblem(await client.postRaw('RegisterSource', body, JSON_TYPE), 400, 'malformed', [
        { pointer: '', rule: 'utf-8' },
      ]);
    });
  });

  test('a byte order mark is no part of the text', async () => {
    const body = `\ufeff${JSON.stringify(sourceData({ sourceId: newId('src') }))}`;
    expect((await client.postRaw('RegisterSource', body, JSON_TYPE)).status).toBe(201);
  });

  test.each<[string, Record<string, string>]>([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['text', { 'content-type': 'text/plain' }],
    ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['JSON of another kind', { 'content-type': 'application/merge-patch+json' }],
    ['a media type that is none', { 'content-type': 'json' }],
    ['no media type', {}],
  ])('%s is no media type of ours', async (_name, headers) => {
    await expectNothingRecorded(async () => {
      const body = new Uint8Array(Buffer.from(JSON.stringify(sourceData({ sourceId: 'never' }))));
      expectProblem(await client.postRaw('RegisterSource', body, headers), 415, 'unsupported-media-type');
    });
  });

  test('no body at all', async () => {
    await expectNothingRecorded(async () => {
      const answer = await client.send<ProblemDetails>('POST', '/v1/commands/RegisterSource');
      expectProblem(answer, 400, 'malformed');
      expect(answer.body.errors?.[0]?.pointer).toBe('');
    });
  });

  test.each(['Nope', 'registersource', 'RegisterSource%20', '__proto__', 'constructor', 'SourceRegistered', '%00'])(
    'there is no command %s',
    async (name) => {
      await expectNothingRecorded(async () => {
        expectProblem(await client.post(name, sourceData({ sourceId: 'never' })), 404, 'not-found');
      });
    },
  );

  test('10 MB', async () => {
    await expectNothingRecorded(async () => {
      const body = JSON.stringify(sourceData({ sourceId: 'never', title: { en: 'x'.repeat(10 * 1024 * 1024) } }));
      expectProblem(await client.postRaw('RegisterSource', body, JSON_TYPE), 413, 'too-large');
    });
  });

  test('10 MB that do not say how long they are', async () => {
    await expectNothingRecorded(async () => {
      const { hostname, port } = new URL(client.url);
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined); // the server may hang up while we still write
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      const answered = once(socket, 'data');
      socket.write(
        `POST /v1/commands/RegisterSource HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
      );
      const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
      for (let sent = 0; sent < 160 && socket.writable; sent += 1) socket.write(chunk);
      await answered;
      socket.destroy();
      expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 413 /);
    });
  });

  test('a body within the limit whose command is not', async () => {
    await expectNothingRecorded(async () => {
      const title = Object.fromEntries(
        ['en', 'fr', 'de', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'fi', 'pl', 'cs', 'sk'].map((l) => [
          l,
          'x'.repeat(3990),
        ]),
      );
      const answer = await client.post<ProblemDetails>('RegisterSource', sourceData({ sourceId: 'never', title }));
      expectProblem(answer, 413, 'too-large');
      expect(answer.body.detail).toMatch(/49152/);
    });
  });

  test('the same act again', async () => {
    const id = await openAgreement();
    await client.given('SignAgreement', signing(id));
    await expectNothingRecorded(async () => {
      expectProblem(await client.post('SignAgreement', signing(id)), 409, 'rejected', [
        { pointer: '', rule: 'same-act' },
      ]);
    });
  });

  test('a correction of what does not stand', async () => {
    const id = await openAgreement();
    const [opener] = (await streamOf(`agreement-${id}`)).events;
    const changes = [{ path: '/data/instrumentType', from: 'treaty', to: 'protocol' }];
    await expectNothingRecorded(async () => {
      const answer = await client.post('CorrectFact', {
        stream: `agreement-${id}`,
        targetEventId: opener?.id,
        changes,
        reason: 'x',
        evidence: evidence('s'),
      });
      expectProblem(answer, 409, 'rejected', [{ pointer: '/changes/0/from', rule: 'correction-mismatch' }]);
    });
  });

  test('every problem type is explained where it points', async () => {
    for (const type of ['malformed', 'not-found', 'rejected', 'too-large', 'key-reused', 'unavailable']) {
      expect(await client.read(`/problems/${type}`)).toMatchObject({ type: `/problems/${type}` });
    }
    expectProblem(await client.refused('/problems/nope'), 404, 'not-found');
  });
});

/** All that problem details say, and of its errors at least where and which rule. */
function expectProblem(
  answer: Answer<unknown>,
  status: number,
  type: string,
  errors?: readonly Record<string, string>[],
): void {
  const body = answer.body as ProblemDetails;
  expect({ status: answer.status, body }).toMatchObject({ status, body: { type: `/problems/${type}`, status } });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(body.title).not.toBe('');
  expect(body.detail).not.toBe('');
  expect(body.instance).toMatch(/^urn:request:/);
  if (errors) expect(body.errors).toMatchObject(errors);
}

/** Nothing is appended between two commands: the store's own positions say so, which no view can be late with. */
async function expectNothingRecorded(act: () => Promise<void>): Promise<void> {
  const probe = async () =>
    Number((await client.given('RegisterSource', sourceData({ sourceId: newId('probe') }))).position);
  const before = await probe();
  await act();
  expect(await probe()).toBe(before + 1);
}
