import {
  PersistentSubscriptionDoesNotExistError,
  PersistentSubscriptionDroppedError,
  type PersistentSubscriptionToAll,
  type PersistentSubscriptionToAllResolvedEvent,
} from '@eventstore/db-client';
import { type Position, StoreUnavailable } from '../event-store.js';
import { InFlight } from '../in-flight.js';
import {
  type GroupConnection,
  type GroupDelivery,
  GroupNotFound,
  type NackAction,
  triedTooOften,
} from '../persistent-subscriptions.js';
import { reason } from './errors.js';
import { toStoredEvent } from './stored-event.js';

export interface ConsumerConnectionOptions {
  readonly group: string;
  readonly bufferSize: number;
  /** Where an event is that it is not to give. */
  readonly after: Position | undefined;
  readonly maxRetryCount: number;
  readonly source: PersistentSubscriptionToAll;
  readonly onError: (error: unknown) => void;
  readonly onEnd: (connection: ConsumerConnection) => void;
}

/** A consumer's connection to the server. It does not go on after a drop: what it held is somebody else's by then. */
export class ConsumerConnection implements GroupConnection {
  readonly #inFlight: InFlight<PersistentSubscriptionToAllResolvedEvent>;
  #closed = false;
  #error: unknown;

  constructor(private readonly options: ConsumerConnectionOptions) {
    this.#inFlight = new InFlight(options.bufferSize);
    const { source } = options;
    // The client emits it, and goes on as if nothing were.
    source.on('error', (error) => {
      this.#error ??= error;
      options.onError(error);
      source.destroy();
    });
    source.on('close', () => options.onEnd(this));
  }

  /** Until the server has taken it. @throws GroupNotFound, StoreUnavailable */
  confirmed(deadline: number): Promise<void> {
    const { source } = this.options;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#error = new Error('not confirmed in time');
        source.destroy();
      }, deadline);
      source.once('confirmation', () => {
        clearTimeout(timer);
        resolve();
      });
      source.once('close', () => {
        clearTimeout(timer);
        reject(this.#told());
      });
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { source } = this.options;
    await source.unsubscribe().catch(() => undefined);
    source.destroy();
  }

  ack(eventIds: readonly string[]): Promise<readonly string[]> {
    return this.#answer(eventIds, (events) => this.options.source.ack(...events));
  }

  nack(action: NackAction, why: string, eventIds: readonly string[]): Promise<readonly string[]> {
    const { source, maxRetryCount } = this.options;
    return this.#answer(eventIds, async (events) => {
      // The server would park it without the reason.
      const spent = action === 'retry' ? events.filter(({ retryCount }) => retryCount >= maxRetryCount) : [];
      for (const event of spent) await source.nack('park', triedTooOften(event.retryCount, why), event);
      const others = events.filter((event) => !spent.includes(event));
      if (others.length > 0) await source.nack(action, why, ...others);
    });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<GroupDelivery, void, undefined> {
    let closed: boolean;
    try {
      for await (const resolved of this.options.source as AsyncIterable<PersistentSubscriptionToAllResolvedEvent>) {
        if (this.#closed) return;
        const { event, retryCount } = resolved;
        if (!event) continue;
        const stored = toStoredEvent(event);
        if (stored.position === this.options.after) {
          await this.options.source.ack(resolved);
          continue;
        }
        this.#inFlight.add(event.id, resolved);
        yield { event: stored, retryCount };
      }
    } catch (error) {
      this.#error ??= error;
    } finally {
      closed = this.#closed;
      await this.close();
    }
    if (!closed) throw this.#told();
  }

  #told(): Error {
    const { group } = this.options;
    const error = this.#error;
    const gone =
      error instanceof PersistentSubscriptionDoesNotExistError || error instanceof PersistentSubscriptionDroppedError;
    return gone
      ? new GroupNotFound(group)
      : new StoreUnavailable(`Group ${group}: ${reason(error ?? 'the connection has ended')}`, { cause: error });
  }

  async #answer(
    eventIds: readonly string[],
    send: (events: readonly PersistentSubscriptionToAllResolvedEvent[]) => Promise<void>,
  ): Promise<readonly string[]> {
    if (this.#closed) return eventIds;
    const { held, unknown } = this.#inFlight.take(eventIds);
    if (held.length > 0) await send(held);
    return unknown;
  }
}
