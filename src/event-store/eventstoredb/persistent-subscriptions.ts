import {
  PersistentSubscriptionDoesNotExistError,
  PersistentSubscriptionExistsError,
  type PersistentSubscriptionToAllInfo,
  persistentSubscriptionToAllSettingsFromDefaults,
  PINNED,
  START,
  StreamNotFoundError,
  streamNameFilter,
} from '@eventstore/db-client';
import { type JsonObject, type Position, StoreUnavailable } from '../event-store.js';
import {
  type GroupConnection,
  GroupExists,
  type GroupInfo,
  GroupNotFound,
  type GroupSettings,
  type ParkedEvent,
  type PersistentSubscriptions,
} from '../persistent-subscriptions.js';
import { attempts } from './attempts.js';
import type { Client, Connection } from './connection.js';
import { ConsumerConnection } from './consumer-connection.js';
import type { PageReader } from './page-reader.js';
import { fromToken, toToken } from './position.js';
import { toStoredEvent } from './stored-event.js';

/**
 * The stream whose metadata says what a group is; it has no events. The server keeps no more of a group than it needs to
 * deal events out, and does not tell a filter again.
 */
const definitionStream = (group: string) => `mithaq-consumer-group-${group}`;

/** Where the server keeps what a group has parked, as links; https://developers.eventstore.com/server/v23.10/persistent-subscriptions */
const parkedStream = (group: string) => `$persistentsubscription-$all::${group}-parked`;

interface Definition {
  /** The server begins with the event there, which the group is not to be given. */
  readonly after?: Position;
  readonly maxRetryCount: number;
  readonly definition: JsonObject;
}

/** What the server writes to a link of that stream. */
interface ParkedMetadata {
  readonly added: string;
  readonly reason: string;
}

/** Consumer groups as EventStoreDB has them. The user must be allowed to manage persistent subscriptions (`$ops`). */
export class EventStoreDBPersistentSubscriptions implements PersistentSubscriptions {
  readonly #connections = new Set<ConsumerConnection>();
  #closed = false;

  constructor(
    private readonly connection: Connection,
    private readonly reader: PageReader,
    private readonly deadline: number,
  ) {}

