import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LedgerEvent } from '../../src/domain/event.js';
import { LiveFeed } from '../../src/subscriptions/live-feed.js';
import { line, sendLines } from '../support/bulk.js';
import { act, agreementData, mechanismData, partyData, sourceData, visitData } from '../support/facts.js';
import { cloudEventOf, FeedReader, positionOf } from '../support/feed.js';
import { followersSee } from '../support/followers.js';
import { evidence } from '../support/ledger.js';
import { type Client, serveLedger, type ServedLedger } from '../support/server.js';

const NDJSON = { accept: 'application/x-ndjson' };

let ledger: ServedLedger;
let client: Client;
let events: LedgerEvent[];
const readers: FeedReader[] = [];

/** A connection that is closed at the end, whatever comes. */
async function follow(query = '', headers: Readonly<Record<string, string>> = {}, url = client.url) {
  const reader = await FeedReader.open(url, query, headers);
  readers.push(reader);
  return reader;
}
const history = async (query: string) => {
  const reader = await follow(query);
  const found = await reader.history();
  reader.close();
  return found.map(({ position }) => Number(position));
};
const at = (stream: string, type: string) => {
  const event = events.find((e) => e.stream === stream && e.type === type);
  if (!event) throw new Error(`${stream} has no ${type}`);
  return event.position;
};

beforeAll(async () => {
  ledger = await serveLedger({ settings: { maxWaitMs: 0 } });
  client = ledger.client;
  await client.given('RegisterSource', sourceData({ sourceId: 's' }));
  await client.given('RegisterSource', sourceData({ sourceId: 'late' }));
  await client.given('RegisterParty', partyData());
  await client.given('DraftAgreement', agreementData({ agreementId: 'moved' }));
  await client.given('HoldVisit', visitData({ visitId: 'v', evidence: evidence('s', 'documented') }));
  await client.given('HoldVisit', visitData({ visitId: 'w', visitor: 'TUR', evidence: evidence('s', 'claimed') }));
  const { events: recorded } = await client.given('CreateMechanism', mechanismData({ parties: ['CSK', 'MAR'] }));
  await client.given('CorrectFact', {
    stream: 'agreement-moved',
    targetEventId: (await client.events()).find((e) => e.stream === 'agreement-moved')!.id,
    changes: [{ path: '/data/parties', from: ['MAR', 'PAK'], to: ['MAR', 'TUR'] }],
    reason: 'It was the other one',
    evidence: evidence('s'),
  });
  await client.given('SignAgreement', act({ agreementId: 'moved' }));
  await client.given('CorrectFact', {
    stream: 'source-late',
    targetEventId: (await client.events()).find((e) => e.stream === 'source-late')!.id,
    changes: [{ path: '/data/language', from: 'en', to: 'fr' }],
    reason: 'It was in the other language',
    evidence: evidence('late'),
  });
  await client.given('CorroborateFact', {
    stream: 'mechanism-mec',
    targetEventId: recorded[0]!.eventId,
    evidence: evidence('late'),
  });
  await client.given('WithdrawSource', { sourceId: 'late', reason: 'It was made up' });
  events = await client.events();
});
afterAll(async () => {
  for (const reader of readers) reader.close();
  await ledger.close();
});

