import { createHash, randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { copyLedger, type CopyProgress, CopyRefused, LedgersDiffer } from '../../src/event-store/copy-ledger.js';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import {
  type EventData,
  type EventStore,
  type StoredEvent,
  StoreUnavailable,
} from '../../src/event-store/event-store.js';
import { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import { NoCanonicalForm } from '../../src/event-store/fingerprint.js';
import { canonicalJson } from '../../src/domain/values/canonical-json.js';
import { LEDGER_STREAMS } from '../../src/domain/event.js';
import { all, events } from '../contract/event-store.contract.js';
import { knownIn, ledgerIn, recordDossier } from '../support/copies.js';
import { Corner } from '../support/corner.js';
import { temporaryLedgers } from './temporary-ledger.js';

const stores: EventStore[] = [];
// Said before `temporaryLedgers`, whose own hook takes the directories away: they run in this order.
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});
const newPath = temporaryLedgers();

async function open(path = newPath()): Promise<EventStore> {
  const store = await EmbeddedEventStore.open(path);
  stores.push(store);
  return store;
}

/** Appends to one stream, each event by itself or all at once. */
async function write(store: EventStore, stream: string, ...types: string[]): Promise<void> {
  let revision = (await all(store.readAll({ streamPrefixes: [stream] }))).length - 1;
  for (const event of events(...types)) {
    await store.append(stream, [event], revision < 0 ? 'no_stream' : revision);
    revision += 1;
  }
}

/** Streams that take turns, with foreign ones among them and first. */
async function mixed(store: EventStore): Promise<void> {
  await write(store, 'foreign-1', 'X', 'Y');
  await write(store, 'visit-1', 'A', 'B', 'C');
  await write(store, 'source-1', 'D');
  await write(store, 'foreign-2', 'Z');
  await write(store, 'visit-1', 'E');
  await write(store, 'visitors-1', 'not the ledger’s either');
  await write(store, 'relationship-MAR-PAK', 'F', 'G');
  await write(store, 'visit-1', 'H');
}
const MIXED = 8;

const copy = (from: EventStore, to: EventStore, onProgress?: (progress: CopyProgress) => void) =>
  copyLedger(from, to, { streamPrefixes: LEDGER_STREAMS, ...(onProgress && { onProgress }) });

/** The store, with an append of its own. */
const withAppend = (store: EventStore, append: EventStore['append']): EventStore =>
  new Proxy(store, {
    get: (target, name): unknown => {
      const own: unknown = name === 'append' ? append : Reflect.get(target, name);
      return typeof own === 'function' ? (own.bind(target) as unknown) : own;
    },
  });

/** A store that goes away after so many appends; the last of them is written, and its answer lost. */
function failingAfter(store: EventStore, appends: number): EventStore {
  let left = appends;
  return withAppend(store, async (...args) => {
    if (left > 0) await store.append(...args);
    left -= 1;
    if (left <= 0) throw new StoreUnavailable('gone');
    return { nextExpectedRevision: 0, position: '0' };
  });
}

