import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProblemDetails } from '../../src/api/problems.js';
import type { LedgerEvent } from '../../src/domain/event.js';
import type { ConsumerGroup, ParkedLedgerEvent } from '../../src/subscriptions/consumer-groups.js';
import { agreementData, sourceData, visitData } from '../support/facts.js';
import { TestWorker } from '../support/group-worker.js';
import { evidence } from '../support/ledger.js';
import { type Client, serveLedger, type ServedLedger, temporaryDirectory } from '../support/server.js';
import { rm } from 'node:fs/promises';

const GROUPS = '/v1/consumer-groups';

let ledger: ServedLedger;
let client: Client;
let events: LedgerEvent[];
const workers: TestWorker[] = [];
let groups = 0;

const put = <Body = ConsumerGroup>(group: string, body: object = {}) =>
  client.send<Body>('PUT', `${GROUPS}/${group}`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
/** A group of its own for a test. */
const given = async (body: object = {}) => {
  const group = `group-${(groups += 1)}`;
  expect((await put(group, body)).status).toBe(201);
  return group;
};
const join = async (group: string, buffer?: number) => {
  const worker = await TestWorker.join(client, group, buffer);
  workers.push(worker);
  return worker;
};
const look = (group: string) => client.read<ConsumerGroup>(`${GROUPS}/${group}`);
const parked = async (group: string) =>
  (await client.get<{ parked: ParkedLedgerEvent[] }>(`${GROUPS}/${group}/parked`)).body.parked;

beforeAll(async () => {
  ledger = await serveLedger();
  client = ledger.client;
  await client.given('RegisterSource', sourceData({ sourceId: 's' }));
  await client.given('DraftAgreement', agreementData({ agreementId: 'a' }));
  await client.given('HoldVisit', visitData({ visitId: 'v', evidence: evidence('s', 'documented') }));
  await client.given('HoldVisit', visitData({ visitId: 'w', visitor: 'TUR', evidence: evidence('s', 'claimed') }));
  events = await client.events();
});
afterAll(async () => {
  for (const worker of workers) worker.leave();
  await ledger.close();
});

describe('a consumer group', () => {
  test('is made once, and told of', async () => {
    const definition = { filter: { category: ['visit'] }, maxRetries: 3, ackTimeoutSeconds: 60 };
    const made = await put('archive', definition);
    expect([made.status, made.body]).toEqual([
      201,
      {
        group: 'archive',
        ...definition,
        from: 'start',
        workers: 0,
        inFlight: 0,
        parked: 0,
        lag: { events: 2, seconds: expect.any(Number) },
      },
    ]);
    expect((await put('archive', { ...definition, from: 'start' })).status).toBe(200);
    const other = await put<ProblemDetails>('archive', { maxRetries: 4 });
    expect([other.status, other.body.errors]).toEqual([409, [expect.objectContaining({ rule: 'group-exists' })]]);
    const { groups } = await client.read<{ groups: ConsumerGroup[] }>(GROUPS);
    expect(groups.map(({ group }) => group)).toContain('archive');
  });

  test.each<[string, object, string, string]>([
    ['g', { maxRetries: -1 }, '/maxRetries', 'min'],
    ['g', { from: 'middle' }, '/from', 'is-in'],
    ['g', { filter: { pair: ['MAR'] } }, '/filter/pair', 'pair'],
    ['g', { filter: { colour: 'red' } }, '/filter/colour', 'unknown-field'],
  ])('%s is not made of %j', async (group, body, pointer, rule) => {
    const { status, body: problem } = await put<ProblemDetails>(group, body);
    expect([status, problem.errors]).toEqual([400, [expect.objectContaining({ pointer, rule })]]);
    expect((await client.get(`${GROUPS}/${group}`)).status).toBe(404);
  });

  test('has a name that needs no encoding', async () => {
    const { status, body } = await put<ProblemDetails>('A%20b');
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ parameter: 'group', rule: 'group-name' })]]);
  });

  test('that there is not is not found', async () => {
    for (const path of ['', '/parked', '/events']) expect((await client.get(`${GROUPS}/none${path}`)).status).toBe(404);
    expect((await client.send('DELETE', `${GROUPS}/none`)).status).toBe(404);
    expect((await client.send('POST', `${GROUPS}/none/parked/replay`)).status).toBe(404);
  });

  test('that is deleted tells its workers', async () => {
    const group = await given({ from: 'end' });
    const worker = await join(group);
    expect((await client.send('DELETE', `${GROUPS}/${group}`)).status).toBe(204);
    expect(await worker.message()).toMatchObject({ feed: 'dropped', code: 'failed', reason: 'The group was deleted' });
    expect(await worker.message()).toBeUndefined();
  });
});

