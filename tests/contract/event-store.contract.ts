import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type EventData,
  type EventStore,
  type ExpectedRevision,
  InvalidPosition,
  type JsonObject,
  type StoredEvent,
  StreamNotFound,
  type Subscription,
  type SubscriptionMessage,
  WrongExpectedRevision,
} from '../../src/event-store/event-store.js';

/** A store under test. */
export interface ContractStore {
  readonly store: EventStore;
  /** Closes the store and opens it again, where that means anything; the old one is of no more use. */
  readonly reopen?: () => Promise<EventStore>;
  readonly close: () => Promise<void>;
}

/**
 * What every event store of the ledger does. The store may be shared and full of others' events: each test has streams
 * of its own, never looks at what others wrote, and takes native positions for nothing but ordered tokens.
 */
export function eventStoreContract(name: string, open: () => Promise<ContractStore>): void {
  describe(`${name} as an event store`, () => {
    let opened: ContractStore;
    let store: EventStore;

    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());

    const append = (stream: string, events: EventData[], expected: ExpectedRevision) =>
      store.append(stream, events, expected);
    const types = async (stream: string) => (await all(store.readStream(stream))).map(({ type }) => type);
    const refused = (stream: string, expected: ExpectedRevision, actual: number | 'no_stream') =>
      expect.objectContaining({ name: 'WrongExpectedRevision', stream, expected, actual });

    describe('appending', () => {
      test('numbers the events of a stream from 0', async () => {
        const stream = newStream();
        const first = await append(stream, events('A', 'B'), 'no_stream');
        const second = await append(stream, events('C'), 1);
        expect([first.nextExpectedRevision, second.nextExpectedRevision]).toEqual([1, 2]);
        const stored = await all(store.readStream(stream));
        expect(stored.map(({ revision, type }) => [revision, type])).toEqual([
          [0, 'A'],
          [1, 'B'],
          [2, 'C'],
        ]);
        expect(stored.map(({ position }) => position).slice(1)).toEqual([first.position, second.position]);
      });

      test.each<[string, ExpectedRevision]>([
        ['an exact revision', 1],
        ['stream_exists', 'stream_exists'],
        ['any', 'any'],
      ])('takes %s on a stream that fits', async (_name, expected) => {
        const stream = newStream();
        await append(stream, events('A', 'B'), 'no_stream');
        expect(await append(stream, events('C'), expected)).toMatchObject({ nextExpectedRevision: 2 });
      });

      test('takes any on a stream that does not exist', async () => {
        expect(await append(newStream(), events('A'), 'any')).toMatchObject({ nextExpectedRevision: 0 });
      });

      test.each<[ExpectedRevision]>([[0], [3], ['stream_exists']])(
        'refuses %s on a stream that does not exist, and leaves no stream',
        async (expected) => {
          const stream = newStream();
          const attempt = append(stream, events('A'), expected);
          await expect(attempt).rejects.toBeInstanceOf(WrongExpectedRevision);
          await expect(attempt).rejects.toEqual(refused(stream, expected, 'no_stream'));
          await expect(all(store.readStream(stream))).rejects.toBeInstanceOf(StreamNotFound);
        },
      );

      test.each<[ExpectedRevision]>([['no_stream'], [0], [2]])(
        'refuses %s on a stream at revision 1, and writes nothing',
        async (expected) => {
          const stream = newStream();
          await append(stream, events('A', 'B'), 'no_stream');
          await expect(append(stream, events('X'), expected)).rejects.toEqual(refused(stream, expected, 1));
          expect(await types(stream)).toEqual(['A', 'B']);
        },
      );

      test('refuses all of several events together', async () => {
        const stream = newStream();
        await append(stream, events('A'), 'no_stream');
        await expect(append(stream, events('X', 'Y', 'Z'), 3)).rejects.toEqual(refused(stream, 3, 0));
        expect(await types(stream)).toEqual(['A']);
      });

      test('refuses an append of nothing', async () => {
        await expect(append(newStream(), [], 'any')).rejects.toBeInstanceOf(RangeError);
      });

      test('lets exactly one of several win the same revision', async () => {
        const stream = newStream();
        await append(stream, events('A'), 'no_stream');
        const attempts = await Promise.allSettled(
          Array.from({ length: 20 }, (_, i) => append(stream, events(`B${i}`, `C${i}`), 0)),
        );
        const lost = attempts.filter((attempt) => attempt.status === 'rejected');
        expect(lost).toHaveLength(19);
        for (const { reason } of lost) expect(reason).toEqual(refused(stream, 0, 2));
        const winner = attempts.findIndex(({ status }) => status === 'fulfilled');
        expect(await types(stream)).toEqual(['A', `B${winner}`, `C${winner}`]);
      });

      test('keeps appends to different streams apart', async () => {
        const streams = Array.from({ length: 50 }, newStream);
        await Promise.all(
          streams.map((stream, i) => append(stream, events('A', 'B'), i % 2 ? 'no_stream' : 0).catch(() => undefined)),
        );
        const found = await Promise.all(streams.map((stream) => types(stream).catch(() => 'none')));
        expect(found).toEqual(streams.map((_, i) => (i % 2 ? ['A', 'B'] : 'none')));
      });

      test.each(['eg-morocco.2', 'state-UN_1945', 'pair-ma--eg', 'x-..', 'origin-a:b'])(
        'takes the stream name %s',
        async (name) => {
          const stream = `${name}-${randomUUID()}`;
          await append(stream, events('A'), 'no_stream');
          expect(await all(store.readStream(stream))).toEqual([expect.objectContaining({ stream, revision: 0 })]);
        },
      );
    });

    describe('appending again', () => {
      test.each<[string, ExpectedRevision, ExpectedRevision]>([
        ['no_stream', 'no_stream', 'no_stream'],
        ['any', 'no_stream', 'any'],
        ['stream_exists', 'no_stream', 'stream_exists'],
        ['any, as the first time', 'any', 'any'],
      ])('with %s gives the first answer and writes nothing', async (_name, expected, again) => {
        const stream = newStream();
        const batch = events('A', 'B');
        const first = await append(stream, batch, expected);
        await append(stream, events('C'), 1);
        expect(await append(stream, batch, again)).toEqual(first);
        expect(await types(stream)).toEqual(['A', 'B', 'C']);
      });

      test('with the exact revision gives the first answer, at the end of the stream and further back', async () => {
        const stream = newStream();
        await append(stream, events('A'), 'no_stream');
        const batch = events('B', 'C');
        const first = await append(stream, batch, 0);
        expect(await append(stream, batch, 0)).toEqual(first);
        await append(stream, events('D'), 2);
        expect(await append(stream, batch, 0)).toEqual(first);
        expect(await types(stream)).toEqual(['A', 'B', 'C', 'D']);
      });

      // EventStoreDB answers one of them and lets the other time out after two or three seconds; repeated, it is answered.
      test('at the same time gives both the same answer', async () => {
        const stream = newStream();
        const batch = events('A', 'B');
        const [one, other] = await Promise.all([
          append(stream, batch, 'no_stream'),
          append(stream, batch, 'no_stream'),
        ]);
        expect(one).toEqual(other);
        expect(await types(stream)).toEqual(['A', 'B']);
      });

      test('the first part of what was appended gives the answer for that part', async () => {
        const stream = newStream();
        const [a, b] = events('A', 'B') as [EventData, EventData];
        await append(stream, [a, b], 'no_stream');
        expect(await append(stream, [a], 'no_stream')).toMatchObject({ nextExpectedRevision: 0 });
      });

      test.each<[ExpectedRevision]>([['no_stream'], ['any'], ['stream_exists']])(
        'with %s is refused where only some of the events are there',
        async (expected) => {
          const stream = newStream();
          const [a, b, c] = events('A', 'B', 'C') as [EventData, EventData, EventData];
          await append(stream, [a, c], 'no_stream');
          await expect(append(stream, [a, b], expected)).rejects.toEqual(refused(stream, expected, 1));
          await expect(append(stream, [a, b, c], expected)).rejects.toEqual(refused(stream, expected, 1));
          expect(await types(stream)).toEqual(['A', 'C']);
        },
      );

      test('with a revision is refused where other events follow it, or the same in another order', async () => {
        const stream = newStream();
        const [a, b, c] = events('A', 'B', 'C') as [EventData, EventData, EventData];
        await append(stream, [a, b, c], 'no_stream');
        await expect(append(stream, [c], 0)).rejects.toEqual(refused(stream, 0, 2));
        await expect(append(stream, [c, b], 0)).rejects.toEqual(refused(stream, 0, 2));
        await expect(append(stream, [b, c, ...events('D')], 0)).rejects.toEqual(refused(stream, 0, 2));
        expect(await types(stream)).toEqual(['A', 'B', 'C']);
      });

      test('to another stream is an append of its own', async () => {
        const [one, other] = [newStream(), newStream()];
        const batch = events('A');
        await append(one, batch, 'any');
        await append(other, batch, 'any');
        expect(await types(other)).toEqual(['A']);
      });
    });

    describe('keeps', () => {
      test.each<[string, JsonObject]>([
        ['Arabic', { اسم: 'اتفاقية التعاون بين المغرب ومصر', mixed: 'Résumé — ١٩٥٨ 1958' }],
        ['emoji and controls', { text: '🇲🇦🤝🇪🇬 👩‍👩‍👧‍👦', controls: 'a\u0000b\u001f\u2028"\\\n' }],
        ['nulls and empties', { none: null, list: [], object: {}, text: '', nested: [null, { a: null }] }],
        ['numbers', { zero: 0, negative: -1.5, tiny: 5e-324, large: 9007199254740991, huge: 1.7976931348623157e308 }],
        ['booleans', { yes: true, no: false }],
      ])('%s in data and metadata', async (_name, value) => {
        const stream = newStream();
        const event: EventData = { id: randomUUID(), type: 'Kept', data: value, metadata: { value } };
        await append(stream, [event], 'no_stream');
        const [stored] = await all(store.readStream(stream));
        expect(stored).toMatchObject({ ...event, stream, revision: 0 });
        expect(JSON.stringify(stored?.data)).toBe(JSON.stringify(value));
      });

      test('the order of keys', async () => {
        const stream = newStream();
        const data = { z: 1, a: { y: 1, b: 2 }, m: [{ d: 1, c: 2 }], B: 0 };
        await append(stream, [{ id: randomUUID(), type: 'Kept', data, metadata: { b: 1, a: 2 } }], 'any');
        const [stored] = await all(store.readStream(stream));
        expect(JSON.stringify([stored?.data, stored?.metadata])).toBe(JSON.stringify([data, { b: 1, a: 2 }]));
      });

      test('an event of 900 kB', async () => {
        const stream = newStream();
        const data = { text: 'x'.repeat(900_000) };
        await append(stream, [{ id: randomUUID(), type: 'Large', data, metadata: {} }], 'any');
        expect((await all(store.readStream(stream)))[0]?.data).toEqual(data);
      });

      test('the time it was written', async () => {
        const stream = newStream();
        await append(stream, events('A'), 'any');
        const [stored] = await all(store.readStream(stream));
        expect(stored?.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
      });
    });

    describe('reading a stream', () => {
      const stream = newStream();
      const COUNT = 600; // More than any page.
      beforeAll(() => append(stream, events(...range(0, COUNT - 1).map(String)), 'no_stream'));
      const revisions = async (options: Parameters<EventStore['readStream']>[1]) =>
        (await all(store.readStream(stream, options))).map(({ revision }) => revision);

      test.each<[string, Parameters<EventStore['readStream']>[1], number[]]>([
        ['forwards, whole', {}, range(0, COUNT - 1)],
        ['backwards, whole', { direction: 'backwards' }, range(0, COUNT - 1).reverse()],
        ['forwards from a revision', { fromRevision: 597 }, [597, 598, 599]],
        ['backwards from a revision', { direction: 'backwards', fromRevision: 2 }, [2, 1, 0]],
        ['forwards, some', { maxCount: 3 }, [0, 1, 2]],
        ['forwards from a revision, some', { fromRevision: 10, maxCount: 300 }, range(10, 309)],
        ['backwards, the last', { direction: 'backwards', maxCount: 1 }, [599]],
        ['backwards from a revision, some', { direction: 'backwards', fromRevision: 300, maxCount: 2 }, [300, 299]],
        ['more than there are', { fromRevision: 598, maxCount: 10 }, [598, 599]],
        ['from behind the end', { fromRevision: COUNT }, []],
      ])('%s', async (_name, options, expected) => {
        expect(await revisions(options)).toEqual(expected);
      });

      test('can be broken off', async () => {
        for await (const event of store.readStream(stream)) if (event.revision === 3) break;
        expect(await revisions({ maxCount: 1 })).toEqual([0]);
      });

      test('that was never appended to throws on the first step', async () => {
        const reading = store.readStream(newStream())[Symbol.asyncIterator]();
        await expect(reading.next()).rejects.toBeInstanceOf(StreamNotFound);
      });
    });

    describe('reading all', () => {
      const prefix = newPrefix();
      const streamPrefixes = [prefix];
      let written: StoredEvent[];
      const read = async (options: Parameters<EventStore['readAll']>[0]) =>
        (await all(store.readAll({ streamPrefixes, ...options }))).map(({ type }) => type);

      beforeAll(async () => {
        for (const i of range(0, 9)) {
          await append(`${prefix}${i % 3}`, events(`${i}a`, `${i}b`), 'any');
          await append(newStream(), events('other'), 'any');
        }
        written = await all(store.readAll({ streamPrefixes }));
      });
      const order = range(0, 9).flatMap((i) => [`${i}a`, `${i}b`]);

      test('gives events in the order they were appended, at growing positions', () => {
        expect(written.map(({ type }) => type)).toEqual(order);
        for (const [i, event] of written.entries()) {
          if (i > 0) expect(store.comparePositions(written[i - 1]!.position, event.position)).toBeLessThan(0);
        }
        expect(store.comparePositions(written[3]!.position, written[3]!.position)).toBe(0);
        expect(store.comparePositions(written[19]!.position, written[0]!.position)).toBeGreaterThan(0);
      });

      test('gives the same events as the streams do', async () => {
        const streams = await Promise.all([0, 1, 2].map((i) => all(store.readStream(`${prefix}${i}`))));
        const byPosition = streams.flat().sort((a, b) => store.comparePositions(a.position, b.position));
        expect(written).toEqual(byPosition);
      });

      test('without a filter gives them too, among all others', async () => {
        const found = [];
        for await (const event of store.readAll({ fromPosition: written[0]!.position })) {
          if (event.stream.startsWith(prefix)) found.push(event);
          if (found.length === written.length) break;
        }
        expect(found).toEqual(written);
      });

      test('backwards', async () => {
        expect(await read({ direction: 'backwards' })).toEqual(order.toReversed());
      });

      test('forwards from a position, inclusive; backwards from it, exclusive', async () => {
        const fromPosition = written[5]!.position;
        expect(await read({ fromPosition })).toEqual(order.slice(5));
        expect(await read({ fromPosition, direction: 'backwards' })).toEqual(order.slice(0, 5).toReversed());
      });

      test('no more than asked for', async () => {
        const fromPosition = written[5]!.position;
        expect(await read({ maxCount: 3 })).toEqual(order.slice(0, 3));
        expect(await read({ maxCount: 2, fromPosition })).toEqual(order.slice(5, 7));
        expect(await read({ maxCount: 2, direction: 'backwards' })).toEqual(order.slice(-2).toReversed());
      });

      test('of several prefixes, and of none that exists', async () => {
        const found = await read({ streamPrefixes: [`${prefix}0`, `${prefix}2`] });
        expect(found).toEqual(order.filter((type) => Number(type[0]) % 3 !== 1));
        expect(await read({ streamPrefixes: [newPrefix()] })).toEqual([]);
      });

      test('from something that is not a position throws', async () => {
        await expect(read({ fromPosition: 'not a position' })).rejects.toBeInstanceOf(InvalidPosition);
        expect(() => store.comparePositions('', written[0]!.position)).toThrow(InvalidPosition);
        expect(() => store.comparePositions(written[0]!.position, 'x')).toThrow(InvalidPosition);
      });
    });

    describe('subscribing', () => {
      test('gives history, says it is caught up, then gives what is appended', async () => {
        const prefix = newPrefix();
        await append(`${prefix}a`, events('1', '2'), 'no_stream');
        const subscription = store.subscribeToAll({ streamPrefixes: [prefix] });
        const messages = subscription[Symbol.asyncIterator]();
        expect(await next(messages, 3)).toEqual(['1', '2', 'caught-up']);
        await append(`${prefix}b`, events('3'), 'no_stream');
        await append(`${prefix}a`, events('4'), 1);
        expect(await nextEvents(messages, 2)).toEqual(['3', '4']);
        await subscription.close();
      });

      test('misses nothing and repeats nothing while appends run', async () => {
        const prefix = newPrefix();
        const COUNT = 400;
        const write = async (from: number, to: number) => {
          for (const i of range(from, to)) await append(`${prefix}${i % 7}`, events(`${i}`, `${i}'`), 'any');
        };
        await write(0, 99);
        const writing = Promise.all([write(100, 199), write(200, 299), write(300, COUNT - 1)]);
        const subscription = store.subscribeToAll({ streamPrefixes: [prefix] });
        const given: StoredEvent[] = [];
        let caughtUp = 0;
        for await (const message of subscription) {
          if (message.kind === 'event') given.push(message.event);
          else caughtUp++;
          if (given.length === 2 * COUNT && caughtUp > 0) break;
        }
        await writing;
        expect(given).toEqual(await all(store.readAll({ streamPrefixes: [prefix] })));
        expect(new Set(given.map(({ id }) => id)).size).toBe(2 * COUNT);
      });

      test('begins after a position, exclusive', async () => {
        const prefix = newPrefix();
        await append(`${prefix}a`, events('1', '2', '3'), 'no_stream');
        const [, second, third] = await all(store.readStream(`${prefix}a`));
        const from = async (after: string) => {
          const subscription = store.subscribeToAll({ streamPrefixes: [prefix], after });
          const given = await next(subscription[Symbol.asyncIterator](), after === third!.position ? 1 : 2);
          await subscription.close();
          return given;
        };
        expect(await from(second!.position)).toEqual(['3', 'caught-up']);
        expect(await from(third!.position)).toEqual(['caught-up']);
      });

      test('gives only what the filter lets through', async () => {
        const prefix = newPrefix();
        const subscription = store.subscribeToAll({ streamPrefixes: [`${prefix}a`, `${prefix}b`] });
        const messages = subscription[Symbol.asyncIterator]();
        expect(await next(messages, 1)).toEqual(['caught-up']);
        for (const which of ['c', 'a', 'c', 'b']) await append(`${prefix}${which}`, events(which), 'any');
        expect(await nextEvents(messages, 2)).toEqual(['a', 'b']);
        await subscription.close();
      });

      test('serves several, each at its own pace', async () => {
        const prefix = newPrefix();
        const subscribe = () => store.subscribeToAll({ streamPrefixes: [prefix] });
        const [slow, fast] = [subscribe(), subscribe()];
        const slowMessages = slow[Symbol.asyncIterator]();
        const fastMessages = fast[Symbol.asyncIterator]();
        await append(`${prefix}a`, events('1'), 'any');
        expect(await next(slowMessages, 1)).toEqual(['1']);
        expect(await next(fastMessages, 2)).toEqual(['1', 'caught-up']);
        await append(`${prefix}a`, events('2', '3'), 'any');
        expect(await nextEvents(fastMessages, 2)).toEqual(['2', '3']);
        await fast.close();
        expect(await nextEvents(slowMessages, 2)).toEqual(['2', '3']);
        await slow.close();
      });

      test('ends when it is closed: while it waits, between messages, before it began, and again', async () => {
        const prefix = newPrefix();
        await append(`${prefix}a`, events('1', '2'), 'any');
        const subscribe = () => store.subscribeToAll({ streamPrefixes: [prefix] });

        const waiting = subscribe();
        const messages = waiting[Symbol.asyncIterator]();
        expect(await next(messages, 3)).toEqual(['1', '2', 'caught-up']);
        const pending = messages.next();
        await waiting.close();
        expect(await pending).toMatchObject({ done: true });
        await waiting.close();

        const between = subscribe();
        const given: string[] = [];
        for await (const message of between) {
          given.push(label(message));
          await between.close();
        }
        expect(given).toEqual(['1']);

        const unbegun = subscribe();
        await unbegun.close();
        expect(await drain(unbegun)).toEqual([]);
      });

      test('after something that is not a position throws', async () => {
        await expect((async () => drain(store.subscribeToAll({ after: 'not a position' })))()).rejects.toBeInstanceOf(
          InvalidPosition,
        );
      });
    });

    test('is healthy', async () => {
      await expect(store.checkHealth()).resolves.toBeUndefined();
    });

    // Last, for it leaves the others without their store.
    test('keeps everything when it is closed and opened again', async () => {
      if (!opened.reopen) return;
      const stream = newStream();
      const batch = events('A', 'B');
      const first = await append(stream, batch, 'no_stream');
      const before = await all(store.readStream(stream));
      store = await opened.reopen();
      expect(await all(store.readStream(stream))).toEqual(before);
      expect(await append(stream, batch, 'no_stream')).toEqual(first);
      expect(await append(stream, events('C'), 1)).toMatchObject({ nextExpectedRevision: 2 });
    });
  });
}

