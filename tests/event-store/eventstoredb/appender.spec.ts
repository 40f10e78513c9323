import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import {
  type AppendResult,
  DeadlineExceededError,
  type EventData as ClientEvent,
  MaxAppendSizeExceededError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { StoreUnavailable } from '../../../src/event-store/event-store.js';
import { Appender, UNDER_WAY } from '../../../src/event-store/eventstoredb/appender.js';
import { EventStoreDBEventStore } from '../../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import { events } from '../../contract/event-store.contract.js';
import { at, FakeClients, grpcError, unavailable } from './fake-client.js';

const DEADLINE = 10_000;
const written: AppendResult = { success: true, nextExpectedRevision: 0n, position: at(7n) };

/** An appender whose client answers its calls with these, an error being thrown. */
function scripted(...answers: (Error | AppendResult)[]) {
  const calls: { ids: string[]; expected: unknown }[] = [];
  const clients = new FakeClients({
    append: (_stream, batch, options) => {
      calls.push({ ids: (batch as ClientEvent[]).map(({ id }) => id), expected: options?.expectedRevision });
      const answer = answers[Math.min(calls.length, answers.length) - 1]!;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  return { appender: new Appender(clients.connect), calls, clients };
}

describe('an append to EventStoreDB', () => {
  test('whose answer was lost is repeated with the same ids, on a new client', async () => {
    const { appender, calls, clients } = scripted(unavailable(), written);
    const batch = events('A', 'B');
    const result = await appender.append('a-1', batch, 3, DEADLINE);
    expect(result).toEqual({ nextExpectedRevision: 0, position: '7/7' });
    const call = { ids: batch.map(({ id }) => id), expected: 3n };
    expect(calls).toEqual([call, call]);
    expect(clients.made).toBe(2);
  });

  test('that the server did not carry out in time is repeated on the same client', async () => {
    const { appender, clients } = scripted(new DeadlineExceededError(), written);
    await appender.append('a-1', events('A'), 3, DEADLINE);
    expect(clients.made).toBe(1);
  });

  test.each([
    ['a server that is down', grpcError(14, 'No connection established')],
    ['a cluster that is not found', new Error('Failed to discover after 10 attempts.')],
    ['a first call that fails as the client remembers for ever', grpcError(13, 'Internal')],
  ])('to %s is unavailable after a few attempts, each on a new client', async (_name, error) => {
    const { appender, calls, clients } = scripted(error);
    const attempt = appender.append('a-1', events('A'), 'no_stream', DEADLINE);
    await expect(attempt).rejects.toMatchObject({ name: 'StoreUnavailable', cause: error });
    expect(calls).toHaveLength(3);
    expect(clients.made).toBe(3);
  });

  test.each(['any', 'stream_exists'] as const)(
    'with %s is not repeated: it could be written twice',
    async (expected) => {
      const { appender, calls } = scripted(unavailable(), written);
      await expect(appender.append('a-1', events('A'), expected, DEADLINE)).rejects.toBeInstanceOf(StoreUnavailable);
      expect(calls).toHaveLength(1);
    },
  );

  test.each([
    [5n, 5],
    ['no_stream', 'no_stream'],
  ] as const)('that is refused at %s says so at once', async (current, actual) => {
    const refusal = new WrongExpectedVersionError(null as never, { streamName: 'a-1', current, expected: 3n });
    const { appender, calls } = scripted(refusal);
    const attempt = appender.append('a-1', events('A'), 3, DEADLINE);
    await expect(attempt).rejects.toMatchObject({ name: 'WrongExpectedRevision', stream: 'a-1', expected: 3, actual });
    expect(calls).toHaveLength(1);
  });

  test('of more than the server takes at once is a RangeError', async () => {
    const { appender } = scripted(MaxAppendSizeExceededError.fromMaxAppendSize(1_048_576));
    await expect(appender.append('a-1', events('A'), 3, DEADLINE)).rejects.toThrow(RangeError);
  });

  test('never has more than so many under way, and one that was given up is still under way', async () => {
    const answers: ((result: AppendResult) => void)[] = [];
    const clients = new FakeClients({ append: () => new Promise((resolve) => answers.push(resolve)) });
    const appender = new Appender(clients.connect);
    const append = (deadline: number) => appender.append('a-1', events('A'), 'no_stream', deadline);
    const frozen = await Promise.allSettled(Array.from({ length: UNDER_WAY + 5 }, () => append(20)));
    for (const outcome of frozen) expect(outcome).toMatchObject({ reason: { name: 'StoreUnavailable' } });
    expect(answers).toHaveLength(UNDER_WAY);

    const later = append(DEADLINE);
    await nextTurn();
    expect(answers).toHaveLength(UNDER_WAY);
    answers[0]!(written);
    // Those that nobody waits for any more are not sent.
    while (answers.length <= UNDER_WAY) await nextTurn();
    answers[UNDER_WAY]!(written);
    await expect(later).resolves.toMatchObject({ nextExpectedRevision: 0 });
    expect(answers).toHaveLength(UNDER_WAY + 1);
  });

  test('that is under way is waited for at the close', async () => {
    let answer: (result: AppendResult) => void = () => undefined;
    const clients = new FakeClients({ append: () => new Promise((resolve) => (answer = resolve)) });
    const appender = new Appender(clients.connect);
    const appending = appender.append('a-1', events('A'), 'no_stream', DEADLINE);
    await nextTurn();
    const closing = appender.close(DEADLINE);
    await nextTurn();
    expect(clients.disposed).toBe(0);
    answer(written);
    await closing;
    expect(clients.disposed).toBe(1);
    await appending;
  });
});

test('an append that is alone is made on this thread, one beside it on that of the appender', async () => {
  let answer: ((result: AppendResult) => void) | undefined;
  const streams: string[] = [];
  const clients = new FakeClients({
    append: (stream) => {
      streams.push(stream);
      return new Promise((resolve) => (answer = resolve));
    },
  });
  // The thread makes a client of its own, which nobody answers.
  const store = new EventStoreDBEventStore('esdb://127.0.0.1:1?tls=false', clients);
  const alone = store.append('a-1', events('A'), 'no_stream');
  await expect(store.append('a-2', events('A'), 'no_stream')).rejects.toBeInstanceOf(StoreUnavailable);
  answer!(written);
  await alone;
  const next = store.append('a-3', events('A'), 'no_stream');
  await nextTurn();
  answer!(written);
  await next;
  expect(streams).toEqual(['a-1', 'a-3']);
  await store.close();
});
