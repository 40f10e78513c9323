import { EventStoreDBClient } from '@eventstore/db-client';
import { isBrokenClient } from './errors.js';

/** What the adapter uses of the client. */
export type Client = Pick<
  EventStoreDBClient,
  | 'appendToStream'
  | 'readStream'
  | 'readAll'
  | 'subscribeToAll'
  | 'dispose'
  | 'setStreamMetadata'
  | 'getStreamMetadata'
  | 'createPersistentSubscriptionToAll'
  | 'deletePersistentSubscriptionToAll'
  | 'getPersistentSubscriptionToAllInfo'
  | 'listPersistentSubscriptionsToAll'
  | 'subscribeToPersistentSubscriptionToAll'
  | 'replayParkedMessagesToAll'
>;

/** The client's own default, in milliseconds. */
const KEEP_ALIVE_TIMEOUT = 10_000;

/** Makes a client; it connects with its first call. */
export type Connect = () => Client;

/** A connection string that is none, or would not do what it says. It is not told again: it may hold a password. */
export class InvalidConnectionString extends RangeError {
  override readonly name = 'InvalidConnectionString';
}

/** @throws InvalidConnectionString */
export function connectTo(connectionString: string): Connect {
  if (/^\s*esdb\+discover:\/\/[^/?]*,/.test(connectionString)) {
    // The client would take the first, and be lost where that one is down.
    throw new InvalidConnectionString(
      'With esdb+discover:// one name stands for the cluster; several are esdb://a,b,c',
    );
  }
  const timeout = numberIn(connectionString, 'keep[_-]?alive[_-]?timeout') ?? KEEP_ALIVE_TIMEOUT;
  let made = 0;
  // gRPC keeps how long to wait before the next try (up to two minutes) with the address and the options, not with the
  // client. Each client has slightly different options, so that a new one tries at once.
  const connect = () => {
    const own = timeout < 0 ? '' : `${connectionString.includes('?') ? '&' : '?'}keepAliveTimeout=${timeout + made++}`;
    return EventStoreDBClient.connectionString(connectionString.trim() + own);
  };
  try {
    connect();
  } catch (error) {
    // The client's own error about what it can't parse carries the whole string along, so it is no cause of ours.
    const detail = error instanceof Error && !('connectionString' in error) ? `: ${error.message}` : '';
    throw new InvalidConnectionString(
      `Not a connection string of EventStoreDB (esdb://user:password@host:2113?tls=true)${detail}`,
    );
  }
  return connect;
}

/** How long a call may take, in milliseconds: `defaultDeadline` of the connection string, as EventStoreDB calls it. */
export function deadlineOf(connectionString: string): number | undefined {
  return numberIn(connectionString, 'default[_-]?deadline');
}

function numberIn(connectionString: string, key: string): number | undefined {
  const [, value] = new RegExp(`[?&]${key}=(-?\\d+)`, 'i').exec(connectionString) ?? [];
  return value === undefined ? undefined : Number(value);
}

/** The client in use, and a new one in its place once it has broken: one that failed is not trusted again. */
export class Connection {
  #client: Client | undefined;

  constructor(private readonly connect: Connect) {}

  get client(): Client {
    return (this.#client ??= this.connect());
  }

  /** What went wrong with a call of `client`. */
  failed(client: Client, error: unknown): void {
    if (client === this.#client && isBrokenClient(error)) this.#client = undefined;
  }

  /** Cancels what still runs; without it the process would not end. */
  async dispose(): Promise<void> {
    await this.#client?.dispose();
  }
}
