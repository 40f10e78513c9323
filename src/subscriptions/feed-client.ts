import { Readable } from 'node:stream';
import { type FeedFilter, matches } from './feed-filter.js';
import type { DropCode, FeedFormat } from './feed-format.js';
import type { FeedPages } from './feed-pages.js';

/** How long a client may leave what it was sent. */
export interface Patience {
  /** Until it is dropped. */
  readonly stallMs: number;
  /** From then on, to take the reason; the same for all clients when the feed closes. */
  readonly graceMs: number;
}

export interface FeedRequest {
  /** The position after which it begins. */
  readonly after: number;
  readonly filter: FeedFilter;
  readonly format: FeedFormat;
}

/** What a client is to those who keep it. */
interface Keeper extends Patience {
  readonly pages: FeedPages;
  /** It takes more. */
  readonly wants: (client: FeedClient) => void;
  readonly left: (client: FeedClient) => void;
  readonly dropped: (reason: string) => void;
}

/** What is written ahead for a client: more waits in the pages, which are there for all. */
const WRITTEN_AHEAD = 16 * 1024;

/** The feed was ended for a client that did not take the reason why either. */
export class FeedDropped extends Error {
  override readonly name = 'FeedDropped';
}

/**
 * What a client is sent, as a stream to be piped to it. It is a place in the ledger and not a queue: it goes on when the
 * client has taken what was written, so a client that is slow holds as much memory as any other.
 */
export class FeedClient extends Readable {
  readonly #request: FeedRequest;
  readonly #keeper: Keeper;
  /** Up to here all that it wants was written. */
  #position: number;
  #wants = false;
  #caughtUp = false;
  #ended = false;
  #beatDue = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(request: FeedRequest, keeper: Keeper) {
    super({ highWaterMark: WRITTEN_AHEAD });
    this.#request = request;
    this.#keeper = keeper;
    this.#position = request.after;
    this.push(request.format.opening(request.after));
  }

  /** Looks through a page more. @returns whether there is another @param known up to where all is known */
  advance(known: number): boolean {
    if (!this.#wants) return false;
    const { filter, format } = this.#request;
    if (this.#beatDue) {
      this.#beatDue = false;
      if (!this.#write(format.heartbeat(this.#position))) return false;
    }
    for (const event of this.#keeper.pages.after(this.#position, known)) {
      this.#position = event.position;
      if (matches(filter, event) && !this.#write(event.message(format))) return false;
    }
    if (this.#position < known) return true;
    if (!this.#caughtUp) {
      this.#caughtUp = true;
      this.#write(format.caughtUp(this.#position));
    }
    return false;
  }

  /** When it goes on next it is told how far it is, also where nothing was for it. */
  beat(): void {
    this.#beatDue = true;
  }

  /** Says why, and ends; a client that does not take that is cut off. */
  finish(code: DropCode, reason: string): void {
    if (this.#ended || this.destroyed) return;
    this.#wants = false;
    this.#ended = true;
    this.push(this.#request.format.dropped(code, reason));
    this.push(null);
    this.#after(this.#keeper.graceMs, () => this.destroy(new FeedDropped(reason)));
  }

  override _read(): void {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    this.#wants = true;
    this.#keeper.wants(this);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#timer);
    this.#wants = false;
    this.#keeper.left(this);
    done(error);
  }

  /** Whether it takes more. */
  #write(message: Buffer | string): boolean {
    this.#wants = this.push(message);
    if (!this.#wants) {
      this.#after(this.#keeper.stallMs, () => this.#dropSlow());
    }
    return this.#wants;
  }

  #dropSlow(): void {
    const reason = `Nothing of what was sent was taken for ${this.#keeper.stallMs / 1000} seconds`;
    this.finish('too-slow', reason);
    this.#keeper.dropped(`A client at position ${this.#position} is dropped: ${reason}`);
  }

  #after(ms: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, ms).unref();
  }
}