describe('its workers', () => {
  test('share the events, as CloudEvents with the ledger’s positions', async () => {
    const group = await given();
    const [one, two] = [await join(group, 2), await join(group, 2)];
    const got = [await one.next(), await one.next(), await two.next(), await two.next()];
    expect(got.map(({ position }) => Number(position)).sort()).toEqual([1, 2, 3, 4]);
    for (const { data, position, deliveryattempt } of got) {
      expect([data, deliveryattempt]).toEqual([events[Number(position) - 1], 1]);
    }
    expect(await look(group)).toMatchObject({ workers: 2, inFlight: 4, lag: { events: 4 } });
    await one.ack(got[0]!.id, got[1]!.id);
    await two.ack(got[2]!.id, got[3]!.id);
    expect(await look(group)).toMatchObject({ inFlight: 0, lag: { events: 0, seconds: 0 } });
  });

  test('get what the filter lets through, and then what comes', async () => {
    const group = await given({ filter: { pair: ['PAK-MAR'], minimumStanding: 'documented' } });
    const worker = await join(group);
    const wanted = events.filter(({ stream }) => stream === 'visit-v').map(({ position }) => position);
    expect(await worker.handle(1)).toEqual(wanted);
    await client.given('HoldVisit', visitData({ visitId: 'x', visitor: 'TUR', evidence: evidence('s', 'documented') }));
    await client.given('HoldVisit', visitData({ visitId: 'y', evidence: evidence('s', 'documented') }));
    expect((await worker.next()).subject).toBe('visit-y');
  });

  test('that begin at the end get nothing older', async () => {
    const group = await given({ from: 'end' });
    const worker = await join(group);
    await client.given('RegisterSource', sourceData({ sourceId: 'newest' }));
    expect((await worker.next()).subject).toBe('source-newest');
  });

  test('have an event tried again, parked with the reason, and replayed', async () => {
    const group = await given({ filter: { stream: ['agreement-a'] }, maxRetries: 1 });
    const worker = await join(group);
    const first = await worker.next();
    await worker.nack('retry', 'the archive is closed', first.id);
    const again = await worker.next();
    expect([again.id, again.deliveryattempt]).toEqual([first.id, 2]);
    await worker.nack('retry', 'the archive is closed', again.id);
    expect(await parked(group)).toEqual([
      {
        reason: expect.stringContaining('the archive is closed'),
        parkedAt: expect.any(String),
        event: events.find(({ stream }) => stream === 'agreement-a'),
      },
    ]);
    expect(await look(group)).toMatchObject({ parked: 1, inFlight: 0, lag: { events: 0 } });
    expect((await client.send('POST', `${GROUPS}/${group}/parked/replay`)).status).toBe(202);
    const replayed = await worker.next();
    expect([replayed.id, replayed.deliveryattempt]).toEqual([first.id, 1]);
    await worker.ack(replayed.id);
    expect(await parked(group)).toEqual([]);
  });

  test('are told which events they do not hold', async () => {
    const worker = await join(await given());
    const { id } = await worker.next();
    expect((await worker.ack(id)).body).toEqual({ unknown: [] });
    expect((await worker.ack(id)).body).toEqual({ unknown: [id] });
  });

  test('leave theirs to others', async () => {
    const group = await given({ filter: { stream: ['agreement-a'] } });
    const first = await join(group);
    const { id } = await first.next();
    const second = await join(group);
    first.leave();
    expect((await second.next()).id).toBe(id);
    expect((await first.ack(id)).status).toBe(404);
  });

  test.each<[string, object, string, string]>([
    ['acks', { ids: ['x'] }, '/ids', 'matches'],
    ['acks', {}, '/ids', 'required'],
    ['nacks', { ids: ['1b3aedc8-0000-5000-8000-000000000000'], action: 'drop', reason: 'x' }, '/action', 'is-in'],
    ['nacks', { ids: ['1b3aedc8-0000-5000-8000-000000000000'], action: 'park' }, '/reason', 'required'],
  ])('%s of %j are refused', async (path, body, pointer, rule) => {
    const worker = await join(await given());
    const answer = await client.send<ProblemDetails>('POST', `${GROUPS}/group-${groups}/workers/${worker.id}/${path}`, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([answer.status, answer.body.errors]).toEqual([400, [expect.objectContaining({ pointer, rule })]]);
  });
});

test('a server that closes tells its workers, and the next one goes on', async () => {
  const directory = await temporaryDirectory();
  const first = await serveLedger({ directory });
  await first.client.send('PUT', `${GROUPS}/archive`);
  await first.client.given('RegisterSource', sourceData({ sourceId: 'a' }));
  await first.client.given('RegisterSource', sourceData({ sourceId: 'b' }));
  const worker = await TestWorker.join(first.client, 'archive', 1);
  expect(await worker.handle(1)).toEqual([1]);
  expect((await worker.next()).subject).toBe('source-b');
  const closing = first.close();
  expect(await worker.message()).toMatchObject({ feed: 'dropped', code: 'closing' });
  await closing;
  const second = await serveLedger({ directory });
  const next = await TestWorker.join(second.client, 'archive');
  expect(await next.handle(1)).toEqual([2]);
  next.leave();
  await second.close();
  await rm(directory, { recursive: true });
});