describe('a copy', () => {
  test('holds the ledger event by event, in its order and without gaps, and nothing foreign', async () => {
    const [from, to] = [await open(), await open()];
    await mixed(from);
    expect(await copy(from, to)).toMatchObject({ events: MIXED, copied: MIXED });
    expect(await ledgerIn(to)).toEqual(await ledgerIn(from));
    const written = await all(to.readAll());
    expect(written.map(({ position }) => position)).toEqual(written.map((_, i) => String(i + 1)));
    expect(written).toHaveLength(MIXED);
  });

  test('goes beside foreign streams that the target has', async () => {
    const [from, to] = [await open(), await open()];
    await mixed(from);
    await write(to, 'foreign-9', 'X');
    expect(await copy(from, to)).toMatchObject({ events: MIXED, copied: MIXED });
    expect(await ledgerIn(to)).toEqual(await ledgerIn(from));
  });

  test('of data and metadata keeps them as they are, the order of their keys too', async () => {
    const [from, to] = [await open(), await open()];
    const data = { z: [1, null, { ع: '\u2028 "' }], a: -1.5e-7 };
    const metadata = { recordedAt: '2020-01-01T00:00:00.000Z', $correlationId: 'c', $causationId: 'd' };
    await from.append('visit-1', [{ id: randomUUID(), type: 'A', data, metadata }], 'no_stream');
    await copy(from, to);
    const [event] = await all(to.readAll());
    expect(JSON.stringify([event?.data, event?.metadata])).toBe(JSON.stringify([data, metadata]));
  });

  test('made again appends nothing, and goes on with what came since', async () => {
    const [from, to] = [await open(), await open()];
    await mixed(from);
    const first = await copy(from, to);
    expect(await copy(from, to)).toEqual({ ...first, copied: 0 });
    await write(from, 'party-SCG', 'I');
    expect(await copy(from, to)).toMatchObject({ events: MIXED + 1, copied: 1 });
    expect(await ledgerIn(to)).toEqual(await ledgerIn(from));
  });

  test('of an empty ledger is empty', async () => {
    const sha256 = createHash('sha256').digest('hex');
    expect(await copy(await open(), await open())).toEqual({ events: 0, copied: 0, sha256 });
  });

  test('takes in what the source is given meanwhile', async () => {
    const [from, to] = [await open(), await open()];
    await mixed(from);
    let given = false;
    const busy = withAppend(to, async (...args) => {
      if (!given) await write(from, 'visit-2', 'late');
      given = true;
      return to.append(...args);
    });
    expect(await copy(from, busy)).toMatchObject({ events: MIXED + 1, copied: MIXED + 1 });
    expect(await ledgerIn(to)).toEqual(await ledgerIn(from));
  });

  test('appends long runs of a stream together, but never too much at once', async () => {
    const [from, to] = [await open(), await open()];
    const large = (n: number): EventData[] =>
      events(...Array.from({ length: n }, () => 'L')).map((e) => ({ ...e, data: { text: 'ش'.repeat(30_000) } }));
    await from.append('visit-1', events(...Array.from({ length: 300 }, () => 'A')), 'no_stream');
    await from.append('visit-2', large(10), 'no_stream');
    const sizes: [string, number][] = [];
    const noted = withAppend(to, (stream, list, expected) => {
      sizes.push([stream, list.length]);
      return to.append(stream, list, expected);
    });
    await copy(from, noted);
    expect(sizes).toEqual([
      ['visit-1', 128],
      ['visit-1', 128],
      ['visit-1', 44],
      ['visit-2', 4],
      ['visit-2', 4],
      ['visit-2', 2],
    ]);
    expect(await ledgerIn(to)).toEqual(await ledgerIn(from));
  });

  test('tells how far it is', async () => {
    const [from, to] = [await open(), await open()];
    await mixed(from);
    const told: CopyProgress[] = [];
    await copy(from, to, (progress) => told.push(progress));
    const of = (phase: CopyProgress['phase']) => told.filter((p) => p.phase === phase).map((p) => p.events);
    expect(of('check')).toEqual([]);
    expect(of('copy')).toEqual([3, 4, 5, 7, 8]);
    expect(of('verify')).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('is told by a hash that anyone can compute', async () => {
    const [from, to] = [await open(), await open()];
    await mixed(from);
    const { sha256 } = await copy(from, to);
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    const prints = (await ledgerIn(to)).map((e) =>
      sha(canonicalJson([e.stream, e.revision, e.id, e.type, e.data, e.metadata])),
    );
    expect(sha256).toBe(sha(prints.map((print) => `${print}\n`).join('')));
  });
});

describe('a copy that was interrupted', () => {
  test.each([1, 2, 3, 4])('after %i appends goes on from there', async (appends) => {
    const [from, to] = [await open(), await open()];
    await mixed(from);
    await expect(copy(from, failingAfter(to, appends))).rejects.toBeInstanceOf(StoreUnavailable);
    const left = await ledgerIn(to);
    expect(left.length).toBeGreaterThan(0);
    expect(left).toEqual((await ledgerIn(from)).slice(0, left.length));
    expect(await copy(from, to)).toMatchObject({ events: MIXED, copied: MIXED - left.length });
    expect(await ledgerIn(to)).toEqual(await ledgerIn(from));
  });
});

describe('a target that is no copy', () => {
  /** Copies, is refused, and finds the target as it was. */
  async function refused(from: EventStore, to: EventStore): Promise<string> {
    const before = await all(to.readAll());
    const error = await copy(from, to).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(CopyRefused);
    expect(await all(to.readAll())).toEqual(before);
    return (error as Error).message;
  }
  const stored = async (store: EventStore): Promise<StoredEvent[]> => all(store.readAll());
  const put = (store: EventStore, { stream, revision, id, type, data, metadata }: StoredEvent) =>
    store.append(stream, [{ id, type, data, metadata }], revision === 0 ? 'no_stream' : revision - 1);

  test('but has another history is refused and left as it is', async () => {
    const [from, to] = [await open(), await open()];
    await mixed(from);
    await write(to, 'visit-1', 'A');
    expect(await refused(from, to)).toMatch(
      /^Nothing was copied.*differ at position 1: A .* in the source, A .*target$/,
    );
  });

  test('or the same events in another order', async () => {
    const [from, to] = [await open(), await open()];
    await write(from, 'visit-1', 'A');
    await write(from, 'visit-2', 'B');
    for (const event of (await stored(from)).reverse()) await put(to, event);
    expect(await refused(from, to)).toContain('position 1');
  });

  test('or has more than the source', async () => {
    const [from, to] = [await open(), await open()];
    await mixed(from);
    await copy(from, to);
    await write(to, 'visit-7', 'M');
    expect(await refused(from, to)).toMatch(/position 9: the source ends before it, the target holds M .*visit-7/);
  });

  test('or has one event with other metadata', async () => {
    const [from, to] = [await open(), await open()];
    await write(from, 'visit-1', 'A', 'B', 'C');
    const [a, b] = await stored(from);
    await put(to, a!);
    await put(to, { ...b!, metadata: { ...b!.metadata, recordedAt: '1999-01-01T00:00:00.000Z' } });
    expect(await refused(from, to)).toMatch(/position 2: B .* says something else/);
  });

  test('since it holds a later revision of a stream', async () => {
    const [from, to] = [await open(), await open()];
    await write(from, 'visit-1', 'A');
    // Written by another process, after the check.
    let theirs = false;
    const shared = withAppend(to, async (...args) => {
      if (!theirs) await write(to, 'visit-1', 'theirs');
      theirs = true;
      return to.append(...args);
    });
    await expect(copy(from, shared)).rejects.toThrow(/Position 1, A .* can't be copied: .*expected revision no_stream/);
  });
});

describe('the verification', () => {
  test('finds an event that the target has changed', async () => {
    const [from, to] = [await open(), await open()];
    await mixed(from);
    const changing = withAppend(to, (stream, list, expected) =>
      to.append(
        stream,
        list.map((e) => (e.type === 'D' ? { ...e, metadata: { ...e.metadata, actor: 'someone else' } } : e)),
        expected,
      ),
    );
    const error = await copy(from, changing).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(LedgersDiffer);
    expect(error).toMatchObject({ position: 4, message: expect.stringContaining('D ') as unknown });
  });

  test('finds what the target has lost', async () => {
    const [from, to] = [await open(), await open()];
    await mixed(from);
    const losing = withAppend(to, () => Promise.resolve({ nextExpectedRevision: 0, position: '1' }));
    await expect(copy(from, losing)).rejects.toMatchObject({ name: 'LedgersDiffer', position: 1 });
  });

  test('is refused for what has no canonical form, before it is copied', async () => {
    const [from, to] = [await open(), await open()];
    const [event] = events('A') as [EventData];
    await from.append('visit-1', [{ ...event, data: { n: 2 ** 53 } }], 'no_stream');
    await expect(copy(from, to)).rejects.toBeInstanceOf(NoCanonicalForm);
    expect(await all(to.readAll())).toEqual([]);
  });
});

/** By position and by time: before all, between, at an event, after all. */
const POINTS = ['0', '1', '10', '20', '31', '2026-11-23T10:09:30Z', '2026-11-23T10:20:00.000Z', '2026-11-24T00:00:00Z'];

describe('the dossier', () => {
  test('answers the same at every position and time after the move', async () => {
    const [path, copied] = [newPath(), newPath()];
    const before = await EmbeddedEventStore.open(path);
    await write(before, 'foreign-1', 'X', 'Y');
    await before.close();
    await recordDossier(path);
    const [from, to] = [await open(path), await open(copied)];
    expect(await copy(from, to)).toMatchObject({ events: 31, copied: 31 });
    const known = await knownIn(from, dirname(path), POINTS);
    expect(await knownIn(to, dirname(copied), POINTS)).toEqual(known);
    expect(new Set(known.map((answer) => JSON.stringify(answer))).size).toBeGreaterThan(4);
  });
});

const connectionString = process.env['MITHAQ_TEST_ESDB'];

(connectionString === undefined ? describe.skip : describe)('on EventStoreDB (MITHAQ_TEST_ESDB)', () => {
  /** A part of the node for one test: it is shared, and may hold a ledger. */
  const corner = () => {
    const store = new EventStoreDBEventStore(connectionString!);
    stores.push(store);
    return new Corner(store, `copy${randomUUID()}-`);
  };

  test('the dossier goes there and back, and knows the same at every point', async () => {
    const [path, returned] = [newPath(), newPath()];
    await recordDossier(path);
    const [from, node, back] = [await open(path), corner(), await open(returned)];
    const there = await copy(from, node);
    expect(there).toMatchObject({ events: 31, copied: 31 });
    expect(await copy(node, back)).toEqual(there);
    expect(await ledgerIn(node)).toEqual(await ledgerIn(from));
    expect(await ledgerIn(back)).toEqual(await ledgerIn(from));
    const known = await knownIn(from, dirname(path), POINTS);
    // With the views of the store before, as they stay where they are when a ledger is moved.
    expect(await knownIn(node, dirname(path), POINTS)).toEqual(known);
    expect(await knownIn(back, dirname(path), POINTS)).toEqual(known);
  });

  test('it goes on after an interruption', async () => {
    const [from, node] = [await open(), corner()];
    await mixed(from);
    await expect(copy(from, failingAfter(node, 3))).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await copy(from, node)).toMatchObject({ events: MIXED, copied: MIXED - 5 });
    expect(await ledgerIn(node)).toEqual(await ledgerIn(from));
  });

  test('another history is refused', async () => {
    const [from, node] = [await open(), corner()];
    await mixed(from);
    await write(node, 'visit-1', 'A');
    const before = await ledgerIn(node);
    await expect(copy(from, node)).rejects.toBeInstanceOf(CopyRefused);
    expect(await ledgerIn(node)).toEqual(before);
  });
});