/** New events of these types. */
export function events(...types: string[]): EventData[] {
  return types.map((type) => ({ id: randomUUID(), type, data: { type }, metadata: {} }));
}

/** A stream name nobody else has. */
export function newStream(): string {
  return `${newPrefix()}x`;
}

/** What no other stream's name begins with. */
export function newPrefix(): string {
  return `contract-${randomUUID()}-`;
}

/** All that an iteration gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** The next messages of a subscription: an event by its type. */
export async function next(messages: AsyncIterator<SubscriptionMessage>, count: number): Promise<string[]> {
  const found: string[] = [];
  while (found.length < count) found.push(label(await step(messages)));
  return found;
}

/** The types of the next events of a subscription, whatever else it says. */
export async function nextEvents(messages: AsyncIterator<SubscriptionMessage>, count: number): Promise<string[]> {
  const found: string[] = [];
  while (found.length < count) {
    const message = await step(messages);
    if (message.kind === 'event') found.push(label(message));
  }
  return found;
}

async function step(messages: AsyncIterator<SubscriptionMessage>): Promise<SubscriptionMessage> {
  const result = await messages.next();
  if (result.done) throw new Error('The subscription has ended');
  return result.value;
}

async function drain(subscription: Subscription): Promise<string[]> {
  return (await all(subscription)).map(label);
}

function label(message: SubscriptionMessage): string {
  return message.kind === 'event' ? message.event.type : message.kind;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
