import { LRUCache } from 'lru-cache';
import type { LedgerEvent } from '../domain/event.js';
import { upcast } from '../domain/registry.js';
import { type EventStore, type Position, StreamNotFound } from '../event-store/event-store.js';
import { ledgerEvent } from '../event-store/ledger-event.js';

/** What a decision reads: a stream's events so far. */
export interface StreamState {
  /** In order; their `position` is their place in the stream, which orders them as the ledger's would. */
  readonly events: readonly LedgerEvent[];
  /** The store's position of each event. */
  readonly positions: readonly Position[];
}

const EMPTY: StreamState = { events: [], positions: [] };

/**
 * A bounded cache of streams, so that a command on a known stream reads nothing. That there is none is known as well: a
 * built-in party is asked about all the time and seldom has one. It may be stale where another process writes: the
 * append with the exact revision finds out for a command's own stream, the feed tells of the others
 * ({@link StreamCache.saw}), and a command is refused only on what the store says.
 */
export class StreamCache {
  readonly lookups = { hits: 0, misses: 0 };
  readonly #cache: LRUCache<string, StreamState>;

  constructor(
    private readonly store: EventStore,
    maxEvents = 20_000,
  ) {
    this.#cache = new LRUCache({ maxSize: maxEvents, sizeCalculation: ({ events }) => events.length + 1 });
  }

  /** The stream as last seen, if it was. */
  peek(stream: string): StreamState | undefined {
    const known = this.#cache.get(stream);
    this.lookups[known ? 'hits' : 'misses'] += 1;
    return known;
  }

  /** The stream as last seen, or loaded; empty where there is none. */
  async get(stream: string): Promise<StreamState> {
    return this.peek(stream) ?? this.load(stream);
  }

  /** The stream as the store has it now. */
  async load(stream: string): Promise<StreamState> {
    const events: LedgerEvent[] = [];
    const positions: Position[] = [];
    try {
      for await (const stored of this.store.readStream(stream)) {
        events.push(upcast(ledgerEvent(stored, stored.revision + 1)));
        positions.push(stored.position);
      }
    } catch (error) {
      if (!(error instanceof StreamNotFound)) throw error;
      return this.#put(stream, EMPTY);
    }
    return this.#put(stream, { events, positions });
  }

  /** Adds what was just appended at the stream's end. */
  appended(stream: string, before: StreamState, events: readonly LedgerEvent[], position: Position): void {
    this.#put(stream, {
      events: [...before.events, ...events],
      positions: [...before.positions, ...events.map(() => position)],
    });
  }

  /** An event was seen on the feed: a stream that it is not in is loaded again when it is asked for. */
  saw(stream: string, revision: number): void {
    const known = this.#cache.peek(stream);
    if (known && known.events.length <= revision) this.forget(stream);
  }

  forget(stream: string): void {
    this.#cache.delete(stream);
  }

  #put(stream: string, state: StreamState): StreamState {
    this.#cache.set(stream, state);
    return state;
  }
}