describe('the live feed', () => {
  test('tells the history, says that it has caught up, and goes on with what comes', async () => {
    const reader = await follow();
    expect(reader.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    for (const event of events) {
      const message = await reader.next();
      expect(message).toMatchObject({ event: 'message', lastEventId: String(event.position) });
      const told = cloudEventOf(message!);
      expect(told.data).toEqual(event);
      expect(told).toMatchObject({ specversion: '1.0', id: event.id, type: `mithaq.${event.type}` });
    }
    const end = String(events.at(-1)!.position);
    expect(await reader.next()).toEqual({ event: 'caught-up', lastEventId: end, data: { position: end } });
    const { events: recorded } = await client.given('RegisterSource', sourceData({ sourceId: 'live' }));
    expect(cloudEventOf((await reader.next())!)).toMatchObject({ id: recorded[0]!.eventId, subject: 'source-live' });
    reader.close();
    events = await client.events();
  });

  test('goes on exactly after a position, and after the last event id before that', async () => {
    const all = events.map((e) => e.position);
    expect(await history('?after=3')).toEqual(all.slice(3));
    expect(await history(`?after=${all.length}`)).toEqual([]);
    const again = await follow('?after=1', { 'last-event-id': '5' });
    expect((await again.history()).map((e) => Number(e.position))).toEqual(all.slice(5));
    const first = await follow('?after=2', { 'last-event-id': '' });
    expect(positionOf((await first.next())!)).toBe(3);
  });

  test('as lines it tells the same', async () => {
    const [lines, messages] = [await follow('?after=2', NDJSON), await follow('?after=2')];
    expect(lines.response.headers['content-type']).toBe('application/x-ndjson');
    expect(await lines.history()).toEqual(await messages.history());
    expect(lines.lastEventId).toBe(messages.lastEventId);
  });

  test.each([
    ['application/x-ndjson, text/event-stream;q=0.5', 'application/x-ndjson'],
    ['application/x-ndjson;q=0.5, text/event-stream', 'text/event-stream'],
    ['*/*', 'text/event-stream'],
    ['application/json', 'text/event-stream'],
  ])('of %s it is %s', async (accept, type) => {
    expect((await follow('', { accept })).response.headers['content-type']).toBe(type);
  });

  test('asked for its head it tells that and ends', async () => {
    const { headers, body } = await client.send('HEAD', '/v1/events/stream');
    expect([headers.get('content-type'), body]).toEqual(['text/event-stream', '']);
  });
});

describe('filters', () => {
  const where = (chosen: (event: LedgerEvent) => boolean) => events.filter(chosen).map((e) => e.position);

  test('by category, stream and type, each with several values', async () => {
    expect(await history('?category=visit')).toEqual(where((e) => e.stream.startsWith('visit-')));
    expect(await history('?category=visit,party')).toEqual(where((e) => /^(visit|party)-/.test(e.stream)));
    expect(await history('?stream=visit-v&stream=agreement-moved')).toEqual(
      where((e) => ['visit-v', 'agreement-moved'].includes(e.stream)),
    );
    expect(await history('?type=VisitHeld,Signed')).toEqual(where((e) => ['VisitHeld', 'Signed'].includes(e.type)));
    expect(await history('?type=VisitHeld,Signed&category=agreement')).toEqual([at('agreement-moved', 'Signed')]);
  });

  test('by standing: what has none passes', async () => {
    expect(await history('?minimumStanding=documented')).toEqual(
      where((e) => !['agreement-moved', 'visit-w', 'mechanism-mec'].includes(e.stream) || /^Fact/.test(e.type)),
    );
  });

  test('by pair: as the record’s pair was known when the event was recorded, or before', async () => {
    const [drafted, corrected, signed] = ['AgreementDrafted', 'FactCorrected', 'Signed'].map((type) =>
      at('agreement-moved', type),
    );
    const [v, w] = [at('visit-v', 'VisitHeld'), at('visit-w', 'VisitHeld')];
    expect(await history('?pair=MAR-PAK')).toEqual([drafted, v, corrected, signed]);
    expect(await history('?pair=tur-mar')).toEqual([w, corrected, signed]);
    expect(await history('?pair=MAR-PAK,MAR-TUR&category=visit')).toEqual([v, w]);
  });

  test('by pair: a source’s event where a record of the pair had cited the source by then', async () => {
    // It was registered, and corrected, before anyone cited it: what is cited later changes no event’s pairs.
    expect(await history('?pair=CSK-MAR')).toEqual([
      at('mechanism-mec', 'MechanismCreated'),
      at('mechanism-mec', 'FactCorroborated'),
      at('source-late', 'SourceWithdrawn'),
    ]);
  });

  test('by party: with its own record', async () => {
    expect(await history('?party=CSK')).toEqual([
      at('party-CSK', 'PartyRegistered'),
      at('mechanism-mec', 'MechanismCreated'),
      at('mechanism-mec', 'FactCorroborated'),
      at('source-late', 'SourceWithdrawn'),
    ]);
    expect(await history('?party=TUR,CSK&type=VisitHeld')).toEqual([at('visit-w', 'VisitHeld')]);
  });

  test('a client whom nothing is for is told how far it is', async () => {
    const other = await serveLedger({ feed: { heartbeatMs: 20 } });
    const both = [
      await follow('?type=Signed', {}, other.client.url),
      await follow('?type=Signed', NDJSON, other.client.url),
    ];
    for (const reader of both) expect(await reader.history()).toEqual([]);
    await other.client.given('RegisterSource', sourceData());
    for (const reader of both) {
      let message = await reader.nextOrHeartbeat();
      while (message?.lastEventId === '0') message = await reader.nextOrHeartbeat();
      expect(message).toMatchObject({ event: 'heartbeat', lastEventId: '1' });
      reader.close();
    }
    await other.close();
  });
});

describe('what is refused, by name and rule', () => {
  test.each([
    ['after=x', 'after', 'position'],
    ['after=', 'after', 'position'],
    ['pair=MAR', 'pair', 'pair'],
    ['pair=MAR-PAK,MAR-MAR', 'pair', 'pair'],
    ['party=mar', 'party', 'party'],
    ['category=visits', 'category', 'is-in'],
    ['category=visit,', 'category', 'is-in'],
    ['stream=visit', 'stream', 'stream'],
    ['type=Signd', 'type', 'is-in'],
    ['minimumStanding=sure', 'minimumStanding', 'is-in'],
    ['minimumStanding=claimed&minimumStanding=claimed', 'minimumStanding', 'is-in'],
    ['knownAt=3', 'knownAt', 'unknown-field'],
  ])('%s', async (query, parameter, rule) => {
    const { status, headers, body } = await client.refused(`/v1/events/stream?${query}`);
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect(body.errors).toEqual([{ parameter, rule, message: expect.any(String) as unknown }]);
  });

  test('more than a hundred values', async () => {
    const { status, body } = await client.refused(`/v1/events/stream?party=${Array(101).fill('MAR').join()}`);
    expect([status, body.errors?.[0]?.parameter]).toEqual([400, 'party']);
  });

  test('a position beyond the end', async () => {
    const beyond = String(events.length + 1);
    const after = await client.refused(`/v1/events/stream?after=${beyond}`);
    expect([after.status, after.body.errors?.[0]]).toMatchObject([400, { parameter: 'after', rule: 'position' }]);
    const last = await client.refused('/v1/events/stream', { 'last-event-id': beyond });
    expect([last.status, last.body.errors?.[0]]).toMatchObject([400, { header: 'Last-Event-ID' }]);
    const malformed = await client.refused('/v1/events/stream', { 'last-event-id': '-1' });
    expect([malformed.status, malformed.body.errors?.[0]]).toMatchObject([400, { header: 'Last-Event-ID' }]);
  });

  test('a position that this instance is about to reach is waited for', async () => {
    const other = await serveLedger();
    await other.client.given('RegisterSource', sourceData());
    const reader = FeedReader.open(other.client.url, '?after=2');
    await other.client.given('RegisterSource', sourceData({ sourceId: 'second' }));
    expect(await (await reader).history()).toEqual([]);
    (await reader).close();
    await other.close();
  });
});

describe('clients that come and go', () => {
  test('one that does not read is cut off, and holds up nobody', async () => {
    const other = await serveLedger({ feed: { stallMs: 1000, graceMs: 0 } });
    const { hostname, port } = new URL(other.client.url);
    const idle = connect(Number(port), hostname).pause();
    idle.on('error', () => undefined).write(`GET /v1/events/stream HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    const feed = other.app.get(LiveFeed, { strict: false });
    while (feed.size === 0) await nextTurn();

    // Some forty kilobytes an event: together more than the system takes for a client that does not read.
    const title = Object.fromEntries([...'abcdefghijk'].map((letter) => [`x${letter}`, letter.repeat(4000)]));
    const lines = Array.from({ length: 200 }, (_, n) => {
      const sourceId = `large-${n + 1}`;
      return line(sourceId, 'RegisterSource', sourceData({ sourceId, title }));
    });
    const answers = await sendLines(other.client.url, lines);
    expect(answers.every((answer) => 'result' in answer)).toBe(true);
    const reader = await FeedReader.open(other.client.url);
    expect(await reader.upTo(200)).toEqual(lines.map((_, n) => n + 1));
    reader.close();
    while (feed.size > 0) await nextTurn();
    const closed = once(idle, 'close');
    idle.resume();
    await closed;
    await other.close();
  });

  test('when the server closes, each is told so and goes on elsewhere', async () => {
    const other = await serveLedger();
    await other.client.given('RegisterSource', sourceData());
    await other.client.events();
    for (const headers of [{}, NDJSON]) await follow('', headers, other.client.url);
    const last = readers.slice(-2);
    for (const reader of last) await reader.history();
    const closed = other.close();
    for (const reader of last) {
      expect(await reader.next()).toMatchObject({
        event: 'dropped',
        lastEventId: '1',
        data: { code: 'closing', reason: 'The server is closing: connect again' },
      });
      expect(await reader.next()).toBeUndefined();
    }
    await closed;
  });

  test('whoever connects again at any moment gets everything once and in order', () =>
    followersSee({ followers: 20, events: 150, reconnects: true }));

  test('a hundred at a time each get what they want', () =>
    followersSee({ followers: 100, events: 60, reconnects: false }));
});
