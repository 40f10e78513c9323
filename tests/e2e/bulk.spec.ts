import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProblemDetails } from '../../src/api/problems.js';
import { CommandRecorder } from '../../src/commands/command-recorder.js';
import { type EventStore, StoreUnavailable } from '../../src/event-store/event-store.js';
import { EVENT_STORE } from '../../src/event-store/event-store.module.js';
import { BulkRequest, line, problemIn, resultOf, sendLines } from '../support/bulk.js';
import { act, agreementData, meetingData, sourceData, visitData } from '../support/facts.js';
import { evidence } from '../support/ledger.js';
import { type Client, Clock, serveLedger, type ServedLedger } from '../support/server.js';

const LIMIT = 64 * 1024;
const NDJSON = { 'content-type': 'application/x-ndjson' };

let ledger: ServedLedger;
let client: Client;
let count = 0;
const newId = (prefix = 'r') => `${prefix}-${(count += 1)}`;
const send = (...lines: string[]) => sendLines(client.url, lines);
const source = (id = newId('src')) => line(`register-${id}`, 'RegisterSource', sourceData({ sourceId: id }));

/** What the server holds of requests, from inside: for tests of what it does while nobody reads. */
const raw: { request?: IncomingMessage; response?: ServerResponse } = {};
let underWay = 0;
let executed = 0;

beforeAll(async () => {
  ledger = await serveLedger({ now: new Clock('2026-01-15T12:00:00.000Z').now });
  client = ledger.client;
  await client.given('RegisterSource', sourceData({ sourceId: 's' }));
  const server = ledger.app.getHttpAdapter().getInstance();
  server.server.on('request', (request: IncomingMessage, response: ServerResponse) =>
    Object.assign(raw, { request, response }),
  );
  const recorder = ledger.app.get(CommandRecorder, { strict: false });
  const execute = recorder.execute.bind(recorder);
  recorder.execute = async (...args) => {
    [underWay, executed] = [underWay + 1, executed + 1];
    return execute(...args).finally(() => (underWay -= 1));
  };
});
afterAll(() => ledger.close());
afterEach(() => {
  jest.restoreAllMocks();
});

/** Until it is so at every turn of the event loop, many times over. */
async function settled(is: () => boolean, turns = 300): Promise<void> {
  for (let times = 0; times < turns; times = is() ? times + 1 : 0) await nextTurn();
}

