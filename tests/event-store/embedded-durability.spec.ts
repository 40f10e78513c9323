import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { MAX_WAITING } from '../../src/event-store/embedded/writer-thread.js';
import { openDatabase } from '../../src/event-store/embedded/sqlite.js';
import { type AppendRequest, type SerializedEvent, Writer } from '../../src/event-store/embedded/writer.js';
import { StoreUnavailable, WrongExpectedRevision } from '../../src/event-store/event-store.js';
import { all, events, next } from '../contract/event-store.contract.js';
import { linesOf, startChild } from './child-process.js';
import { temporaryLedgers } from './temporary-ledger.js';

const newPath = temporaryLedgers();
const faulty = { writerWorker: new URL('./children/faulty-writer.worker.js', import.meta.url) };

async function healthy(store: EmbeddedEventStore): Promise<void> {
  for (;;) {
    try {
      return await store.checkHealth();
    } catch {
      await nextTurn();
    }
  }
}

describe('a group of appends', () => {
  test('is one transaction: all that wait are written together', async () => {
    const path = newPath();
    const store = await EmbeddedEventStore.open(path, faulty);
    await Promise.all(Array.from({ length: 200 }, (_, i) => store.append(`a-${i}`, events('A'), 'no_stream')));
    expect(readFileSync(`${path}.groups`, 'utf8')).toBe('200\n');
    await store.close();
  });

  test('waits for its turn, but not in an endless crowd: one too many is refused, and the next goes on', async () => {
    const store = await EmbeddedEventStore.open(newPath());
    const crowd = Array.from({ length: MAX_WAITING }, (_, i) => store.append(`a-${i % 100}`, events('A'), 'any'));
    const oneTooMany = store.append('a-1', events('B'), 'any');
    await expect(oneTooMany).rejects.toBeInstanceOf(StoreUnavailable);
    await Promise.all(crowd);
    await store.checkHealth();
    await store.append('a-1', events('C'), 'any');
    const types = (await all(store.readStream('a-1'))).map(({ type }) => type);
    expect([types.includes('B'), types.at(-1)]).toEqual([false, 'C']);
    await store.close();
  });

  test('has its refused ones left out, and the others answered', async () => {
    const store = await EmbeddedEventStore.open(newPath());
    const answers = await Promise.allSettled([
      store.append('a-1', events('A'), 'no_stream'),
      store.append('a-1', events('X', 'Y'), 'no_stream'),
      store.append('a-1', events('B'), 0),
      store.append('a-2', events('X'), 5),
      store.append('a-2', events('C'), 'no_stream'),
    ]);
    expect(answers).toEqual([
      { status: 'fulfilled', value: { nextExpectedRevision: 0, position: '1' } },
      { status: 'rejected', reason: new WrongExpectedRevision('a-1', 'no_stream', 0) },
      { status: 'fulfilled', value: { nextExpectedRevision: 1, position: '2' } },
      { status: 'rejected', reason: new WrongExpectedRevision('a-2', 5, 'no_stream') },
      { status: 'fulfilled', value: { nextExpectedRevision: 0, position: '3' } },
    ]);
    await store.close();
  });

  test('is not there at all if writing it breaks off', async () => {
    const path = newPath();
    await (await EmbeddedEventStore.open(path)).close();
    const writer = new Writer(path);
    const request = (stream: string, event: Partial<SerializedEvent>): AppendRequest => ({
      stream,
      expected: 'no_stream',
      events: [{ id: stream, type: 'A', data: '{}', metadata: '{}', ...event }],
    });
    const unbindable = { data: true as unknown as string };
    expect(() => writer.write([request('a-1', {}), request('a-2', unbindable)])).toThrow(TypeError);
    writer.close();
    const store = await EmbeddedEventStore.open(path);
    expect(await all(store.readAll())).toEqual([]);
    await store.close();
  });
});

