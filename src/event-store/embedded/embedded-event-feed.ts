import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkMaxCount, checkRevision, isName } from '../checks.js';
import {
  type EventFeed,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  StoreUnavailable,
  StreamNotFound,
  type SubscribeOptions,
  type Subscription,
} from '../event-store.js';
import { CatchUpSubscription } from './catch-up-subscription.js';
import { EventReader, PAGE } from './event-reader.js';
import { fromToken } from './position.js';

/**
 * The reading half of the embedded store. It needs no lock, so a thread of its own may have one of a ledger that is
 * open for writing in another; which then has to {@link EmbeddedEventFeed.wake wake} it after each commit.
 */
export class EmbeddedEventFeed implements EventFeed {
  readonly #subscriptions = new Set<CatchUpSubscription>();
  #closed = false;

  constructor(protected readonly reader: EventReader) {}

  /** The file must be a ledger. */
  static openFeed(path: string): EmbeddedEventFeed {
    return new EmbeddedEventFeed(new EventReader(path));
  }

  /** Something was committed. */
  wake(): void {
    for (const subscription of this.#subscriptions) subscription.wake();
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
    if (this.#closed) throw new StoreUnavailable('The event store is closed');
    const after = options.after === undefined ? 0 : fromToken(options.after);
    const subscription = new CatchUpSubscription(this.reader, after, options.streamPrefixes, (ended) =>
      this.#subscriptions.delete(ended),
    );
    this.#subscriptions.add(subscription);
    return subscription;
  }

  comparePositions(a: Position, b: Position): number {
    return fromToken(a) - fromToken(b);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const subscription of this.#subscriptions) await subscription.close();
    this.reader.close();
  }
}