describe('a file of commands over HTTP', () => {
  test('is answered line by line, in order, each as the single command would be', async () => {
    const [a, v] = [newId('agr'), newId('vis')];
    const lines = [
      line(`${a}-1`, 'DraftAgreement', agreementData({ agreementId: a })),
      line(`${v}-1`, 'PlanVisit', visitData({ visitId: v })),
      line(`${a}-2`, 'SignAgreement', act({ agreementId: a, visitId: v }), { expectedRevision: 0 }),
      line(`${v}-2`, 'HoldVisit', visitData({ visitId: v, evidence: evidence(`${a}-unknown`) })),
      line(`${v}-3`, 'HoldVisit', visitData({ visitId: v, areas: ['whatever'] })),
    ];
    const request = new BulkRequest(client.url);
    request.send(lines.join('\n'));
    const answers = await request.end();
    const response = await request.response();
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      200,
      'application/x-ndjson; charset=utf-8',
    ]);
    expect(answers.map((answer) => answer.line)).toEqual([1, 2, 3, 4, 5]);
    expect(resultOf(answers[0])).toEqual({
      commandId: `${a}-1`,
      stream: `agreement-${a}`,
      revision: 0,
      position: expect.stringMatching(/^\d+$/) as unknown,
      events: [{ eventId: expect.any(String) as unknown, type: 'AgreementDrafted', revision: 0 }],
      warnings: [],
      repeated: false,
    });
    expect(resultOf(answers[2])).toMatchObject({ revision: 1, warnings: [] });
    expect(problemIn(answers[3]).errors).toMatchObject([{ rule: 'unknown-source' }]);
    expect(resultOf(answers[4])).toMatchObject({ revision: 1, warnings: [{ code: 'unknown-area' }] });
    const single = await client.post('SignAgreement', act({ agreementId: a, visitId: v }), {
      'idempotency-key': `${a}-2`,
    });
    expect(single.body).toEqual({ ...resultOf(answers[2]), repeated: true });
  });

  test('each line is answered while more are to come', async () => {
    const request = new BulkRequest(client.url);
    for (let n = 1; n <= 3; n += 1) {
      request.send(`${source()}\n`);
      expect(resultOf(await request.answer())).toMatchObject({ repeated: false });
    }
    expect(await request.end()).toEqual([]);
  });

  test('a line sees what the lines before it recorded, over hundreds of lines', async () => {
    const lines = Array.from({ length: 60 }, () => newId('agr')).flatMap((a) => [
      source(`${a}-s`),
      line(`${a}-v`, 'PlanVisit', visitData({ visitId: a, evidence: evidence(`${a}-s`) })),
      line(`${a}-d`, 'DraftAgreement', agreementData({ agreementId: a, evidence: evidence(`${a}-s`) })),
      line(`${a}-m`, 'HoldMeeting', meetingData({ meetingId: a, visitId: a, evidence: evidence(`${a}-s`) })),
      line(`${a}-h`, 'HoldVisit', visitData({ visitId: a })),
      line(`${a}-g`, 'SignAgreement', act({ agreementId: a, visitId: a })),
    ]);
    const answers = await send(...lines);
    expect(answers.map((answer) => answer.line)).toEqual(lines.map((_, i) => i + 1));
    const results = answers.map(resultOf);
    expect(results.map((r) => r.commandId)).toEqual(
      lines.map((l) => (JSON.parse(l) as { commandId: string }).commandId),
    );
    expect(results.flatMap((r) => r.warnings)).toEqual([]);
  });

  test('the same file again appends nothing, and each line gets its first answer', async () => {
    const a = newId('agr');
    const lines = [
      source(a),
      line(`${a}-d`, 'DraftAgreement', agreementData({ agreementId: a, evidence: evidence(a) })),
      line(`${a}-p`, 'PlanVisit', visitData({ visitId: undefined })),
      line(`${a}-g`, 'SignAgreement', act({ agreementId: a })),
    ];
    const first = await send(...lines);
    const before = await client.events();
    const again = await send(...lines, ...lines);
    const repeats = first.map((answer) => ({ ...resultOf(answer), repeated: true }));
    expect(again.map(resultOf)).toEqual([...repeats, ...repeats]);
    const { position } = await client.given('RegisterSource', sourceData({ sourceId: newId() }));
    await client.read(`/v1/events?minPosition=${position}`);
    expect((await client.events()).length).toBe(before.length + 1);
  });

  test('blank lines count and are not answered; CRLF, a byte order mark and an unended last line are taken', async () => {
    const request = new BulkRequest(client.url);
    request.send(`\uFEFF${source()}\r\n\r\n  \t\n\uFEFF\n${source()}\r\n${source()}`);
    const answers = await request.end();
    expect(answers.map((answer) => [answer.line, resultOf(answer).repeated])).toEqual([
      [1, false],
      [5, false],
      [6, false],
    ]);
    expect(await send()).toEqual([]);
    expect(await sendLines(client.url, ['', ' '])).toEqual([]);
  });

  test('a character that is cut by a chunk is put together', async () => {
    const id = newId('src');
    const bytes = Buffer.from(line(id, 'RegisterSource', sourceData({ sourceId: id, title: { ar: 'ميثاق' } })));
    const request = new BulkRequest(client.url);
    for (const byte of bytes) request.send(Buffer.of(byte));
    expect(resultOf((await request.end())[0])).toMatchObject({ repeated: false });
    await client.read(`/v1/streams/source-${id}`);
    expect(JSON.stringify(await client.read(`/v1/streams/source-${id}`))).toContain('ميثاق');
  });
});

