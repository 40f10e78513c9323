import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve as absolutePath } from 'node:path';
import { checkAppend } from '../checks.js';
import {
  type AppendResult,
  type EventData,
  type EventStore,
  type ExpectedRevision,
  StoreLocked,
  WrongExpectedRevision,
} from '../event-store.js';
import { EmbeddedEventFeed } from './embedded-event-feed.js';
import { EventReader } from './event-reader.js';
import { EmbeddedPersistentSubscriptions } from './groups/embedded-persistent-subscriptions.js';
import { toToken } from './position.js';
import { acceptLedgerOrEmpty, createSchemaIfEmpty } from './schema.js';
import { lockExclusively, openDatabase } from './sqlite.js';
import { WRITER_WORKER, WriterThread } from './writer-thread.js';
import type { SerializedEvent } from './writer.js';

export interface EmbeddedEventStoreOptions {
  /** The thread's script; tests bring one whose writer fails. */
  readonly writerWorker?: URL;
}

/** The event store that needs no server: one SQLite file, read on this thread, written by one thread of its own. */
export class EmbeddedEventStore extends EmbeddedEventFeed implements EventStore {
  /** Its file is locked. */
  readonly shared = false;
  readonly persistentSubscriptions: EmbeddedPersistentSubscriptions;
  #closing: Promise<void> | undefined;

  private constructor(
    path: string,
    reader: EventReader,
    private readonly writer: WriterThread,
    private readonly release: () => void,
    private readonly listeners: Set<() => void>,
  ) {
    super(reader);
    this.persistentSubscriptions = new EmbeddedPersistentSubscriptions(`${path}.groups`, reader);
    listeners.add(() => this.wake());
    listeners.add(() => this.persistentSubscriptions.wake());
  }

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
      const listeners = new Set<() => void>();
      const writer = await WriterThread.start(file, options.writerWorker ?? WRITER_WORKER, () => {
        for (const listener of listeners) listener();
      });
      return new EmbeddedEventStore(file, reader, writer, release, listeners);
    } catch (error) {
      reader?.close();
      release();
      throw error;
    }
  }

  onCommit(listener: () => void): void {
    this.listeners.add(listener);
  }

  async append(stream: string, events: readonly EventData[], expected: ExpectedRevision): Promise<AppendResult> {
    checkAppend(stream, events, expected);
    const outcome = await this.writer.append({ stream, expected, events: events.map(serialize) });
    if ('actual' in outcome) throw new WrongExpectedRevision(stream, expected, outcome.actual);
    return { nextExpectedRevision: outcome.revision, position: toToken(outcome.position) };
  }

  checkHealth(): Promise<void> {
    return new Promise((resolve) => {
      if (this.writer.failure) throw this.writer.failure;
      this.reader.head();
      resolve();
    });
  }

  override close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    this.persistentSubscriptions.close();
    const written = this.writer.close();
    // Before the writer ends, so that it is the last to close the file and its checkpoint leaves no WAL behind.
    await super.close();
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
