import type { PersistentSubscriptions } from './persistent-subscriptions.js';

/**
 * The port to the event store, in EventStoreDB's own words, so that a reader of its documentation knows what each
 * means. Two adapters implement it and one contract suite (tests/contract) holds both to it.
 */

/** A JSON object as it is stored; key order is kept. */
export type JsonObject = { [key: string]: unknown };

/**
 * The store's own position of an event in `$all`: an opaque token that only the store which gave it can order.
 * The ledger's position (an ordinal without gaps) is another thing: each reader counts it, see `ledger-event.ts`.
 */
export type Position = string;

/**
 * What the writer believes the stream's last revision to be. A number is exact (revisions count from 0).
 * `any` gives up optimistic concurrency; the command handlers never use it.
 */
export type ExpectedRevision = number | 'no_stream' | 'stream_exists' | 'any';

/** An event to append. `id` is a lower-case UUID and the key of idempotency: appended again, nothing is written. */
export interface EventData {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/** An event as the store gives it back. */
export interface StoredEvent extends EventData {
  readonly stream: string;
  /** Number in its stream, from 0 without gaps. */
  readonly revision: number;
  readonly position: Position;
  /** When the store wrote it: RFC 3339, UTC. */
  readonly created: string;
}

export interface AppendResult {
  /** Revision of the last event of the append (of the first time, when the append was a repeat). */
  readonly nextExpectedRevision: number;
  /** Position of that event. */
  readonly position: Position;
}

export interface ReadStreamOptions {
  readonly direction?: 'forwards' | 'backwards';
  /** First revision to give, inclusive. Default: the start, or the end when backwards. */
  readonly fromRevision?: number;
  readonly maxCount?: number;
}

export interface AllFilter {
  /** Only streams whose name begins with one of these. */
  readonly streamPrefixes?: readonly string[];
}

export interface ReadAllOptions extends AllFilter {
  readonly direction?: 'forwards' | 'backwards';
  /** First position to give, inclusive when forwards, exclusive when backwards (as EventStoreDB does). */
  readonly fromPosition?: Position;
  readonly maxCount?: number;
}

export interface SubscribeOptions extends AllFilter {
  /** Give what comes after this position, exclusive. Default: from the start. */
  readonly after?: Position;
}

export type SubscriptionMessage =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  /** History is done, what follows is live. Said again if the subscription falls behind and catches up once more. */
  | { readonly kind: 'caught-up' };

/**
 * A catch-up subscription: history first, then live, no gap and no duplicate, in order. Iterate it once, with
 * `for await`: the next message is fetched when the last one has been handled, so a slow consumer is never flooded.
 */
export interface Subscription extends AsyncIterable<SubscriptionMessage> {
  /** Ends the iteration; safe to call at any time and again. */
  close(): Promise<void>;
}

/** What all of a store's events are read from, in order. */
export interface EventFeed {
  /**
   * All events but the store's own. From a position behind the newest event there is nothing.
   * @throws InvalidPosition; EventStoreDB also where no event begins at the position, as with a token of another ledger.
   */
  readAll(options?: ReadAllOptions): AsyncIterable<StoredEvent>;

  /** @throws InvalidPosition, here or at the first step, where no event is at `after`. */
  subscribeToAll(options?: SubscribeOptions): Subscription;

  /** Orders two tokens of this store: negative, zero or positive. @throws InvalidPosition */
  comparePositions(a: Position, b: Position): number;

  /** Told that something was committed, see {@link EventStore.onCommit}. */
  wake?(): void;

  /** Finishes what was accepted, ends subscriptions, lets the process go. */
  close(): Promise<void>;
}

export interface EventStore extends EventFeed {
  /** Whether other processes may append to it as well: what this one has seen of a stream may then be old. */
  readonly shared: boolean;

  /**
   * Calls the listener after each commit, where a feed that another thread has open can't see by itself that there was
   * one and has to be told.
   */
  onCommit?(listener: () => void): void;

  /**
   * Appends all of `events`, in order, or none; they are durable when the promise resolves.
   * The same event ids again, where `expected` could have been right at their first time, give the first answer.
   * For `any` and `stream_exists` EventStoreDB knows the ids only while it remembers them (not after it was started
   * anew), so only with an exact revision or `no_stream` may an append be repeated without a look at the stream.
   * @throws WrongExpectedRevision, StoreUnavailable; RangeError if there are no events: EventStoreDB takes that as a
   * question for the revision, but on a stream that does not exist there is none to answer with.
   */
  append(stream: string, events: readonly EventData[], expected: ExpectedRevision): Promise<AppendResult>;

  /** @throws StreamNotFound on the first step, where no event was ever appended to it. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<StoredEvent>;

  /** Groups of consumers, which the store deals its events out to. */
  readonly persistentSubscriptions: PersistentSubscriptions;

  /** A real read. @throws StoreUnavailable, with the cause. */
  checkHealth(): Promise<void>;
}

export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: number | 'no_stream',
  ) {
    super(`Stream ${stream}: expected revision ${expected}, actual ${actual}`);
  }
}

export class StreamNotFound extends Error {
  override readonly name = 'StreamNotFound';
  constructor(readonly stream: string) {
    super(`Stream ${stream} not found`);
  }
}

/** The store can't be reached or can't write. After an append it means *unknown*, not *failed*: repeat the append. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The ledger's file is open for writing elsewhere. */
export class StoreLocked extends Error {
  override readonly name = 'StoreLocked';
}

export class InvalidPosition extends Error {
  override readonly name = 'InvalidPosition';
  constructor(readonly token: string) {
    super(`"${token}" is not a position of this event store`);
  }
}
