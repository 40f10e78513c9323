import { LRUCache } from 'lru-cache';
import type { Category, LedgerEvent } from '../domain/event.js';
import type { Standing } from '../domain/values/standing.js';
import { eventsAfter, pairsAtEvent } from '../projections/history-index.js';
import type { ReadModels } from '../projections/read-models.js';
import { cloudEvent, ledgerUri } from './cloud-event.js';
import { categoryOf, type FeedFacets, standingOf } from './feed-filter.js';
import type { FeedFormat } from './feed-format.js';

/** Its `db` is looked up each time: after a rebuild it is another. */
type ReadModel = Pick<ReadModels, 'db'>;

/** What a filter looks at of an event. */
export class EventFacets implements FeedFacets {
  readonly position: number;
  readonly stream: string;
  readonly category: Category;
  readonly type: string;
  readonly standing: Standing | undefined;
  #pairs: readonly string[] | undefined;

  constructor(
    event: LedgerEvent,
    private readonly readModels: ReadModel,
  ) {
    this.position = event.position;
    this.stream = event.stream;
    this.category = categoryOf(event.stream);
    this.type = event.type;
    this.standing = standingOf(event);
  }

  get pairs(): readonly string[] {
    return (this.#pairs ??= pairsAtEvent(this.readModels.db, this));
  }
}

/** An event on the feed: looked up and written once, however many clients it goes to. */
export class FeedEvent extends EventFacets {
  readonly #json: string;
  readonly #messages = new Map<FeedFormat, Buffer>();

  constructor(event: LedgerEvent, source: string, readModels: ReadModel) {
    super(event, readModels);
    this.#json = JSON.stringify(cloudEvent(event, source));
  }

  /** The same bytes for all clients: one that lags holds none of its own. */
  message(format: FeedFormat): Buffer {
    let message = this.#messages.get(format);
    if (!message) this.#messages.set(format, (message = Buffer.from(format.event(this.position, this.#json))));
    return message;
  }

  /** About how much memory it takes, written in both formats. */
  get size(): number {
    return 4 * this.#json.length + 500;
  }
}

/** The URI of a ledger that has an event. */
export const uriOfLedger = ({ db }: ReadModel): string => ledgerUri(eventsAfter(db, 0, 1, 1)[0]!);

/** How many positions a page has. */
const PAGE = 64;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The ledger in pages, each from a fixed position: what many clients read at about the same place is read once. Pages
 * that were not asked for in a long time are forgotten; the last one grows.
 */
export class FeedPages {
  readonly #pages = new LRUCache<number, FeedEvent[]>({
    maxSize: MAX_BYTES,
    sizeCalculation: (events) => events.reduce((sum, { size }) => sum + size, 1),
  });
  #source: string | undefined;

  constructor(private readonly readModels: ReadModel) {}

  /** The events after a position to the end of its page, and none beyond `upTo`, which the history must hold. */
  after(position: number, upTo: number): readonly FeedEvent[] {
    if (position >= upTo) return [];
    const number = Math.floor(position / PAGE);
    const start = number * PAGE;
    const end = Math.min(start + PAGE, upTo);
    // Positions have no gaps: the first event of a page is the one at `start + 1`.
    const page = this.#upTo(end, number, start);
    return page.slice(position - start, end - start);
  }

  #upTo(end: number, number: number, start: number): readonly FeedEvent[] {
    const read = this.#pages.get(number) ?? [];
    if (start + read.length >= end) return read;
    const more = eventsAfter(this.readModels.db, start + read.length, end, PAGE);
    const page = [...read, ...more.map((event) => new FeedEvent(event, this.#uri(), this.readModels))];
    this.#pages.set(number, page);
    return page;
  }

  #uri(): string {
    return (this.#source ??= uriOfLedger(this.readModels));
  }
}