describe('closing', () => {
  test('finishes what was accepted, and accepts no more', async () => {
    const path = newPath();
    const store = await EmbeddedEventStore.open(path);
    const accepted = Array.from({ length: 50 }, (_, i) => store.append(`a-${i}`, events('A'), 'no_stream'));
    const closed = store.close();
    await expect(store.append('a-0', events('X'), 'any')).rejects.toBeInstanceOf(StoreUnavailable);
    await closed;
    await Promise.all(accepted);
    await expect(all(store.readAll())).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.checkHealth()).rejects.toBeInstanceOf(StoreUnavailable);
    await store.close();

    const again = await EmbeddedEventStore.open(path);
    expect(await all(again.readAll())).toHaveLength(50);
    await again.close();
  });

  test('ends subscriptions', async () => {
    const store = await EmbeddedEventStore.open(newPath());
    const waiting = all(store.subscribeToAll());
    await store.close();
    expect(await waiting).toEqual([{ kind: 'caught-up' }]);
  });
});

describe('a long read', () => {
  test('gives way to others between its pages', async () => {
    const store = await EmbeddedEventStore.open(newPath());
    await store.append('a-1', events(...Array<string>(1000).fill('A')), 'no_stream');
    let turns = 0;
    let counting = setImmediate(function count() {
      turns++;
      counting = setImmediate(count);
    });
    const turnsOf = async (read: () => Promise<unknown>) => {
      turns = 0;
      await read();
      return turns;
    };
    expect(await turnsOf(() => all(store.readStream('a-1')))).toBeGreaterThanOrEqual(3);
    expect(await turnsOf(() => all(store.readAll()))).toBeGreaterThanOrEqual(3);
    expect(await turnsOf(() => next(store.subscribeToAll()[Symbol.asyncIterator](), 1001))).toBeGreaterThanOrEqual(3);
    clearImmediate(counting);
    await store.close();
  });
});

describe('on the disk', () => {
  // A killed process proves nothing of this: what it wrote survives in the system's cache. So the calls are traced.
  const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
  const testTraced = canTrace ? test : test.skip;

  /** What a child does to the WAL, and what it says. */
  const trace = async (script: string, path: string) => {
    const tracer = ['strace', '-f', '-y', '-e', 'trace=write,pwrite64,pread64,fsync', '-o', `${path}.trace`];
    await linesOf(startChild(script, [path], tracer));
    const calls = readFileSync(`${path}.trace`, 'utf8').split('\n');
    return calls.flatMap((call) => {
      if (call.includes('"acknowledged')) return ['acknowledged'];
      if (!call.includes('ledger.db-wal>')) return [];
      return call.includes('fsync(') ? ['synced'] : call.includes('pread64(') ? ['read'] : ['written'];
    });
  };

  testTraced('is what is acknowledged: an fsync after the last write, then the answer', async () => {
    const steps = (await trace('acknowledge', newPath())).filter((step) => step !== 'read');
    const before = steps.flatMap((step, i) => (step === 'acknowledged' ? [steps.slice(i - 2, i)] : []));
    expect(before).toEqual(Array(3).fill(['written', 'synced']));
  });

  testTraced('is what a killed process left behind, before anyone reads it', async () => {
    const path = newPath();
    const child = startChild('load', [path]);
    await linesOf(child, (count) => count === 10 && child.kill('SIGKILL'));
    const steps = await trace('open', path);
    expect(steps[0]).toBe('synced');
    expect(steps).toContain('read');
  });
});

describe('a process that is killed while it writes', () => {
  test('has every acknowledged append in the file, whole and once, and its lock is free', async () => {
    const path = newPath();
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const child = startChild('load', [path]);
      const { lines, signal } = await linesOf(child, (count) => count === 200 && child.kill('SIGKILL'));
      expect(signal).toBe('SIGKILL');
      acknowledged.push(...lines);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(600);

    const store = await EmbeddedEventStore.open(path);
    const stored = await all(store.readAll());
    expect(stored.map(({ position }) => position)).toEqual(stored.map((_, i) => String(i + 1)));
    const found = new Map(stored.map((event) => [event.id, event]));
    expect(found.size).toBe(stored.length);
    for (const line of acknowledged) {
      const [stream, revision, first, second] = line.split(' ') as [string, string, string, string];
      expect(found.get(first)).toMatchObject({ stream, revision: Number(revision) - 1 });
      expect(found.get(second)).toMatchObject({ stream, revision: Number(revision) });
    }
    for (const stream of new Set(stored.map((event) => event.stream))) {
      expect((await all(store.readStream(stream))).length % 2).toBe(0);
    }
    await store.close();
  });
});

