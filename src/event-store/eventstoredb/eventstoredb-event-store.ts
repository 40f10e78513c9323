import { BACKWARDS, END, FORWARDS, type ReadRevision, START, StreamNotFoundError } from '@eventstore/db-client';
import { checkAppend, checkMaxCount, checkRevision, isName } from '../checks.js';
import {
  type AppendResult,
  type EventData,
  type EventStore,
  type ExpectedRevision,
  InvalidPosition,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  StoreUnavailable,
  StreamNotFound,
  type SubscribeOptions,
  type Subscription,
} from '../event-store.js';
import { Appender } from './appender.js';
import { AppenderThread } from './appender-thread.js';
import { type Connect, connectTo, Connection, deadlineOf } from './connection.js';
import { readAllPages } from './all-pages.js';
import { PAGE, PageReader } from './page-reader.js';
import { EventStoreDBPersistentSubscriptions } from './persistent-subscriptions.js';
import { compare, fromToken } from './position.js';
import { ResumingSubscription } from './resuming-subscription.js';
import { toStoredEvent } from './stored-event.js';

export interface EventStoreDBOptions {
  /** Told why a subscription was dropped, each time before it goes on. */
  readonly onDrop?: (error: unknown) => void;
  /** How clients are made; tests bring some that fail. */
  readonly connect?: Connect;
}

const DEFAULT_DEADLINE = 10_000;

/**
 * The event store on EventStoreDB 23.10 or later (older ones do not say when a subscription has caught up), one node or
 * a cluster: addresses, TLS, credentials and the deadline of calls (`defaultDeadline`) stand in the connection string.
 * The user must be allowed to read `$all`.
 */
export class EventStoreDBEventStore implements EventStore {
  readonly shared = true;
  readonly persistentSubscriptions: EventStoreDBPersistentSubscriptions;
  readonly #connection: Connection;
  readonly #deadline: number;
  readonly #reader: PageReader;
  readonly #onDrop: (error: unknown) => void;
  readonly #subscriptions = new Set<ResumingSubscription>();
  readonly #appends = new Set<Promise<unknown>>();
  readonly #appender: AppenderThread;
  /** For one that is alone: the way to a thread and back takes longer than what it saves. */
  readonly #appenderHere: Appender;
  #closing: Promise<void> | undefined;

  /** Nothing is connected before it is needed. @throws InvalidConnectionString */
  constructor(connectionString: string, options: EventStoreDBOptions = {}) {
    this.#onDrop = options.onDrop ?? (() => undefined);
    this.#deadline = deadlineOf(connectionString) ?? DEFAULT_DEADLINE;
    this.#appender = new AppenderThread(connectionString);
    const connect = options.connect ?? connectTo(connectionString);
    this.#appenderHere = new Appender(connect);
    this.#connection = new Connection(connect);
    this.#reader = new PageReader(this.#connection, this.#deadline);
    this.persistentSubscriptions = new EventStoreDBPersistentSubscriptions(
      this.#connection,
      this.#reader,
      this.#deadline,
    );
  }

  async append(stream: string, events: readonly EventData[], expected: ExpectedRevision): Promise<AppendResult> {
    checkAppend(stream, events, expected);
    this.#refuseIfClosed();
    // Only one: of several that wait for room in a stream that breaks, the client would end the process.
    const appender = this.#appends.size === 0 ? this.#appenderHere : this.#appender;
    const appending = appender.append(stream, events, expected, this.#deadline);
    this.#appends.add(appending);
    try {
      return await appending;
    } finally {
      this.#appends.delete(appending);
    }
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<StoredEvent, void, undefined> {
    const backwards = options.direction === 'backwards';
    if (options.fromRevision !== undefined) checkRevision(options.fromRevision);
    let next: ReadRevision = backwards ? END : START;
    if (options.fromRevision !== undefined) next = BigInt(options.fromRevision);
    let left = checkMaxCount(options.maxCount);
    if (!isName(stream)) throw new StreamNotFound(stream);
    while (left > 0) {
      const count = Math.min(left, PAGE);
      const page = await this.#reader
        .page(`read of ${stream}`, (client) =>
          client.readStream(stream, {
            direction: backwards ? BACKWARDS : FORWARDS,
            fromRevision: next,
            maxCount: count,
          }),
        )
        .catch((error: unknown) => {
          throw error instanceof StreamNotFoundError ? new StreamNotFound(stream) : error;
        });
      yield* page.map(toStoredEvent);
      const last = page.at(-1);
      if (!last || page.length < count || (backwards && last.revision === 0n)) return;
      left -= count;
      next = last.revision + (backwards ? -1n : 1n);
    }
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<StoredEvent> {
    return readAllPages(this.#reader, options);
  }

  subscribeToAll(options: SubscribeOptions = {}): Subscription {
    this.#refuseIfClosed();
    const after = options.after === undefined ? undefined : fromToken(options.after);
    const subscription = new ResumingSubscription({
      connection: this.#connection,
      after,
      prefixes: options.streamPrefixes,
      deadline: this.#deadline,
      check: () => this.#checkPosition(options.after),
      onDrop: this.#onDrop,
      onEnd: (ended) => this.#subscriptions.delete(ended),
    });
    this.#subscriptions.add(subscription);
    return subscription;
  }

  comparePositions(a: Position, b: Position): number {
    return compare(fromToken(a), fromToken(b));
  }

  async checkHealth(): Promise<void> {
    await this.#reader.page(
      'read of the newest event',
      (client) => client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }),
      [],
    );
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#appends);
    for (const subscription of this.#subscriptions) await subscription.close();
    await this.persistentSubscriptions.close();
    this.#reader.close();
    await this.#appender.close(this.#deadline);
    await this.#appenderHere.close(this.#deadline);
    await this.#connection.dispose();
  }

  /** The server takes any position and is silent where it is none, as with the token of a ledger before its restore. */
  async #checkPosition(token: Position | undefined): Promise<void> {
    if (token === undefined) return;
    for await (const { position } of readAllPages(this.#reader, { fromPosition: token, maxCount: 1 })) {
      if (position === token) return;
    }
    throw new InvalidPosition(token);
  }

  #refuseIfClosed(): void {
    if (this.#closing) throw new StoreUnavailable('The event store is closed');
  }
}
