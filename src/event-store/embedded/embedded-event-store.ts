import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve as absolutePath } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkAppend, checkMaxCount, checkRevision, isName } from '../checks.js';
import {
  type AppendResult,
  type EventData,
  type EventStore,
  type ExpectedRevision,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  StoreLocked,
  StoreUnavailable,
  StreamNotFound,
  type SubscribeOptions,
  type Subscription,
  WrongExpectedRevision,
} from '../event-store.js';
import { CatchUpSubscription } from './catch-up-subscription.js';
import { EventReader, PAGE } from './event-reader.js';
import { fromToken, toToken } from './position.js';
import { acceptLedgerOrEmpty, createSchemaIfEmpty } from './schema.js';
import { lockExclusively, openDatabase } from './sqlite.js';
import { WRITER_WORKER, WriterThread } from './writer-thread.js';
import type { SerializedEvent } from './writer.js';

export interface EmbeddedEventStoreOptions {
  /** The thread's script; tests bring one whose writer fails. */
  readonly writerWorker?: URL;
}

/** The event store that needs no server: one SQLite file, read on this thread, written by one thread of its own. */
export class EmbeddedEventStore implements EventStore {
  /** Its file is locked. */
  readonly shared = false;
  #closing: Promise<void> | undefined;

  private constructor(
    private readonly reader: EventReader,
    private readonly writer: WriterThread,
    private readonly release: () => void,
    private readonly subscriptions: Set<CatchUpSubscription>,
  ) {}

  /**
   * Opens the ledger at `path`, and creates it if there is no such file.
   * @throws StoreLocked, if it is open elsewhere; UnsupportedLedgerFile, if it is something else.
   */
  static async open(path: string, options: EmbeddedEventStoreOptions = {}): Promise<EmbeddedEventStore> {
    const file = canonicalPath(path);
    // Locked beside the file, not in it: readers, and SQLite's own locks, are not concerned.
    const release = lockExclusively(`${file}.lock`);
    if (!release) throw new StoreLocked(`${file} is open for writing elsewhere, in another process or in this one`);

    let reader: EventReader | undefined;
    try {
      const db = openDatabase(file, { accept: acceptLedgerOrEmpty });
      try {
        createSchemaIfEmpty(db);
      } finally {
        db.close();
      }
      reader = new EventReader(file);
      const subscriptions = new Set<CatchUpSubscription>();
      const writer = await WriterThread.start(file, options.writerWorker ?? WRITER_WORKER, () => {
        for (const subscription of subscriptions) subscription.wake();
      });
      return new EmbeddedEventStore(reader, writer, release, subscriptions);
    } catch (error) {
      reader?.close();
      release();
      throw error;
    }
  }

  async append(stream: string, events: readonly EventData[], expected: ExpectedRevision): Promise<AppendResult> {
    checkAppend(stream, events, expected);
    const outcome = await this.writer.append({ stream, expected, events: events.map(serialize) });
    if ('actual' in outcome) throw new WrongExpectedRevision(stream, expected, outcome.actual);
    return { nextExpectedRevision: outcome.revision, position: toToken(outcome.position) };
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<StoredEvent, void, undefined> {
    const backwards = options.direction === 'backwards';
    let next = options.fromRevision ?? (backwards ? Number.MAX_SAFE_INTEGER : 0);
    checkRevision(next);
    let left = checkMaxCount(options.maxCount);
    if (!isName(stream) || !this.reader.hasStream(stream)) throw new StreamNotFound(stream);
    while (left > 0 && next >= 0) {
      const count = Math.min(left, PAGE);
      const page = backwards
        ? this.reader.streamBackwards(stream, next, count)
        : this.reader.streamForwards(stream, next, count);
      yield* page;
      if (page.length < count) return;
      left -= count;
      next = page.at(-1)!.revision + (backwards ? -1 : 1);
      // Async iteration alone never leaves the microtask queue, and nothing else would get its turn.
      await nextTurn();
    }
  }

  /** Ends at what was the newest event when it began. */
  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<StoredEvent, void, undefined> {
    const from = options.fromPosition === undefined ? undefined : fromToken(options.fromPosition);
    let left = checkMaxCount(options.maxCount);
    const head = this.reader.head();
    const backwards = options.direction === 'backwards';
    let first = backwards ? 1 : (from ?? 1);
    let last = backwards && from !== undefined ? Math.min(from - 1, head) : head;
    while (left > 0 && first <= last) {
      // Without a filter each position is an event, so no more are read than are wanted.
      const width = options.streamPrefixes ? PAGE : Math.min(PAGE, left);
      const lower = backwards ? Math.max(first, last - width + 1) : first;
      const upper = backwards ? last : Math.min(last, first + width - 1);
      const page = this.reader.range(lower, upper, options.streamPrefixes);
      if (backwards) page.reverse();
      for (const event of page) {
        yield event;
        if (--left === 0) return;
      }
      if (backwards) last = lower - 1;
      else first = upper + 1;
      await nextTurn();
    }
  }

  subscribeToAll(options: SubscribeOptions = {}): Subscription {
    if (this.#closing) throw new StoreUnavailable('The event store is closed');
    const after = options.after === undefined ? 0 : fromToken(options.after);
    const subscription = new CatchUpSubscription(this.reader, after, options.streamPrefixes, (ended) =>
      this.subscriptions.delete(ended),
    );
    this.subscriptions.add(subscription);
    return subscription;
  }

  comparePositions(a: Position, b: Position): number {
    return fromToken(a) - fromToken(b);
  }

  checkHealth(): Promise<void> {
    return new Promise((resolve) => {
      if (this.writer.failure) throw this.writer.failure;
      this.reader.head();
      resolve();
    });
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    const written = this.writer.close();
    for (const subscription of this.subscriptions) await subscription.close();
    // Before the writer ends, so that it is the last to close the file and its checkpoint leaves no WAL behind.
    this.reader.close();
    await written;
    this.release();
  }
}

/** One file has one lock, by whatever path it is reached. */
function canonicalPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const absolute = absolutePath(path);
  return join(realpathSync(dirname(absolute)), basename(absolute));
}

function serialize({ id, type, data, metadata }: EventData): SerializedEvent {
  return { id, type, data: JSON.stringify(data), metadata: JSON.stringify(metadata) };
}
