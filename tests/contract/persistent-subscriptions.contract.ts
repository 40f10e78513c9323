import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventStore } from '../../src/event-store/event-store.js';
import {
  type GroupConnection,
  type GroupDelivery,
  GroupExists,
  GroupNotFound,
  type GroupSettings,
  type PersistentSubscriptions,
} from '../../src/event-store/persistent-subscriptions.js';
import { type ContractStore, events, newPrefix } from './event-store.contract.js';

const NEVER = 600_000;

/** What the groups of every event store do. Each test has a group and streams of its own. */
export function persistentSubscriptionsContract(name: string, open: () => Promise<ContractStore>): void {
  describe(`${name}'s persistent subscriptions`, () => {
    let opened: ContractStore;
    let store: EventStore;
    let groups: PersistentSubscriptions;
    const made: string[] = [];
    const connections: Consumer[] = [];

    beforeAll(async () => {
      opened = await open();
      use(opened.store);
    });
    afterEach(async () => {
      for (const consumer of connections.splice(0)) await consumer.close();
      for (const group of made.splice(0)) await groups.delete(group).catch(() => undefined);
    });
    afterAll(() => opened.close());

    const use = (opened: EventStore) => {
      store = opened;
      groups = store.persistentSubscriptions;
    };
    const newGroup = () => `contract-${randomUUID()}`;
    const create = async (settings: Partial<GroupSettings> = {}) => {
      const group = newGroup();
      const prefix = newPrefix();
      made.push(group);
      await groups.create(group, {
        streamPrefixes: [prefix],
        maxRetryCount: 10,
        messageTimeout: NEVER,
        definition: {},
        ...settings,
      });
      return { group, prefix };
    };
    const connect = async (group: string, bufferSize = 10) => {
      const consumer = new Consumer(await groups.connect(group, bufferSize));
      connections.push(consumer);
      return consumer;
    };
    const append = (stream: string, ...types: string[]) => store.append(stream, events(...types), 'any');
    const parkedTypes = async (group: string) => (await groups.parked(group, 100)).map(({ event }) => event.type);
    /** A store may say it late. */
    const told = async <T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> => {
      for (;;) {
        const answer = await ask();
        if (holds(answer)) return answer;
        await nextTurn();
      }
    };

    describe('a group', () => {
      test('is told of with what it was made with', async () => {
        const { group } = await create({ definition: { who: 'archivists', of: [1, 2] } });
        const { checkpoint: _, ...told } = await groups.info(group);
        expect(told).toEqual({
          group,
          definition: { who: 'archivists', of: [1, 2] },
          connections: 0,
          inFlight: 0,
          parked: 0,
        });
        expect((await groups.list()).filter((info) => info.group === group)).toHaveLength(1);
      });

      test('is made once', async () => {
        const { group, prefix } = await create({ definition: { first: true } });
        const again = { streamPrefixes: [prefix], maxRetryCount: 1, messageTimeout: NEVER, definition: {} };
        await expect(groups.create(group, again)).rejects.toBeInstanceOf(GroupExists);
        expect(await groups.info(group)).toMatchObject({ definition: { first: true } });
      });

      test('is gone when it is deleted, for those connected too', async () => {
        const { group } = await create();
        const consumer = await connect(group);
        await groups.delete(group);
        await expect(consumer.next()).rejects.toBeInstanceOf(GroupNotFound);
        await expect(groups.info(group)).rejects.toBeInstanceOf(GroupNotFound);
        expect((await groups.list()).filter((info) => info.group === group)).toEqual([]);
      });

      test.each<[string, (group: string) => Promise<unknown>]>([
        ['told of', (group) => groups.info(group)],
        ['deleted', (group) => groups.delete(group)],
        ['connected to', (group) => groups.connect(group, 1)],
        ['asked for what is parked', (group) => groups.parked(group, 1)],
        ['replayed', (group) => groups.replayParked(group)],
      ])('that there is not can not be %s', async (_name, ask) => {
        await expect(ask(newGroup())).rejects.toBeInstanceOf(GroupNotFound);
      });
    });

    describe('dealing out', () => {
      test('gives history, then what comes, of the streams that it is for', async () => {
        const { group, prefix } = await create();
        await append(`${prefix}x`, 'A', 'B');
        await append(`${newPrefix()}x`, 'other');
        const consumer = await connect(group);
        expect(await consumer.handle(2)).toEqual(['A', 'B']);
        await append(`${newPrefix()}x`, 'other');
        await append(`${prefix}y`, 'C');
        expect(await consumer.handle(1)).toEqual(['C']);
      });

      test('gives the events as they are stored', async () => {
        const { group, prefix } = await create();
        await append(`${prefix}x`, 'A', 'B');
        const consumer = await connect(group);
        const given = [(await consumer.next()).event, (await consumer.next()).event];
        const stored = [];
        for await (const event of store.readStream(`${prefix}x`)) stored.push(event);
        expect(given).toEqual(stored);
      });

      test('begins after a position', async () => {
        const prefix = newPrefix();
        const { position } = await append(`${prefix}x`, 'A', 'B');
        await append(`${prefix}x`, 'C');
        const { group } = await create({ streamPrefixes: [prefix], after: position });
        const consumer = await connect(group);
        expect(await consumer.handle(1)).toEqual(['C']);
      });

      test('gives a consumer no more at a time than its buffer holds', async () => {
        const { group, prefix } = await create();
        await append(`${prefix}x`, 'A', 'B', 'C', 'D');
        const consumer = await connect(group, 2);
        const [a] = [await consumer.next(), await consumer.next()];
        await told(
          () => groups.info(group),
          ({ inFlight }) => inFlight === 2,
        );
        await consumer.connection.ack([a.event.id]);
        expect((await consumer.next()).event.type).toBe('C');
      });

      test('gives each event to one of several, and each stream in order', async () => {
        const { group, prefix } = await create();
        const streams = Array.from({ length: 12 }, (_, i) => `${prefix}${i}`);
        for (let round = 0; round < 5; round++) for (const stream of streams) await append(stream, String(round));
        const seen: { by: number; stream: string; type: string }[] = [];
        const consumers = await Promise.all([connect(group, 3), connect(group, 3), connect(group, 3)]);
        await Promise.race(
          consumers.map(async (consumer, by) => {
            while (seen.length < 60) {
              const { event } = await consumer.next();
              seen.push({ by, stream: event.stream, type: event.type });
              await consumer.connection.ack([event.id]);
            }
          }),
        );
        expect(seen).toHaveLength(60);
        for (const stream of streams) {
          expect(seen.filter((s) => s.stream === stream).map(({ type }) => type)).toEqual(['0', '1', '2', '3', '4']);
        }
        expect(new Set(seen.map(({ by }) => by)).size).toBeGreaterThan(1);
      });
    });

    describe('answers', () => {
      test('move the checkpoint on, and what was answered does not come again', async () => {
        const { group, prefix } = await create();
        const { position } = await append(`${prefix}x`, 'A', 'B');
        const consumer = await connect(group);
        await consumer.handle(2);
        const { checkpoint } = await told(
          () => groups.info(group),
          ({ checkpoint }) => checkpoint !== null && store.comparePositions(checkpoint, position) >= 0,
        );
        expect(checkpoint).not.toBeNull();
        await consumer.close();
        await append(`${prefix}x`, 'C');
        expect(await (await connect(group)).handle(1)).toEqual(['C']);
      });

      test('name what is not held', async () => {
        const { group, prefix } = await create();
        await append(`${prefix}x`, 'A');
        const consumer = await connect(group);
        const { event } = await consumer.next();
        const other = randomUUID();
        expect(await consumer.connection.ack([other, event.id])).toEqual([other]);
        expect(await consumer.connection.ack([event.id])).toEqual([event.id]);
      });

      test('have an event tried again, and tell how often it was', async () => {
        const { group, prefix } = await create();
        await append(`${prefix}x`, 'A');
        const consumer = await connect(group);
        const { event, retryCount } = await consumer.next();
        expect(retryCount).toBe(0);
        await consumer.connection.nack('retry', 'not yet', [event.id]);
        const again = await consumer.next();
        expect(again).toEqual({ event, retryCount: 1 });
      });

      test('pass over an event for good', async () => {
        const { group, prefix } = await create();
        await append(`${prefix}x`, 'A', 'B');
        const consumer = await connect(group, 1);
        await consumer.connection.nack('skip', 'not for us', [(await consumer.next()).event.id]);
        expect(await consumer.handle(1)).toEqual(['B']);
        expect(await parkedTypes(group)).toEqual([]);
      });

      test('that never come have it tried again', async () => {
        const { group, prefix } = await create({ messageTimeout: 100 });
        await append(`${prefix}x`, 'A');
        const consumer = await connect(group, 1);
        await consumer.next();
        expect((await consumer.next()).retryCount).toBeGreaterThanOrEqual(1);
      });

      test('of a consumer that left are awaited from others; nothing is parked for that', async () => {
        const { group, prefix } = await create({ maxRetryCount: 0 });
        await append(`${prefix}x`, 'A', 'B', 'C');
        const first = await connect(group);
        const ids = [await first.next(), await first.next(), await first.next()].map(({ event }) => event.id);
        await first.connection.ack([ids[0]!]);
        // An answer that is still on its way when the connection ends may be lost.
        await told(
          () => groups.info(group),
          ({ inFlight }) => inFlight === 2,
        );
        await first.close();
        const second = await connect(group);
        expect(await second.next()).toMatchObject({ event: { type: 'B' }, retryCount: 1 });
        expect(await second.handle(1)).toEqual(['C']);
        expect(await parkedTypes(group)).toEqual([]);
      });
    });

    describe('parking', () => {
      const park = async (group: string, reason: string) => {
        const consumer = await connect(group);
        await consumer.connection.nack('park', reason, [(await consumer.next()).event.id]);
        return consumer;
      };

      test('puts an event aside with the reason, and goes on', async () => {
        const { group, prefix } = await create();
        await append(`${prefix}x`, 'A', 'B');
        const consumer = await park(group, 'no such treaty');
        expect(await consumer.handle(1)).toEqual(['B']);
        const [parked] = await told(
          () => groups.parked(group, 10),
          ({ length }) => length > 0,
        );
        expect(parked!.event).toMatchObject({ stream: `${prefix}x`, type: 'A', revision: 0 });
        expect(parked!.reason).toContain('no such treaty');
        expect(new Date(parked!.parkedAt).toISOString()).toBe(parked!.parkedAt);
        await told(
          () => groups.info(group),
          (info) => info.parked === 1,
        );
      });

      test('is what becomes of an event that was tried too often', async () => {
        const { group, prefix } = await create({ maxRetryCount: 2 });
        await append(`${prefix}x`, 'A');
        const consumer = await connect(group);
        const counts: number[] = [];
        for (let i = 0; i < 3; i++) {
          const { event, retryCount } = await consumer.next();
          counts.push(retryCount);
          await consumer.connection.nack('retry', 'it fails', [event.id]);
        }
        expect(counts).toEqual([0, 1, 2]);
        const [parked] = await told(
          () => groups.parked(group, 10),
          ({ length }) => length === 1,
        );
        expect(parked!.reason).toContain('it fails');
      });

      test('ends when what is parked is replayed and handled', async () => {
        const { group, prefix } = await create();
        await append(`${prefix}x`, 'A', 'B');
        const consumer = await park(group, 'later');
        expect(await consumer.handle(1)).toEqual(['B']);
        await told(
          () => parkedTypes(group),
          (types) => types.length === 1,
        );
        await groups.replayParked(group);
        const { event, retryCount } = await consumer.next();
        expect([event.type, retryCount]).toEqual(['A', 0]);
        await consumer.connection.ack([event.id]);
        await told(
          () => parkedTypes(group),
          (types) => types.length === 0,
        );
      });
    });

    test('what was answered and parked is known after the store was opened anew', async () => {
      if (!opened.reopen) return;
      const { group, prefix } = await create();
      await append(`${prefix}x`, 'A', 'B', 'C');
      const consumer = await connect(group);
      const [a, b] = [await consumer.next(), await consumer.next()];
      await consumer.connection.nack('park', 'later', [b.event.id]);
      await consumer.connection.ack([a.event.id]);
      await told(
        () => parkedTypes(group),
        (types) => types.length === 1,
      );
      await told(
        () => groups.info(group),
        ({ checkpoint }) => checkpoint !== null,
      );
      await consumer.close();
      use(await opened.reopen());
      expect(await (await connect(group)).handle(1)).toEqual(['C']);
      expect(await parkedTypes(group)).toEqual(['B']);
    });
  });
}

/** A consumer under test. */
class Consumer {
  readonly #deliveries: AsyncIterator<GroupDelivery>;

  constructor(readonly connection: GroupConnection) {
    this.#deliveries = connection[Symbol.asyncIterator]();
  }

  async next(): Promise<GroupDelivery> {
    const result = await this.#deliveries.next();
    if (result.done) throw new Error('The connection has ended');
    return result.value;
  }

  /** The types of the next events, each acknowledged. */
  async handle(count: number): Promise<string[]> {
    const types: string[] = [];
    while (types.length < count) {
      const { event } = await this.next();
      types.push(event.type);
      await this.connection.ack([event.id]);
    }
    return types;
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
