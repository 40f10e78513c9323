import {
  AccessDeniedError,
  type AllStreamSubscription,
  type AppendToStreamOptions,
  BACKWARDS,
  END,
  ErrorType,
  EventStoreDBClient,
  eventTypeFilter,
  type Filter,
  FORWARDS,
  jsonEvent,
  type Position,
  START,
  StreamNotFoundError,
  streamNameFilter,
  type StreamSubscription,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { credentials, status as codes } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { shared, streams, streamsService } from '../../src/event-store/endpoint/definitions.js';
import { nothing, uuidOf } from '../../src/event-store/endpoint/fields.js';
import { type Endpoint, listenEventStoreDB } from '../../src/event-store/endpoint/listen.js';
import { localhostCertificate, localhostKey } from '../support/localhost-certificate.js';
import { temporaryLedgers } from './temporary-ledger.js';

let ledger: EmbeddedEventStore;
let endpoint: Endpoint;
let client: EventStoreDBClient;

afterEach(async () => {
  await client.dispose();
  await endpoint.close();
  await ledger.close();
});
const newLedger = temporaryLedgers();

const listen = (port = 0, writes = false) => listenEventStoreDB(ledger, { host: '127.0.0.1', port, writes });
const connect = (scheme = 'esdb') =>
  EventStoreDBClient.connectionString(`${scheme}://127.0.0.1:${endpoint.port}?tls=false`);

let path: string;

beforeEach(async () => {
  path = newLedger();
  ledger = await EmbeddedEventStore.open(path);
  endpoint = await listen();
  client = connect();
});

/** Appends to the ledger itself, as the ledger does. */
async function record(stream: string, ...types: string[]): Promise<void> {
  const events = types.map((type) => ({ id: randomUUID(), type, data: { type }, metadata: {} }));
  await ledger.append(stream, events, 'any');
}

/** The client without its own rules, to say what it can't. */
const rawClient = () => new streamsService.StreamsClient(`127.0.0.1:${endpoint.port}`, credentials.createInsecure());

type Subscribed = AllStreamSubscription | StreamSubscription;
type Recorded = { readonly event?: { readonly type: string; readonly position?: Position } };

/** What a subscription says, in order: confirmations, types of events, marks. */
class Heard {
  readonly #said: string[] = [];
  #wake: (() => void) | undefined;

  constructor(private readonly subscription: Subscribed) {
    subscription.on('confirmation', () => this.say('confirmation'));
    subscription.on('caughtUp', () => this.say('caught-up'));
    subscription.on('error', (error: Error) => this.say(`error ${(error as { type?: string }).type}`));
    subscription.on('data', ({ event }: Recorded) => this.say(event?.type ?? 'nothing'));
  }

  say(word: string): void {
    this.#said.push(word);
    this.#wake?.();
  }

  async next(count: number): Promise<string[]> {
    while (this.#said.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#said.splice(0, count);
  }

  async end(): Promise<void> {
    await this.subscription.unsubscribe();
  }
}

/** The types of what a read gives. */
async function types(read: AsyncIterable<Recorded>): Promise<string[]> {
  const found: string[] = [];
  for await (const { event } of read) found.push(event?.type ?? 'nothing');
  return found;
}

describe('a subscription', () => {
  test('to all is confirmed, gives history, says it is caught up, then gives what happens', async () => {
    await record('a', '1', '2');
    const heard = new Heard(client.subscribeToAll());
    expect(await heard.next(4)).toEqual(['confirmation', '1', '2', 'caught-up']);
    await record('b', '3');
    expect(await heard.next(1)).toEqual(['3']);
    await heard.end();
  });

  test('to all from the end, and after a position', async () => {
    await record('a', '1', '2', '3');
    const fromEnd = new Heard(client.subscribeToAll({ fromPosition: END }));
    const after = new Heard(client.subscribeToAll({ fromPosition: { commit: 2n, prepare: 2n } }));
    expect(await fromEnd.next(2)).toEqual(['confirmation', 'caught-up']);
    expect(await after.next(3)).toEqual(['confirmation', '3', 'caught-up']);
    await record('a', '4');
    expect([await fromEnd.next(1), await after.next(1)]).toEqual([['4'], ['4']]);
    await fromEnd.end();
    await after.end();
  });

  test('after a position beyond the last event fails', async () => {
    const heard = new Heard(client.subscribeToAll({ fromPosition: { commit: 9n, prepare: 9n } }));
    expect(await heard.next(2)).toEqual(['confirmation', 'error unknown']);
  });

  test.each([
    ['from the start', START, ['1', '2', '3']],
    ['after a revision', 1n, ['3']],
    ['from the end', END, []],
  ] as const)('to a stream %s', async (_name, fromRevision, history) => {
    await record('a', '1', '2', '3');
    await record('ab', 'other');
    const heard = new Heard(client.subscribeToStream('a', { fromRevision }));
    expect(await heard.next(history.length + 2)).toEqual(['confirmation', ...history, 'caught-up']);
    await record('ab', 'other');
    await record('a', '4');
    expect(await heard.next(1)).toEqual(['4']);
    await heard.end();
  });

  test('to a stream that comes later', async () => {
    const heard = new Heard(client.subscribeToStream('a'));
    expect(await heard.next(2)).toEqual(['confirmation', 'caught-up']);
    await record('a', '1');
    expect(await heard.next(1)).toEqual(['1']);
    await heard.end();
  });

  test.each<[string, Filter, string[]]>([
    ['a stream prefix', streamNameFilter({ prefixes: ['a', 'c'] }), ['Ax', 'By', 'Cx']],
    ['a stream expression', streamNameFilter({ regex: '^.1$' }), ['Ax', 'Dy']],
    ['a type prefix', eventTypeFilter({ prefixes: ['A', 'D'] }), ['Ax', 'Dy']],
    ['a type expression', eventTypeFilter({ regex: 'x$' }), ['Ax', 'Cx']],
  ])('is filtered by %s', async (_name, filter, expected) => {
    await record('a1', 'Ax');
    await record('a2', 'By');
    await record('c3', 'Cx');
    await record('d1', 'Dy');
    const heard = new Heard(client.subscribeToAll({ filter }));
    expect(await heard.next(expected.length + 2)).toEqual(['confirmation', ...expected, 'caught-up']);
    await record('z', 'z');
    await record('a1', 'ADx');
    expect(await heard.next(1)).toEqual(['ADx']);
    await heard.end();
  });

  test('says how far it has come where nothing passes the filter', async () => {
    await record('a', ...Array.from({ length: 10 }, String));
    const filter = streamNameFilter({
      prefixes: ['nobody'],
      maxSearchWindow: 2,
      checkpointInterval: 2,
      checkpointReached: (_subscription, { commit, prepare }) => heard.say(`at ${commit}/${prepare}`),
    });
    const heard: Heard = new Heard(client.subscribeToAll({ filter }));
    expect(await heard.next(4)).toEqual(['confirmation', 'at 4/4', 'at 8/8', 'caught-up']);
    await heard.end();
  });

  test('with an expression that is none fails', async () => {
    const heard = new Heard(client.subscribeToAll({ filter: streamNameFilter({ regex: '(' }) }));
    expect(await heard.next(1)).toEqual(['error unknown']);
  });

  test('goes on after the endpoint was away', async () => {
    const restart = async () => {
      await record('a', '3');
      endpoint = await listen(endpoint.port);
    };
    const seen: string[] = [];
    let enough: (() => void) | undefined;
    const until = async (count: number) => {
      while (seen.length < count) await new Promise<void>((resolve) => (enough = resolve));
    };
    const follow = async () => {
      let fromPosition: Position | undefined;
      for (let restarts = 0; restarts < 2; restarts++) {
        try {
          for await (const { event } of client.subscribeToAll({ fromPosition: fromPosition ?? START })) {
            if (!event) continue;
            fromPosition = event.position;
            seen.push(event.type);
            enough?.();
            if (event.type === 'last') return;
          }
        } catch (error) {
          expect((error as { type?: unknown }).type).toBe(ErrorType.UNAVAILABLE);
        }
        await restart();
      }
    };
    await record('a', '1', '2');
    const following = follow();
    await until(2);
    await endpoint.close();
    await until(3);
    await record('a', 'last');
    await following;
    expect(seen).toEqual(['1', '2', '3', 'last']);
  });
});

describe('a read', () => {
  beforeEach(() => record('a', '1', '2', '3'));

  test.each([
    ['forwards from 0/0', FORWARDS, { commit: 0n, prepare: 0n }, ['1', '2', '3']],
    ['backwards from 0/0', BACKWARDS, { commit: 0n, prepare: 0n }, []],
    ['forwards from a position', FORWARDS, { commit: 2n, prepare: 2n }, ['2', '3']],
    ['backwards from a position', BACKWARDS, { commit: 2n, prepare: 2n }, ['1']],
    ['forwards from the end', FORWARDS, END, []],
    ['backwards from the end', BACKWARDS, END, ['3', '2', '1']],
    ['backwards from the start', BACKWARDS, START, []],
  ] as const)('of all %s', async (_name, direction, fromPosition, expected) => {
    expect(await types(client.readAll({ direction, fromPosition }))).toEqual(expected);
  });

  test.each([
    ['forwards from the start', FORWARDS, START, ['1', '2', '3']],
    ['forwards from a revision', FORWARDS, 1n, ['2', '3']],
    ['forwards from the end', FORWARDS, END, []],
    ['backwards from the end', BACKWARDS, END, ['3', '2', '1']],
    ['backwards from the start', BACKWARDS, START, ['1']],
  ] as const)('of a stream %s', async (_name, direction, fromRevision, expected) => {
    expect(await types(client.readStream('a', { direction, fromRevision }))).toEqual(expected);
  });

  test('of a stream that does not exist', async () => {
    const reading = types(client.readStream('nobody'));
    await expect(reading).rejects.toBeInstanceOf(StreamNotFoundError);
    await expect(reading).rejects.toMatchObject({ streamName: 'nobody' });
  });

  // The official client has no words for these two; others do.
  test('of all filtered, with ids as numbers', async () => {
    await record('b', 'x2', 'y', 'x3');
    const raw = rawClient();
    const { Options } = streams.ReadReq;
    const expression = new Options.FilterOptions.Expression().setPrefixList(['x']);
    const options = new Options()
      .setAll(new Options.AllOptions().setEnd(nothing()))
      .setReadDirection(Options.ReadDirection.BACKWARDS)
      .setCount('1')
      .setUuidOption(new Options.UUIDOption().setStructured(new shared.Empty()))
      .setFilter(new Options.FilterOptions().setEventType(expression).setCount(nothing()));
    const found: string[] = [];
    for await (const answer of raw.read(new streams.ReadReq().setOptions(options))) {
      const event = (answer as InstanceType<typeof streams.ReadResp>).getEvent()?.getEvent();
      expect(event?.getId()?.hasStructured()).toBe(true);
      found.push(uuidOf(event?.getId()));
    }
    raw.close();
    const last: string[] = [];
    for await (const { id } of ledger.readAll({ direction: 'backwards', maxCount: 1 })) last.push(id);
    expect(found).toEqual(last);
  });
});

describe('an append', () => {
  // The client appends by the batch path, or one by one where a call has credentials of its own.
  const paths: [string, AppendToStreamOptions][] = [
    ['in a batch', {}],
    ['by itself', { credentials: { username: 'admin', password: 'changeit' } }],
  ];
  const event = (type: string) => jsonEvent({ type, data: {} });

  test.each(paths)('%s is refused unless it is allowed', async (_name, path) => {
    await expect(client.appendToStream('a', event('A'), path)).rejects.toBeInstanceOf(AccessDeniedError);
    expect(await types(client.readAll())).toEqual([]);
  });

  describe('where it is allowed', () => {
    beforeEach(async () => {
      await endpoint.close();
      endpoint = await listen(0, true);
      client = connect();
    });

    test.each(paths)('%s is recorded', async (_name, path) => {
      const options = { ...path, expectedRevision: 'no_stream' } as const;
      const result = await client.appendToStream('a', [event('A'), event('B')], options);
      expect(result).toMatchObject({ success: true, nextExpectedRevision: 1n, position: { commit: 2n, prepare: 2n } });
      expect(await types(ledgerEvents())).toEqual(['A', 'B']);
    });

    test.each(paths)('%s to another revision is told the actual one', async (_name, path) => {
      await record('a', '1', '2');
      const append = (stream: string) => client.appendToStream(stream, event('A'), { ...path, expectedRevision: 4n });
      const attempt = append('a');
      await expect(attempt).rejects.toBeInstanceOf(WrongExpectedVersionError);
      await expect(attempt).rejects.toMatchObject({ streamName: 'a', expectedVersion: 4n, actualVersion: 1n });
      await expect(append('b')).rejects.toMatchObject({ actualVersion: 'no_stream' });
    });

    test.each(paths)('%s of what a ledger can not hold fails, and others go on', async (_name, path) => {
      const list = jsonEvent({ type: 'A', data: [1] as never });
      await expect(client.appendToStream('a', list, path)).rejects.toMatchObject({ type: ErrorType.UNKNOWN });
      await client.appendToStream('a', event('B'), path);
      expect(await types(ledgerEvents())).toEqual(['B']);
    });

    test('that makes no sense ends its own call only', async () => {
      const raw = rawClient();
      const call = raw.batchAppend();
      const failed = new Promise((resolve) => call.once('error', resolve));
      call.write(new streams.BatchAppendReq().setIsFinal(true));
      expect(await failed).toMatchObject({ code: codes.INVALID_ARGUMENT });
      raw.close();
      await client.appendToStream('a', event('A'));
      expect(await types(ledgerEvents())).toEqual(['A']);
    });

    test('of 6 MB in one event', async () => {
      await client.appendToStream('a', jsonEvent({ type: 'A', data: { text: 'x'.repeat(6_000_000) } }));
      expect(await types(ledgerEvents())).toEqual(['A']);
    });
  });

  async function* ledgerEvents() {
    for await (const { type } of ledger.readAll()) yield { event: { type } };
  }
});

test('a client that discovers its cluster finds the endpoint', async () => {
  await record('a', '1');
  const discovering = connect('esdb+discover');
  expect(await types(discovering.readAll())).toEqual(['1']);
  await discovering.dispose();
});

test('over TLS, with users and their passwords', async () => {
  await record('a', '1');
  await endpoint.close();
  endpoint = await listenEventStoreDB(ledger, {
    host: '127.0.0.1',
    port: 0,
    writes: true,
    tls: { certificate: localhostCertificate, key: localhostKey },
    users: [
      { username: 'other', password: 'pw' },
      { username: 'reader', password: 'p:w' },
    ],
  });
  const authority = join(dirname(path), 'ca.pem');
  writeFileSync(authority, localhostCertificate);
  const connectAs = (user: string) =>
    EventStoreDBClient.connectionString(`esdb://${user}localhost:${endpoint.port}?tls=true&tlsCAFile=${authority}`);

  client = connectAs('reader:p%3Aw@');
  expect(await types(client.readAll())).toEqual(['1']);
  for (const user of ['', 'reader:wrong@', 'other:p%3Aw@']) {
    const other = connectAs(user);
    await expect(types(other.readAll())).rejects.toBeInstanceOf(AccessDeniedError);
    await expect(other.appendToStream('a', jsonEvent({ type: 'A', data: {} }))).rejects.toBeInstanceOf(
      AccessDeniedError,
    );
    await other.dispose();
  }
});
