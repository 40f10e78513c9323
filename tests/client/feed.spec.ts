import { describe, expect, jest, test } from '@jest/globals';
import type { FeedStep, MithaqClient } from '@mithaq/client';
import fc from 'fast-check';
import { share } from '../support/arbitraries.js';
import { runs } from '../support/runs.js';
import { type Asked, clientOf, lines, problem } from './fake-ledger.js';

const bytes = (...messages: object[]) =>
  new TextEncoder().encode(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
const event = (position: number) => ({ specversion: '1.0', position: String(position), title: 'اتفاق 📜' });
const said = (feed: string, position: number) => ({ feed, position: String(position) });

/** What the feed tells after a position, of a ledger that ends there, to a filter that every third event matches. */
function told(after: number, end: number): Uint8Array {
  const positions = Array.from({ length: Math.max(0, end - after) }, (_, n) => after + n + 1);
  const events = positions.filter((position) => position % 3 === 0).map(event);
  return bytes(said('opened', after), ...events, said('caught-up', end), said('heartbeat', end));
}

const afterOf = ({ url }: Asked) => Number(url.searchParams.get('after'));

/** Steps until the feed ends, or one is at a position. */
async function steps(client: MithaqClient, end = Infinity, signal?: AbortSignal): Promise<FeedStep[]> {
  const all: FeedStep[] = [];
  for await (const step of client.events({ category: ['visit', 'source'] }, signal && { signal })) {
    all.push(step);
    if (Number(step.position) >= end && step.caughtUp) break;
  }
  return all;
}
const positionsOf = (all: readonly FeedStep[]) => all.flatMap(({ event: e }) => (e ? Number(e.position) : []));

describe('the feed', () => {
  test('gives every event once and in order, wherever it is cut off and into whatever chunks', async () => {
    const connection = fc.record({
      /** Where it is cut off, of all that it would tell. */
      share,
      chunk: fc.integer({ min: 1, max: 40 }),
      end: fc.constantFrom('cut', 'close', 'dropped', 'away', 'refused'),
    });
    const LAST = 20;
    await fc.assert(
      fc.asyncProperty(fc.array(connection, { maxLength: 8 }), async (connections) => {
        const { client, asked } = clientOf((now, n) => {
          const { share, chunk, end } = connections[n - 1] ?? { share: 1, chunk: 7, end: 'close' };
          if (end === 'away') throw new TypeError('fetch failed');
          if (end === 'refused') return problem(503);
          const all = told(afterOf(now), LAST);
          const some = all.slice(0, Math.round(share * all.length));
          const parts = Array.from({ length: Math.ceil(some.length / chunk) }, (_, i) =>
            some.slice(i * chunk, (i + 1) * chunk),
          );
          const whole = some.at(-1) === 10 || some.length === 0;
          if (end === 'dropped' && whole) parts.push(bytes({ feed: 'dropped', code: 'closing', reason: 'x' }));
          return lines(parts, end === 'cut');
        });
        const all = await steps(client, LAST);
        expect(positionsOf(all)).toEqual([3, 6, 9, 12, 15, 18]);
        expect(all.flatMap(({ event: e }) => (e as { title?: string } | null)?.title ?? [])).toEqual(
          Array(6).fill('اتفاق 📜'),
        );
        expect(new Set(asked.map(({ url }) => url.searchParams.get('category')))).toEqual(new Set(['visit,source']));
      }),
      runs(200),
    );
  });

  test('goes on after what a heartbeat told, and an end that was cut off is told again', async () => {
    const { client, asked } = clientOf((_, n) =>
      n === 1
        ? lines([bytes(said('opened', 0), said('caught-up', 4), said('heartbeat', 7)), bytes(event(9)).slice(0, -1)])
        : lines([bytes(event(9), said('caught-up', 9))]),
    );
    expect(await steps(client, 9)).toMatchObject([
      { position: '4', event: null, caughtUp: true },
      { position: '7', event: null, caughtUp: true },
      { position: '9', event: { position: '9' }, caughtUp: false },
      { position: '9', event: null, caughtUp: true },
    ]);
    expect(asked.map(afterOf)).toEqual([0, 7]);
  });

  test('waits longer after each failure in a row, which an event ends and a catching up does not', async () => {
    const answers = [
      () => problem(503, {}, { 'retry-after': '1' }),
      () => lines([bytes(said('opened', 0), said('caught-up', 0))], true),
      () => lines([bytes(event(1))]),
      () => lines([bytes(event(2), said('caught-up', 2))]),
    ];
    const { client, waits } = clientOf((_, n) => answers[n - 1]!(), { firstWaitMs: 100 });
    await steps(client, 2);
    expect(waits).toEqual([1000 + 50, 100, 50]);
  });

  test('tells what it waits out', async () => {
    const failures: unknown[] = [];
    const dropped = bytes({ feed: 'dropped', code: 'too-slow', reason: 'Nothing was taken' });
    const answers = [() => lines([dropped]), () => lines([told(0, 3)])];
    const onRetry = (error: unknown) => void failures.push(error);
    const { client } = clientOf((_, n) => answers[n - 1]!(), { onRetry });
    await steps(client, 3);
    expect(failures.map(String)).toEqual(['Error: The feed ended: too-slow, Nothing was taken']);
  });

  test.each([400, 404, 422, 500])('ends with a problem that waiting does not mend: %d', async (status) => {
    const { client, asked } = clientOf((_, n) => (n === 1 ? lines([told(0, 3)]) : problem(status)));
    await expect(steps(client)).rejects.toMatchObject({ status });
    expect(asked.map(afterOf)).toEqual([0, 3]);
  });

  test('ends by the signal, whatever else was sent, and closes its connection', async () => {
    const caller = new AbortController();
    const { client, asked } = clientOf(() => lines([told(0, 30)]));
    const all: FeedStep[] = [];
    for await (const step of client.events({}, { signal: caller.signal })) {
      all.push(step);
      if (all.length === 2) caller.abort();
    }
    expect(positionsOf(all)).toEqual([3, 6]);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  test('ends by the signal while it waits to connect again', async () => {
    const caller = new AbortController();
    const { client, asked } = clientOf(() => problem(503), { onRetry: () => caller.abort() });
    expect(await steps(client, Infinity, caller.signal)).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  test('closes its connection when nobody takes more', async () => {
    const { client, asked } = clientOf(() => lines([told(0, 30)]));
    for await (const _ of client.events()) break;
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  test('connects again where nothing comes for too long, but not while the one who follows takes long', async () => {
    jest.useFakeTimers();
    try {
      const silent = ({ signal }: Asked) => {
        const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
          controller.enqueue(bytes(event(1)));
          signal.addEventListener('abort', () => controller.error(signal.reason));
        };
        return new Response(new ReadableStream({ start }));
      };
      const { client, asked } = clientOf((now, n) => (n === 1 ? silent(now) : lines([bytes(event(2))])), {
        silenceMs: 1000,
      });
      const feed = client.events();
      expect((await feed.next()).value).toMatchObject({ position: '1' });
      await jest.advanceTimersByTimeAsync(5000);
      expect(asked).toHaveLength(1);
      const next = feed.next();
      await jest.advanceTimersByTimeAsync(999);
      expect(asked).toHaveLength(1);
      await jest.advanceTimersByTimeAsync(1);
      expect((await next).value).toMatchObject({ position: '2' });
      expect(asked.map(afterOf)).toEqual([0, 1]);
      await feed.return();
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});