  async create(group: string, settings: GroupSettings): Promise<void> {
    const { after, streamPrefixes, maxRetryCount } = settings;
    // First, so that a group that there is has a definition.
    if (await this.#infoOf(group)) throw new GroupExists(group);
    const definition: Definition = {
      ...(after !== undefined && { after }),
      maxRetryCount,
      definition: settings.definition,
    };
    await this.#call(`definition of group ${group}`, (client, deadline) =>
      client.setStreamMetadata(definitionStream(group), { ...definition }, { deadline }),
    );
    await this.#call(`creation of group ${group}`, (client, deadline) =>
      client.createPersistentSubscriptionToAll(
        group,
        persistentSubscriptionToAllSettingsFromDefaults({
          startFrom: after === undefined ? START : fromToken(after),
          maxRetryCount,
          messageTimeout: settings.messageTimeout,
          // The events of a stream to one consumer, as long as it is there: so they stay in order.
          consumerStrategyName: PINNED,
          checkPointAfter: 1000,
          checkPointLowerBound: 1,
          checkPointUpperBound: 500,
        }),
        { deadline, filter: streamNameFilter({ prefixes: [...streamPrefixes] }) },
      ),
    ).catch((error: unknown) => {
      throw error instanceof PersistentSubscriptionExistsError ? new GroupExists(group) : error;
    });
  }

  async delete(group: string): Promise<void> {
    await this.#own(group);
    await this.#call(`deletion of group ${group}`, (client, deadline) =>
      client.deletePersistentSubscriptionToAll(group, { deadline }),
    ).catch(notFound(group));
    await this.#call(`definition of group ${group}`, (client, deadline) =>
      client.setStreamMetadata(definitionStream(group), {}, { deadline }),
    );
  }

  async info(group: string): Promise<GroupInfo> {
    const info = await this.#infoOf(group);
    const told = info && (await this.#tell(info));
    if (!told) throw new GroupNotFound(group);
    return told;
  }

  async list(): Promise<readonly GroupInfo[]> {
    const infos = await this.#call('list of groups', (client, deadline) =>
      client.listPersistentSubscriptionsToAll({ deadline }).catch((error: unknown) => {
        if (error instanceof PersistentSubscriptionDoesNotExistError) return [];
        throw error;
      }),
    );
    const told = await Promise.all(infos.map((info) => this.#tell(info)));
    return told.filter((info) => info !== undefined).sort((a, b) => (a.group < b.group ? -1 : 1));
  }

  async connect(group: string, bufferSize: number): Promise<GroupConnection> {
    const { after, maxRetryCount } = await this.#own(group);
    this.#refuseIfClosed();
    const { client } = this.connection;
    const connection = new ConsumerConnection({
      group,
      bufferSize,
      after,
      maxRetryCount,
      source: client.subscribeToPersistentSubscriptionToAll(group, { bufferSize }),
      onError: (error) => this.connection.failed(client, error),
      onEnd: (ended) => this.#connections.delete(ended),
    });
    this.#connections.add(connection);
    await connection.confirmed(this.deadline);
    return connection;
  }

  async parked(group: string, maxCount: number): Promise<readonly ParkedEvent[]> {
    await this.info(group);
    const events: ParkedEvent[] = [];
    const page = await this.reader
      .resolved(`read of what ${group} has parked`, (client) =>
        client.readStream(parkedStream(group), { maxCount, resolveLinkTos: true }),
      )
      .catch((error: unknown) => {
        if (error instanceof StreamNotFoundError) return [];
        throw error;
      });
    for (const { event, link } of page) {
      if (!event || !link) continue;
      const { added, reason } = link.metadata as unknown as ParkedMetadata;
      events.push({ event: toStoredEvent(event), parkedAt: new Date(added).toISOString(), reason });
    }
    return events;
  }

  async replayParked(group: string): Promise<void> {
    await this.#own(group);
    await this.#call(`replay of what ${group} has parked`, (client, deadline) =>
      client.replayParkedMessagesToAll(group, { deadline }),
    ).catch(notFound(group));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#connections].map((connection) => connection.close()));
  }

  async #infoOf(group: string): Promise<PersistentSubscriptionToAllInfo | undefined> {
    return this.#call(`look at group ${group}`, (client, deadline) =>
      client.getPersistentSubscriptionToAllInfo(group, { deadline }),
    ).catch((error: unknown) => {
      if (error instanceof PersistentSubscriptionDoesNotExistError) return undefined;
      throw error;
    });
  }

  /** @returns undefined for a group that the ledger did not make */
  async #tell({ groupName, settings, stats, connections }: PersistentSubscriptionToAllInfo) {
    const own = await this.#definitionOf(groupName);
    if (!own) return undefined;
    const begin = typeof settings.startFrom === 'string' ? undefined : settings.startFrom;
    const checkpoint = stats.lastCheckpointedEventPosition ?? begin;
    return {
      group: groupName,
      definition: own.definition,
      checkpoint: checkpoint === undefined ? null : toToken(checkpoint),
      connections: connections.length,
      inFlight: stats.totalInFlightMessages,
      parked: Number(stats.parkedMessageCount),
    };
  }

  /** @throws GroupNotFound, for what others have made too */
  async #own(group: string): Promise<Definition> {
    const definition = await this.#definitionOf(group);
    if (!definition) throw new GroupNotFound(group);
    return definition;
  }

  async #definitionOf(group: string): Promise<Definition | undefined> {
    const { metadata } = await this.#call(`definition of group ${group}`, (client, deadline) =>
      client.getStreamMetadata<Partial<Definition> & Record<string, never>>(definitionStream(group), { deadline }),
    );
    return metadata?.definition ? (metadata as Definition) : undefined;
  }

  #call<T>(what: string, call: (client: Client, deadline: number) => Promise<T>): Promise<T> {
    return attempts(what, this.deadline, async (left) => {
      this.#refuseIfClosed();
      const { client } = this.connection;
      try {
        return await call(client, left);
      } catch (error) {
        this.connection.failed(client, error);
        throw error;
      }
    });
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new StoreUnavailable('The event store is closed');
  }
}

const notFound = (group: string) => (error: unknown) => {
  throw error instanceof PersistentSubscriptionDoesNotExistError ? new GroupNotFound(group) : error;
};
