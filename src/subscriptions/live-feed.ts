import { FeedClient, type FeedRequest, type Patience } from './feed-client.js';
import type { FeedPages } from './feed-pages.js';

export interface FeedLimits extends Patience {
  readonly heartbeatMs: number;
}

/** Proxies close what is silent for a minute or so. */
export const FEED_LIMITS: FeedLimits = { heartbeatMs: 15_000, stallMs: 30_000, graceMs: 5_000 };

/** How long clients are served at a time before others that use the thread have their turn, in milliseconds. */
const TURN_MS = 4;

export interface FeedOptions {
  readonly pages: FeedPages;
  readonly limits: FeedLimits;
  /** Told of a client that did not end the feed itself. */
  readonly onDrop: (reason: string) => void;
}

/**
 * The clients that follow the ledger. They go on one after the other, a page each at most, when the ledger does or when
 * they have taken what they were sent; in turns, so that many of them keep nobody else waiting.
 */
export class LiveFeed {
  readonly #clients = new Set<FeedClient>();
  readonly #ready = new Set<FeedClient>();
  readonly #beat: NodeJS.Timeout;
  #known = 0;
  #closed = false;
  #turnIsSet = false;

  constructor(private readonly options: FeedOptions) {
    this.#beat = setInterval(() => this.#beatAll(), options.limits.heartbeatMs).unref();
  }

  /** How many follow. */
  get size(): number {
    return this.#clients.size;
  }

  /** A client that is sent what it wants, first what is known by now, then what comes. It leaves by being destroyed. */
  open(request: FeedRequest): FeedClient {
    const { pages, limits } = this.options;
    const client = new FeedClient(request, {
      ...limits,
      pages,
      wants: (ready) => this.#wake([ready]),
      dropped: this.options.onDrop,
      left: (gone) => {
        this.#clients.delete(gone);
        this.#ready.delete(gone);
      },
    });
    this.#clients.add(client);
    if (this.#closed) this.#close(client);
    return client;
  }

  /** To be called when the history holds the ledger up to a position. */
  advance(known: number): void {
    if (known <= this.#known) return;
    this.#known = known;
    this.#wake(this.#clients);
  }

  /** Ends the feed for all; they go on elsewhere, or later. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#beat);
    for (const client of this.#clients) this.#close(client);
  }

  #close(client: FeedClient): void {
    client.finish('closing', 'The server is closing: connect again');
  }

  #beatAll(): void {
    for (const client of this.#clients) client.beat();
    this.#wake(this.#clients);
  }

  #wake(clients: Iterable<FeedClient>): void {
    for (const client of clients) this.#ready.add(client);
    if (this.#ready.size === 0 || this.#turnIsSet) return;
    this.#turnIsSet = true;
    setImmediate(() => this.#serve());
  }

  #serve(): void {
    this.#turnIsSet = false;
    const end = performance.now() + TURN_MS;
    // Whoever is not done goes to the end of the queue, and comes up again.
    for (const client of this.#ready) {
      this.#ready.delete(client);
      if (this.#goesOn(client)) this.#ready.add(client);
      if (performance.now() > end) break;
    }
    this.#wake([]);
  }

  #goesOn(client: FeedClient): boolean {
    try {
      return client.advance(this.#known);
    } catch (error) {
      client.finish('failed', 'The events could not be read: connect again later');
      this.options.onDrop(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return false;
    }
  }
}