describe('a bad line', () => {
  const data = sourceData({ sourceId: 'bad' });

  test.each([
    ['not JSON', '{"commandId": "x"', 400, { rule: 'json', pointer: '' }],
    ['no object', '["x"]', 400, { rule: 'object', pointer: '' }],
    ['null', 'null', 400, { rule: 'object', pointer: '' }],
    [
      'no command id',
      JSON.stringify({ type: 'RegisterSource', data }),
      400,
      { rule: 'required', pointer: '/commandId' },
    ],
    ['a bad command id', line('-', 'RegisterSource', data), 400, { rule: 'matches', pointer: '/commandId' }],
    ['no type', JSON.stringify({ commandId: 'x', data }), 400, { rule: 'required', pointer: '/type' }],
    [
      'no data',
      JSON.stringify({ commandId: 'x', type: 'RegisterSource' }),
      400,
      { rule: 'required', pointer: '/data' },
    ],
    [
      'a field too many',
      line('x', 'RegisterSource', data, { dryRun: true }),
      400,
      { rule: 'unknown-field', pointer: '/dryRun' },
    ],
    [
      'a prototype',
      `{"__proto__": {}, ${line('x', 'RegisterSource', data).slice(1)}`,
      400,
      { rule: 'proto-key', pointer: '/__proto__' },
    ],
    [
      'a revision that is none',
      line('x', 'RegisterSource', data, { expectedRevision: -1 }),
      400,
      { rule: 'min', pointer: '/expectedRevision' },
    ],
    ['an unknown type', line('x', 'Nonsense', data), 404, undefined],
    ['a revision that is not there', line('x', 'RegisterSource', data, { expectedRevision: 7 }), 412, undefined],
  ] as const)('%s', async (_, bad, status, error) => {
    const answers = await send(source(), bad, source());
    expect(answers.map((answer) => [answer.line, 'result' in answer])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ]);
    const problem = problemIn(answers[1]);
    expect([problem.status, problem.instance]).toEqual([status, expect.stringMatching(/^urn:request:/)]);
    if (error) expect(problem.errors).toContainEqual({ ...error, message: expect.any(String) as unknown });
  });

  test.each([
    ['not I-JSON', 'RegisterSource', { ...data, title: { en: 'half \ud800' } }],
    ['malformed', 'DraftAgreement', agreementData({ parties: ['MAR'], occurredOn: '2024-02-30' })],
    ['on a record that is not there', 'SignAgreement', act({ agreementId: 'nowhere' })],
    ['refused', 'DraftAgreement', agreementData({ agreementId: 'nowhere', evidence: evidence('nowhere') })],
    ['too large', 'RegisterSource', { ...data, title: { en: 'x'.repeat(50_000) } }],
  ])('%s, has the problem that the single command has', async (_, type, bad) => {
    const [answer] = await send(line(newId('key'), type, bad));
    const single = await client.post<ProblemDetails>(type, bad);
    expect({ ...problemIn(answer), instance: '' }).toEqual({ ...single.body, instance: '' });
  });

  test('not UTF-8', async () => {
    const request = new BulkRequest(client.url);
    request.send(
      Buffer.concat([Buffer.from('{"commandId":"'), Buffer.of(0xff, 0xfe), Buffer.from(`"}\n${source()}\n`)]),
    );
    const answers = await request.end();
    expect(problemIn(answers[0]).errors).toMatchObject([{ rule: 'utf-8' }]);
    expect(answers).toHaveLength(2);
  });

  test('a command id that another command has', async () => {
    const id = newId('key');
    const answers = await send(
      line(id, 'RegisterSource', sourceData({ sourceId: id })),
      line(id, 'RegisterSource', sourceData({ sourceId: `${id}-2` })),
    );
    expect(problemIn(answers[1])).toMatchObject({ status: 422, type: '/problems/key-reused' });
  });

  test('too long is refused as soon as it is, is never held, and the next goes on', async () => {
    const request = new BulkRequest(client.url);
    request.send(`${source()}\n`);
    expect(resultOf(await request.answer())).toMatchObject({ repeated: false });
    request.send('x'.repeat(LIMIT));
    // It could still be a line.
    request.send('x');
    expect(problemIn(await request.answer())).toMatchObject({ status: 413, type: '/problems/too-large' });
    const held = process.memoryUsage().arrayBuffers;
    const piece = Buffer.alloc(1024 * 1024, 'x');
    for (let n = 0; n < 200; n += 1) {
      if (!request.request.write(piece)) await new Promise((resolve) => request.request.once('drain', resolve));
    }
    expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(100 * 1024 * 1024);
    request.send(`\n${source()}\n`);
    const answers = await request.end();
    expect(answers.map((answer) => [answer.line, resultOf(answer).repeated])).toEqual([[3, false]]);
  });
});

describe('a request that is none', () => {
  test.each([
    ['JSON', 'application/json', '[]'],
    ['JSON, more than a command may be', 'application/json', `[${' '.repeat(2 * LIMIT)}]`],
    ['text', 'text/plain', source()],
    ['nothing', undefined, undefined],
  ])('%s is 415', async (_, type, body) => {
    const answer = await client.send<ProblemDetails>('POST', '/v1/commands', {
      ...(type !== undefined && { headers: { 'content-type': type } }),
      ...(body !== undefined && { body }),
    });
    expect([answer.status, answer.body.detail]).toEqual([415, expect.stringContaining('application/x-ndjson')]);
  });

  test('lines that are compressed are 415', async () => {
    const headers = { ...NDJSON, 'content-encoding': 'gzip' };
    const answer = await client.send('POST', '/v1/commands', { headers, body: 'x' });
    expect(answer.status).toBe(415);
  });

  test('lines for a single command are 415, and on a path that is not there 404', async () => {
    const lines = { headers: NDJSON, body: source() };
    expect((await client.send('POST', '/v1/commands/RegisterSource', lines)).status).toBe(415);
    expect((await client.send('POST', '/v1/nowhere', lines)).status).toBe(404);
  });

  test.each([
    ['?dryRun=true', {}, { parameter: 'dryRun' }],
    ['?x=1', {}, { parameter: 'x' }],
    ['', { 'idempotency-key': 'x' }, { header: 'Idempotency-Key' }],
    ['', { 'if-match': '"1"' }, { header: 'If-Match' }],
    ['', { 'x-correlation-id': ' ' }, { header: 'X-Correlation-Id' }],
  ])('%s %j is 400', async (query, headers, error) => {
    const init = { headers: { ...NDJSON, ...headers }, body: source() };
    const answer = await client.send<ProblemDetails>('POST', `/v1/commands${query}`, init);
    expect([answer.status, answer.body.errors]).toEqual([400, [expect.objectContaining(error)]]);
  });

  test('X-Correlation-Id is kept on each', async () => {
    const id = newId('src');
    await client.send('POST', '/v1/commands', {
      headers: { ...NDJSON, 'x-correlation-id': 'file-7' },
      body: source(id),
    });
    const { events } = await client.read<{ events: { metadata: object }[] }>(`/v1/streams/source-${id}`);
    expect(events[0]?.metadata).toMatchObject({ $correlationId: 'file-7', actor: 'anonymous' });
  });
});

