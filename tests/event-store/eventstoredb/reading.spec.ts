import { describe, expect, test } from '@jest/globals';
import { InvalidPosition, StoreUnavailable } from '../../../src/event-store/event-store.js';
import { connectTo, deadlineOf, InvalidConnectionString } from '../../../src/event-store/eventstoredb/connection.js';
import { EventStoreDBEventStore } from '../../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import { compare, fromToken, toToken } from '../../../src/event-store/eventstoredb/position.js';
import { all } from '../../contract/event-store.contract.js';
import { at, FakeClients, type FakeSource, grpcError, recorded, unavailable } from './fake-client.js';

/** A store whose client does one of these at each read of `$all`, the last one again and again. */
function storeOn(connectionString: string, ...reads: ((source: FakeSource) => void)[]) {
  const sources: FakeSource[] = [];
  const clients = new FakeClients({
    readAll: (source) => reads[Math.min(sources.push(source), reads.length) - 1]!(source),
  });
  return { store: new EventStoreDBEventStore(connectionString, { connect: clients.connect }), sources, clients };
}

const ends = (source: FakeSource) => void source.push(null);
const fails = (source: FakeSource) => void setImmediate(() => source.emit('error', unavailable()));
const hangs = () => undefined;

describe('a read of EventStoreDB', () => {
  test('that fails on the way is made again, and gives nothing twice', async () => {
    const { store, clients } = storeOn(
      'esdb://one',
      (source) => fails(source.give(recorded(1n))),
      (source) => ends(source.give(recorded(1n), recorded(2n))),
    );
    expect((await all(store.readAll())).map(({ position }) => position)).toEqual(['1/1', '2/2']);
    expect(clients.made).toBe(2);
    await store.close();
  });

  test('that is not answered in time is cancelled', async () => {
    const { store, sources } = storeOn('esdb://one?defaultDeadline=20', hangs);
    await expect(all(store.readAll())).rejects.toBeInstanceOf(StoreUnavailable);
    expect(sources[0]!.cancelled).toBe(1);
    await store.close();
  });

  test('that the close cuts off does not look like the end of what there is', async () => {
    const { store, sources } = storeOn('esdb://one', (source) => void source.give(recorded(1n)));
    const reading = all(store.readAll());
    while (sources.length === 0) await new Promise(setImmediate);
    await store.close();
    ends(sources[0]!);
    await expect(reading).rejects.toBeInstanceOf(StoreUnavailable);
  });

  test('from where no record begins, to which the server only says UNKNOWN, is from no position', async () => {
    const { store } = storeOn('esdb://one', (source) => {
      setImmediate(() => source.emit('error', Object.assign(grpcError(2, 'UNKNOWN'), { type: 'unknown' })));
    });
    await expect(all(store.readAll({ fromPosition: '5/5' }))).rejects.toBeInstanceOf(InvalidPosition);
    await expect(all(store.readAll())).rejects.toBeInstanceOf(StoreUnavailable);
    await store.close();
  });

  test('is what health is: one, and it is not tried twice', async () => {
    const { store, sources } = storeOn('esdb://one', fails);
    await expect(store.checkHealth()).rejects.toBeInstanceOf(StoreUnavailable);
    expect(sources).toHaveLength(1);
    await store.close();
  });

  test('subscribing after a position that holds another event or none throws', async () => {
    const { store } = storeOn('esdb://one', ends, (source) => ends(source.give(recorded(6n))));
    for (let i = 0; i < 2; i++) {
      await expect(all(store.subscribeToAll({ after: '5/5' }))).rejects.toBeInstanceOf(InvalidPosition);
    }
    await store.close();
  });
});

describe('the connection string', () => {
  test('gives the deadline of calls', () => {
    expect(deadlineOf('esdb://one?tls=false&defaultDeadline=2500')).toBe(2500);
    expect(deadlineOf('esdb://one?tls=false')).toBeUndefined();
  });

  test.each([
    'http://one',
    'esdb://user:secret@',
    'esdb://user:secret@one:port',
    'esdb+discover://user:secret@a,b',
    '',
  ])('is refused without being repeated: %s', (connectionString) => {
    expect(() => connectTo(connectionString)).toThrow(InvalidConnectionString);
    expect(() => connectTo(connectionString)).toThrow(expect.not.objectContaining({ message: /secret/ }));
  });

  test.each(['esdb://one', 'esdb://one:2113/', ' esdb+discover://a:b@one:1?tls=false ', 'esdb://one,two?tls=false'])(
    'is taken: %s',
    async (connectionString) => {
      await connectTo(connectionString)().dispose();
    },
  );
});

describe('a position as a token', () => {
  test('is read back, and ordered by commit and prepare', () => {
    for (const position of [at(0n), at(2n ** 63n - 1n), { commit: 7n, prepare: 5n }]) {
      expect(fromToken(toToken(position))).toEqual(position);
    }
    expect(compare({ commit: 2n, prepare: 1n }, { commit: 10n, prepare: 0n })).toBe(-1);
    expect(compare({ commit: 2n, prepare: 2n }, { commit: 2n, prepare: 1n })).toBe(1);
    expect(compare(at(3n), at(3n))).toBe(0);
  });

  test.each(['', '5', '05/5', '5/5/5', '-1/5', ' 5/5', '5/9223372036854775808'])('is not %j', (token) => {
    expect(() => fromToken(token)).toThrow(InvalidPosition);
  });
});
