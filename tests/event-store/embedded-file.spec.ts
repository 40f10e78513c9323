import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { UnsupportedLedgerFile } from '../../src/event-store/embedded/schema.js';
import { openDatabase } from '../../src/event-store/embedded/sqlite.js';
import {
  type EventData,
  InvalidPosition,
  StoreLocked,
  StoreUnavailable,
  StreamNotFound,
  WrongExpectedRevision,
} from '../../src/event-store/event-store.js';
import { all, events } from '../contract/event-store.contract.js';
import { linesOf, startChild } from './child-process.js';
import { temporaryLedgers } from './temporary-ledger.js';

const newPath = temporaryLedgers();

describe('the lock of a ledger', () => {
  test('lets no second one in, by whatever path, until the first has closed', async () => {
    const path = newPath();
    const store = await EmbeddedEventStore.open(path);
    const link = join(dirname(path), 'link.db');
    symlinkSync(path, link);
    for (const way of [path, link]) {
      const second = EmbeddedEventStore.open(way);
      await expect(second).rejects.toBeInstanceOf(StoreLocked);
      await expect(second).rejects.toThrow(path);
    }
    await store.append('a-1', events('A'), 'no_stream');
    await store.close();
    const next = await EmbeddedEventStore.open(path);
    expect(await all(next.readAll())).toHaveLength(1);
    await next.close();
  });

  test('keeps another process out; which, when it may, opens, closes and ends by itself', async () => {
    const path = newPath();
    const store = await EmbeddedEventStore.open(path);
    const refused = await linesOf(startChild('open', [path]));
    expect(refused.lines).toEqual([expect.stringMatching(`^StoreLocked: ${path} is open for writing elsewhere`)]);
    await store.close();
    const welcome = await linesOf(startChild('open', [path]));
    expect(welcome).toEqual({ lines: ['closed, and the subscription ended'], code: 0, signal: null });
  });

  test('is released where opening fails', async () => {
    const path = newPath();
    const writerWorker = new URL('./children/no-such.worker.js', import.meta.url);
    await expect(EmbeddedEventStore.open(path, { writerWorker })).rejects.toBeInstanceOf(StoreUnavailable);
    await (await EmbeddedEventStore.open(path)).close();
  });
});

describe('a file that is not a ledger', () => {
  const refusal = async (path: string) => {
    const before = readFileSync(path);
    const attempt = EmbeddedEventStore.open(path);
    await expect(attempt).rejects.toBeInstanceOf(UnsupportedLedgerFile);
    expect(readFileSync(path).equals(before)).toBe(true);
    return attempt.catch((error: Error) => error.message);
  };

  test('is refused and left as it is', async () => {
    const text = newPath();
    writeFileSync(text, 'Once upon a time');
    expect(await refusal(text)).toBe(`${text} is not a SQLite file`);

    const foreign = newPath();
    const db = openDatabase(foreign);
    db.exec('CREATE TABLE theirs (a)');
    db.close();
    expect(await refusal(foreign)).toBe(`${foreign} is not a Mithaq ledger`);
  });

  test('or is one of another version, is refused too', async () => {
    const path = newPath();
    await (await EmbeddedEventStore.open(path)).close();
    const db = openDatabase(path);
    db.exec('PRAGMA user_version = 2');
    db.close();
    expect(await refusal(path)).toContain('schema version 2; this Mithaq reads version 1');
  });

  test('in a directory that does not exist can not be opened', async () => {
    await expect(EmbeddedEventStore.open(join(newPath(), 'none', 'ledger.db'))).rejects.toThrow('ENOENT');
  });
});

describe('positions', () => {
  test('count from 1 without gaps, whatever was refused in between', async () => {
    const store = await EmbeddedEventStore.open(newPath());
    await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) => store.append(`a-${i % 4}`, events('A', 'B'), i % 3 ? 'any' : i)),
    );
    const positions = (await all(store.readAll())).map(({ position }) => position);
    expect(positions.length).toBeGreaterThanOrEqual(80);
    expect(positions).toEqual(positions.map((_, i) => String(i + 1)));
    await store.close();
  });

  test.each(['', '0', '-1', '+1', '01', '1.0', '1e3', ' 1', '١', '9007199254740992', 'x'])(
    'are not spelled "%s"',
    async (token) => {
      const store = await EmbeddedEventStore.open(newPath());
      expect(() => store.comparePositions(token, '1')).toThrow(InvalidPosition);
      expect(() => store.subscribeToAll({ after: token })).toThrow(InvalidPosition);
      await expect(all(store.readAll({ fromPosition: token }))).rejects.toBeInstanceOf(InvalidPosition);
      await store.close();
    },
  );

  test('are numbers, not texts, where they are compared', async () => {
    const store = await EmbeddedEventStore.open(newPath());
    expect(store.comparePositions('10', '9')).toBeGreaterThan(0);
    await store.close();
  });

  test('that this file never gave are no place to go on from', async () => {
    const store = await EmbeddedEventStore.open(newPath());
    await store.append('a-1', events('A'), 'any');
    await expect(all(store.subscribeToAll({ after: '2' }))).rejects.toBeInstanceOf(InvalidPosition);
    await store.close();
  });
});

describe('an append', () => {
  test('of what would not come back the same is refused, and the store goes on', async () => {
    const store = await EmbeddedEventStore.open(newPath());
    const [event] = events('A') as [EventData];
    await expect(store.append('', [event], 'any')).rejects.toBeInstanceOf(RangeError);
    await expect(store.append('a\0b', [event], 'any')).rejects.toBeInstanceOf(RangeError);
    await expect(store.append('a-\ud800', [event], 'any')).rejects.toBeInstanceOf(RangeError);
    await expect(all(store.readStream('a\0b'))).rejects.toBeInstanceOf(StreamNotFound);
    await expect(store.append('a-1', [{ ...event, id: '1' }], 'any')).rejects.toBeInstanceOf(RangeError);
    await expect(store.append('a-1', [{ ...event, type: '' }], 'any')).rejects.toBeInstanceOf(RangeError);
    await expect(store.append('a-1', [{ ...event, type: 'a\0b' }], 'any')).rejects.toBeInstanceOf(RangeError);
    await expect(store.append('a-1', [event], -1)).rejects.toBeInstanceOf(RangeError);
    await expect(store.append('a-1', [event], 'any')).resolves.toMatchObject({ nextExpectedRevision: 0 });
    await store.close();
  });

  test('to any revision is refused where a later one of its events is there already', async () => {
    // EventStoreDB looks at the first only, and would write the second twice.
    const store = await EmbeddedEventStore.open(newPath());
    const [a, b] = events('A', 'B') as [EventData, EventData];
    await store.append('a-1', [b], 'no_stream');
    await expect(store.append('a-1', [a, b], 'any')).rejects.toEqual(new WrongExpectedRevision('a-1', 'any', 0));
    await store.close();
  });
});