describe('while nobody reads the answer', () => {
  test('no more lines are read than fit, and all are answered when it is read', async () => {
    // Small lines with large answers, more than any buffer between the two holds.
    const bad = line('x', 'RegisterSource', { ['x'.repeat(20_000)]: 1 });
    const lines = Array.from({ length: 2000 }, () => bad);
    const request = new BulkRequest(client.url);
    request.send(lines.map((l) => `${l}\n`).join(''));
    request.request.end();
    await request.response();
    const { request: incoming, response } = raw;
    let seen = -1;
    await settled(() => {
      const unchanged = seen === incoming!.socket.bytesRead && response!.writableNeedDrain;
      seen = incoming!.socket.bytesRead;
      return unchanged || incoming!.complete;
    });
    expect(incoming!.complete).toBe(false);
    const answers = await request.end();
    expect(answers.map((answer) => [answer.line, problemIn(answer).status])).toEqual(lines.map((_, i) => [i + 1, 400]));
  });
});

describe('a client that goes away', () => {
  test('has what was begun recorded, whole, and can send the file again', async () => {
    const lines = Array.from({ length: 800 }, () => source());
    const before = executed;
    const request = new BulkRequest(client.url);
    request.send(lines.map((l) => `${l}\n`).join(''));
    for (let n = 0; n < 100; n += 1) resultOf(await request.answer());
    const { response } = raw;
    request.request.destroy();
    await settled(() => response!.destroyed && underWay === 0);
    const begun = executed - before;
    expect(begun).toBeGreaterThanOrEqual(100);
    const again = (await send(...lines)).map(resultOf);
    expect(again.map((r) => r.repeated)).toEqual(lines.map((_, i) => i < begun));
  });
});

describe('a store that is away', () => {
  test('is told for the line, and no line after it is tried', async () => {
    const store = ledger.app.get<EventStore>(EVENT_STORE, { strict: false });
    const append = store.append.bind(store);
    const lines = Array.from({ length: 1000 }, () => source());
    let appends = 0;
    jest.spyOn(store, 'append').mockImplementation((...args) => {
      appends += 1;
      return appends === 200 ? Promise.reject(new StoreUnavailable('the disk is full')) : append(...args);
    });
    const answers = await send(...lines);
    expect(answers).toHaveLength(lines.length);
    const away = answers.findIndex((answer) => 'problem' in answer);
    expect(away).toBe(199);
    expect(problemIn(answers[away])).toMatchObject({ status: 503, detail: 'the disk is full' });
    // Those that were under way beside it are answered for themselves.
    const after = answers.slice(away + 1).map((answer) => 'problem' in answer);
    const begun = after.lastIndexOf(false) + 1;
    expect(begun).toBeLessThan(256);
    expect(after.slice(begun)).toEqual(after.slice(begun).map(() => true));
    expect(problemIn(answers.at(-1))).toMatchObject({
      status: 503,
      type: '/problems/unavailable',
      detail: 'Not tried, because of line 200: the disk is full',
    });
    expect(appends).toBe(away + 1 + begun);
    jest.restoreAllMocks();
    const again = (await send(...lines)).map(resultOf);
    expect(again.map((r) => r.repeated)).toEqual(answers.map((answer) => 'result' in answer));
  });
});

describe('a server that closes', () => {
  test('finishes what was read and says where the answer ends', async () => {
    const closing = await serveLedger();
    const request = new BulkRequest(closing.client.url);
    request.send(`${source()}\n${source()}\n`);
    resultOf(await request.answer());
    resultOf(await request.answer());
    const closed = closing.close();
    const last = await request.answer();
    expect([last?.line, problemIn(last).status, problemIn(last).detail]).toEqual([
      3,
      503,
      'The server is closing: this line and those after it were not read',
    ]);
    expect(await request.answer()).toBeUndefined();
    await closed;
  });
});
