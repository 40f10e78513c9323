import { CATEGORIES, type LedgerEvent, streamName } from '../domain/event.js';
import type { Standing } from '../domain/values/standing.js';
import { canonicalJson } from '../domain/values/canonical-json.js';
import { type EventStore, InvalidPosition, type JsonObject } from '../event-store/event-store.js';
import { GroupExists, type GroupInfo, type ParkedEvent } from '../event-store/persistent-subscriptions.js';
import { eventAt, historyIndex } from '../projections/history-index.js';
import { type Lag, lagBehind } from '../projections/lag.js';
import type { ReadModels } from '../projections/read-models.js';
import { feedFilter } from './feed-filter.js';
import type { FeedFormat } from './feed-format.js';
import { GroupWorker } from './group-worker.js';
import type { FeedLimits } from './live-feed.js';

/** Where a group begins: with the first event, or with what is recorded after it was made. */
export const GROUP_BEGINNINGS = ['start', 'end'] as const;

/** What a group is, for good. Its fields are those that REST knows it by. */
export interface GroupDefinition {
  readonly filter: {
    readonly pair?: readonly string[];
    readonly party?: readonly string[];
    readonly category?: readonly string[];
    readonly stream?: readonly string[];
    readonly type?: readonly string[];
    readonly minimumStanding?: Standing;
  };
  readonly from: (typeof GROUP_BEGINNINGS)[number];
  /** How often an event is tried again before it is parked. */
  readonly maxRetries: number;
  /** After how long without an answer it is tried again. */
  readonly ackTimeoutSeconds: number;
}

export interface ConsumerGroup extends GroupDefinition {
  readonly group: string;
  readonly workers: number;
  /** Events that are with a worker. */
  readonly inFlight: number;
  readonly parked: number;
  /** Behind the ledger, in events of the categories that it is for; null where the store can't tell yet. */
  readonly lag: Lag | null;
}

export interface ParkedLedgerEvent {
  readonly reason: string;
  readonly parkedAt: string;
  readonly event: LedgerEvent;
}

/** No worker of the group has the id here: it has left, or another instance serves it. */
export class UnknownWorker extends Error {
  override readonly name = 'UnknownWorker';
}

export interface ConsumerGroupsOptions {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly limits: FeedLimits;
  readonly now: () => Date;
  readonly onDrop: (reason: string) => void;
}

/** Groups of workers that share the ledger's events among them, over the store's persistent subscriptions. */
export class ConsumerGroups {
  readonly #workers = new Map<string, { readonly group: string; readonly worker: GroupWorker }>();

  constructor(private readonly options: ConsumerGroupsOptions) {}

  /** How many workers are connected here. */
  get size(): number {
    return this.#workers.size;
  }

  /** @returns whether it was made now; it may be there already, as the same. @throws GroupExists, where it is another */
  async create(group: string, definition: GroupDefinition): Promise<boolean> {
    const { store, readModels } = this.options;
    const end = readModels.progress.projections.find(({ name }) => name === historyIndex.name)?.token ?? null;
    const { maxRetries, ackTimeoutSeconds, from } = definition;
    try {
      await store.persistentSubscriptions.create(group, {
        ...(from === 'end' && end !== null && { after: end }),
        streamPrefixes: prefixesOf(definition),
        maxRetryCount: maxRetries,
        messageTimeout: 1000 * ackTimeoutSeconds,
        definition: definition as unknown as JsonObject,
      });
      return true;
    } catch (error) {
      if (!(error instanceof GroupExists)) throw error;
      // The name may be taken by one that the ledger has not made.
      const there = await store.persistentSubscriptions.info(group).catch(() => undefined);
      if (!there || canonicalJson(there.definition) !== canonicalJson(definition)) throw error;
      return false;
    }
  }

  /** @throws GroupNotFound */
  delete(group: string): Promise<void> {
    return this.options.store.persistentSubscriptions.delete(group);
  }

  /** @throws GroupNotFound */
  async get(group: string): Promise<ConsumerGroup> {
    return this.#tell(await this.options.store.persistentSubscriptions.info(group));
  }

  async list(): Promise<readonly ConsumerGroup[]> {
    const infos = await this.options.store.persistentSubscriptions.list();
    return Promise.all(infos.map((info) => this.#tell(info)));
  }

  /** A new worker of the group. @param buffer how many events it may have unanswered. @throws GroupNotFound */
  async join(group: string, buffer: number, format: FeedFormat): Promise<GroupWorker> {
    const { store, readModels, limits, onDrop } = this.options;
    const { definition } = await store.persistentSubscriptions.info(group);
    const { filter } = definition as unknown as GroupDefinition;
    const worker = new GroupWorker({
      connection: await store.persistentSubscriptions.connect(group, buffer),
      filter: feedFilter(filter),
      format,
      readModels,
      limits,
      onLeft: ({ id }) => this.#workers.delete(id),
      onDrop: (reason) => onDrop(`A worker of group ${group} is dropped: ${reason}`),
    });
    this.#workers.set(worker.id, { group, worker });
    return worker;
  }

  /** @throws UnknownWorker */
  worker(group: string, id: string): GroupWorker {
    const found = this.#workers.get(id);
    if (found?.group !== group) throw new UnknownWorker(`Group ${group} has no worker ${id} here: join it again`);
    return found.worker;
  }

  /** The oldest first. @throws GroupNotFound */
  async parked(group: string, limit: number): Promise<readonly ParkedLedgerEvent[]> {
    const parked = await this.options.store.persistentSubscriptions.parked(group, limit);
    return parked.flatMap((one) => this.#known(one));
  }

  /** @throws GroupNotFound */
  replayParked(group: string): Promise<void> {
    return this.options.store.persistentSubscriptions.replayParked(group);
  }

  /** Ends all that is with workers here: they go on elsewhere, or later. */
  close(): void {
    for (const { worker } of this.#workers.values()) worker.finish('closing', 'The server is closing: join again');
  }

  async #tell({ group, definition, checkpoint, connections, inFlight, parked }: GroupInfo): Promise<ConsumerGroup> {
    const { store, now } = this.options;
    const known = definition as unknown as GroupDefinition;
    const lag = await lagBehind(store, checkpoint, now(), prefixesOf(known)).catch((error: unknown) => {
      if (error instanceof InvalidPosition) return null;
      throw error;
    });
    return { group, ...known, workers: connections, inFlight, parked, lag };
  }

  /** What is parked was with a worker, so the history holds it, unless it is being made anew. */
  #known({ event: { stream, revision }, reason, parkedAt }: ParkedEvent): ParkedLedgerEvent[] {
    const event = eventAt(this.options.readModels.db, stream, revision);
    return event ? [{ reason, parkedAt, event }] : [];
  }
}

/** What the store itself can leave out of a group; the rest is left out here. */
const prefixesOf = ({ filter }: GroupDefinition): string[] =>
  CATEGORIES.filter((category) => filter.category?.includes(category) ?? true).map((category) =>
    streamName(category, ''),
  );