describe('a writer that fails', () => {
  test.each([
    ['before commit', 0],
    ['after commit', 2],
    ['exception', 2],
  ])('(%s) leaves its appends unknown; repeated, they are there once', async (fault, written) => {
    const path = newPath();
    const store = await EmbeddedEventStore.open(path, faulty);
    const live = store.subscribeToAll()[Symbol.asyncIterator]();
    expect(await next(live, 1)).toEqual(['caught-up']);
    writeFileSync(`${path}.fault`, fault);

    const appends = [
      { stream: 'a-1', batch: events('A') },
      { stream: 'a-2', batch: events('B') },
    ];
    const appendAll = () =>
      Promise.allSettled(appends.map(({ stream, batch }) => store.append(stream, batch, 'no_stream')));
    for (const answer of await appendAll()) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnavailable' } });
    }
    await expect(store.checkHealth()).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.append('a-3', events('C'), 'any')).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await all(store.readAll())).toHaveLength(written);

    await healthy(store);
    expect(await appendAll()).toEqual([
      { status: 'fulfilled', value: { nextExpectedRevision: 0, position: '1' } },
      { status: 'fulfilled', value: { nextExpectedRevision: 0, position: '2' } },
    ]);
    await store.append('a-1', events('D'), 0);
    expect(await next(live, 3)).toEqual(['A', 'B', 'D']);
    expect((await all(store.readAll())).map(({ position }) => position)).toEqual(['1', '2', '3']);
    await store.close();
  });

  test('stays down while the file can not be written, reads on, and comes back', async () => {
    const path = newPath();
    const store = await EmbeddedEventStore.open(path);
    await store.append('a-1', events('A'), 'no_stream');
    const intruder = openDatabase(path);
    intruder.exec('BEGIN IMMEDIATE');

    const batch = events('B');
    await expect(store.append('a-1', batch, 0)).rejects.toThrow('database is locked');
    await expect(store.checkHealth()).rejects.toThrow(`${path} can't be written`);
    await expect(store.append('a-1', batch, 0)).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await all(store.readAll())).toHaveLength(1);

    intruder.close();
    await healthy(store);
    expect(await store.append('a-1', batch, 0)).toEqual({ nextExpectedRevision: 1, position: '2' });
    await store.close();
  });

  test('can be closed while it is down, and frees the lock', async () => {
    const path = newPath();
    const store = await EmbeddedEventStore.open(path, faulty);
    writeFileSync(`${path}.fault`, 'before commit');
    const unknown = store.append('a-1', events('A'), 'no_stream');
    await expect(unknown).rejects.toBeInstanceOf(StoreUnavailable);
    await store.close();
    await (await EmbeddedEventStore.open(path)).close();
  });

  test('because the system writes no more says so, and has lost nothing it acknowledged', async () => {
    const path = newPath();
    // The limit is of 512-byte blocks: the file system refuses to let any file grow beyond 2 MB.
    const child = startChild('load', [path, '2000'], ['sh', '-c', 'ulimit -f 4096; exec "$@"', 'sh']);
    const { lines, code } = await linesOf(child);
    expect(code).toBe(0);
    expect(lines.pop()).toBe('StoreUnavailable');
    expect(lines.length).toBeGreaterThan(0);

    const store = await EmbeddedEventStore.open(path);
    const found = new Set((await all(store.readAll())).map(({ id }) => id));
    expect(lines.flatMap((line) => line.split(' ').slice(2)).filter((id) => !found.has(id))).toEqual([]);
    await store.append('a-1', events('A'), 'no_stream');
    await store.close();
  });
});
