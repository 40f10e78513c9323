import { setImmediate as nextTurn } from 'node:timers/promises';
import { InvalidPosition, type Subscription, type SubscriptionMessage } from '../event-store.js';
import { type EventReader, PAGE } from './event-reader.js';
import { toToken } from './position.js';

/**
 * A subscription that is nothing but a cursor over positions. A commit only wakes it: what it gives always comes from
 * the file, from the cursor on, so history and live are one and the same, without gap or repeat where they meet.
 */
export class CatchUpSubscription implements Subscription {
  #closed = false;
  #iterated = false;
  #wake: (() => void) | undefined;

  constructor(
    private readonly reader: EventReader,
    private cursor: number,
    private readonly prefixes: readonly string[] | undefined,
    private readonly onEnd: (subscription: CatchUpSubscription) => void,
  ) {}

  /** Something was committed. */
  wake(): void {
    this.#wake?.();
  }

  close(): Promise<void> {
    this.#closed = true;
    this.wake();
    this.onEnd(this);
    return Promise.resolve();
  }

  [Symbol.asyncIterator](): AsyncIterator<SubscriptionMessage> {
    if (this.#iterated) throw new Error('A subscription is iterated once');
    this.#iterated = true;
    return this.#messages();
  }

  async *#messages(): AsyncGenerator<SubscriptionMessage, void, undefined> {
    try {
      // A cursor from another file, or from before a restore, would wait in silence for events that are other events.
      if (!this.#closed && this.cursor > this.reader.head()) throw new InvalidPosition(toToken(this.cursor));
      let live = false;
      while (!this.#closed) {
        const behind = this.reader.head() - this.cursor;
        if (behind === 0) {
          if (live) {
            await this.#commit();
          } else {
            live = true;
            yield { kind: 'caught-up' };
          }
          continue;
        }
        if (behind > PAGE) live = false;
        const last = this.cursor + Math.min(behind, PAGE);
        for (const event of this.reader.range(this.cursor + 1, last, this.prefixes)) {
          yield { kind: 'event', event };
          if (this.#closed) return;
        }
        this.cursor = last;
        // Async iteration alone never leaves the microtask queue, and nothing else would get its turn.
        await nextTurn();
      }
    } finally {
      this.#closed = true;
      this.onEnd(this);
    }
  }

  /** Nothing runs between the look at the head and this, so no commit is missed. */
  #commit(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }
}
