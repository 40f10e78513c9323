import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { LedgerEvent } from '../domain/event.js';
import type { StoredEvent } from '../event-store/event-store.js';
import { type GroupConnection, GroupNotFound, type NackAction } from '../event-store/persistent-subscriptions.js';
import { eventAt, historyIndex } from '../projections/history-index.js';
import type { ReadModels } from '../projections/read-models.js';
import { type CloudEvent, cloudEvent } from './cloud-event.js';
import { FeedDropped, type Patience } from './feed-client.js';
import { type FeedFilter, matches } from './feed-filter.js';
import type { DropCode, FeedFormat } from './feed-format.js';
import { EventFacets, uriOfLedger } from './feed-pages.js';

export interface GroupWorkerOptions {
  readonly connection: GroupConnection;
  readonly filter: FeedFilter;
  readonly format: FeedFormat;
  readonly readModels: ReadModels;
  readonly limits: Patience & { readonly heartbeatMs: number };
  readonly onLeft: (worker: GroupWorker) => void;
  readonly onDrop: (reason: string) => void;
}

/** The history does not get to an event that a worker is to be given. */
class HistoryStandsStill extends Error {
  override readonly name = 'HistoryStandsStill';
}

/** How long an event waits for the history to hold it, in milliseconds. */
const HISTORY_WAIT = 10_000;

/**
 * A worker of a group: what the store deals to it, as a stream to be piped to it. It needs no measure against one that
 * does not read, for the store deals it no more than it may have unanswered.
 */
export class GroupWorker extends Readable {
  readonly id = randomUUID();
  #position = 0;
  #ended = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #beat: NodeJS.Timeout;

  constructor(private readonly options: GroupWorkerOptions) {
    super({ highWaterMark: 0 });
    const { format, limits } = options;
    this.push(format.joined(this.id));
    this.#beat = setInterval(() => this.push(format.heartbeat(this.#position)), limits.heartbeatMs).unref();
    void this.#run();
  }

  /** @returns the ids of events that it does not hold, or no more */
  ack(eventIds: readonly string[]): Promise<readonly string[]> {
    return this.options.connection.ack(eventIds);
  }

  /** @returns as `ack` */
  nack(action: NackAction, reason: string, eventIds: readonly string[]): Promise<readonly string[]> {
    return this.options.connection.nack(action, reason, eventIds);
  }

  /** Says why, and ends; a worker that does not take that is cut off. What it had is for others. */
  finish(code: DropCode, reason: string): void {
    if (this.#ended || this.destroyed) return;
    this.#ended = true;
    clearInterval(this.#beat);
    this.push(this.options.format.dropped(code, reason));
    this.push(null);
    void this.options.connection.close();
    this.#timer = setTimeout(() => this.destroy(new FeedDropped(reason)), this.options.limits.graceMs).unref();
  }

  override _read(): void {}

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#ended = true;
    clearInterval(this.#beat);
    clearTimeout(this.#timer);
    this.options.onLeft(this);
    void this.options.connection.close();
    done(error);
  }

  async #run(): Promise<void> {
    const { connection, filter, format, readModels } = this.options;
    let source: string | undefined;
    try {
      for await (const { event: stored, retryCount } of connection) {
        const event = await this.#known(stored);
        if (this.#ended) return;
        if (!matches(filter, new EventFacets(event, readModels))) {
          await connection.ack([event.id]);
          continue;
        }
        this.#position = event.position;
        source ??= uriOfLedger(readModels);
        const delivery: CloudEvent = { ...cloudEvent(event, source), deliveryattempt: retryCount + 1 };
        this.push(format.event(event.position, JSON.stringify(delivery)));
      }
    } catch (error) {
      this.#failed(error as Error);
    }
  }

  #failed(error: Error): void {
    if (this.#ended) return;
    const gone = error instanceof GroupNotFound;
    this.finish('failed', gone ? 'The group was deleted' : `${error.message}: connect again later`);
    if (!gone) this.options.onDrop(error.message);
  }

  /** As the ledger has it: with its position, which the store can't know. */
  async #known({ stream, revision, position }: StoredEvent): Promise<LedgerEvent> {
    const { readModels } = this.options;
    await readModels.waitFor(position, HISTORY_WAIT, historyIndex.name);
    const event = eventAt(readModels.db, stream, revision);
    if (!event) throw new HistoryStandsStill('The history does not hold an event that there is');
    return event;
  }
}
