import { describe, expect, test } from '@jest/globals';
import { type PrefixesFilter, START } from '@eventstore/db-client';
import { InvalidPosition } from '../../../src/event-store/event-store.js';
import { Connection } from '../../../src/event-store/eventstoredb/connection.js';
import { ResumingSubscription } from '../../../src/event-store/eventstoredb/resuming-subscription.js';
import { next } from '../../contract/event-store.contract.js';
import { at, FakeClients, type FakeSource, recorded, tooSlow, unavailable } from './fake-client.js';

type Step = (source: FakeSource, filter: PrefixesFilter) => void;

/** A subscription to a server that does one of these at each subscribing, the last one again and again. */
function subscribed(steps: Step[], options: { deadline?: number; check?: () => Promise<void> } = {}) {
  const from: unknown[] = [];
  const sources: FakeSource[] = [];
  const dropped: unknown[] = [];
  const clients = new FakeClients({
    subscribe: (source, { fromPosition, filter }) => {
      from.push(fromPosition);
      sources.push(source);
      steps[Math.min(from.length, steps.length) - 1]!(source, filter as PrefixesFilter);
    },
  });
  const subscription = new ResumingSubscription({
    connection: new Connection(clients.connect),
    after: undefined,
    prefixes: ['a-'],
    deadline: options.deadline ?? 10_000,
    check: options.check ?? (() => Promise.resolve()),
    onDrop: (error) => dropped.push(error),
    onEnd: () => undefined,
  });
  const messages = subscription[Symbol.asyncIterator]();
  return { subscription, messages, from, sources, dropped, clients };
}

const quiet: Step = () => undefined;

describe('a subscription to EventStoreDB', () => {
  test('says it is caught up behind the events that were on their way before', async () => {
    const { subscription, messages } = subscribed([
      (source) => {
        source.give(recorded(1n), recorded(2n)).emit('caughtUp');
        source.give(recorded(3n));
      },
    ]);
    expect(await next(messages, 4)).toEqual(['1', '2', 'caught-up', '3']);
    await subscription.close();
  });

  test.each([
    ['loses its connection', unavailable(), 2],
    ['is cut for being slow', tooSlow(), 1],
  ])('that %s goes on after the last event it gave', async (_name, error, made) => {
    const { subscription, messages, from, dropped, clients, sources } = subscribed([
      (source) => void source.give(recorded(1n), recorded(2n)),
      (source) => void source.give(recorded(3n)),
    ]);
    expect(await next(messages, 2)).toEqual(['1', '2']);
    const following = next(messages, 1);
    sources[0]!.emit('error', error);
    expect(await following).toEqual(['3']);
    expect(from).toEqual([START, at(2n)]);
    expect(dropped).toEqual([error]);
    expect(clients.made).toBe(made);
    expect(sources[0]!.cancelled).toBeGreaterThan(0);
    await subscription.close();
  });

  test('goes on after what was passed over, where the server has said so', async () => {
    const { subscription, messages, from } = subscribed([
      (source, filter) => {
        source.give(recorded(1n));
        void filter.checkpointReached?.(source, at(9n));
        source.push(null);
      },
      (source) => void source.give(recorded(10n)),
    ]);
    expect(await next(messages, 2)).toEqual(['1', '10']);
    expect(from).toEqual([START, at(9n)]);
    await subscription.close();
  });

  test('goes on where the server just ended it, as one does that shuts down', async () => {
    const { subscription, messages, from } = subscribed([
      (source) => void source.give(recorded(1n)).push(null),
      (source) => void source.give(recorded(2n)),
    ]);
    expect(await next(messages, 2)).toEqual(['1', '2']);
    expect(from).toEqual([START, at(1n)]);
    await subscription.close();
  });

  test('that is not confirmed in time tries anew', async () => {
    const { subscription, messages, dropped } = subscribed([quiet, (source) => void source.give(recorded(1n))], {
      deadline: 20,
    });
    expect(await next(messages, 1)).toEqual(['1']);
    expect(dropped).toEqual([new Error('not confirmed in time')]);
    await subscription.close();
  });

  test('ends when it is closed in a pause', async () => {
    const { subscription, messages, sources } = subscribed([(source) => void source.push(null)]);
    const following = messages.next();
    while (!sources[0]?.closed) await new Promise(setImmediate);
    await subscription.close();
    expect(await following).toMatchObject({ done: true });
  });

  test('throws, and does not try again, where no event is at the position to begin after', async () => {
    const { messages, from } = subscribed([quiet], { check: () => Promise.reject(new InvalidPosition('5/5')) });
    await expect(messages.next()).rejects.toBeInstanceOf(InvalidPosition);
    expect(from).toEqual([]);
  });

  test('throws at an event that is none of a ledger, and does not pass over it', async () => {
    const { messages } = subscribed([(source) => void source.give(recorded(1n), recorded(2n, 'not an object'))]);
    expect(await next(messages, 1)).toEqual(['1']);
    await expect(messages.next()).rejects.toThrow('no event of a ledger');
  });
});
