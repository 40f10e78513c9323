import {
  type AllStreamSubscription,
  type Position as NativePosition,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { setTimeout as delay } from 'node:timers/promises';
import { InvalidPosition, type StoredEvent, type Subscription, type SubscriptionMessage } from '../event-store.js';
import type { Client, Connection } from './connection.js';
import { toStoredEvent } from './stored-event.js';

/** How many events of others the server passes over before it says how far it has come. */
const SEARCH_WINDOW = 256;

/** Of names: the server's own streams are left out, or all, for it takes no empty list of prefixes. */
const NO_SYSTEM_STREAM = '^[^$]';
const NO_STREAM = '^$';

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2_000;

/** What a subscription of the store is made of. */
export interface SubscriptionOptions {
  readonly connection: Connection;
  readonly after: NativePosition | undefined;
  readonly prefixes: readonly string[] | undefined;
  /** How long the server may take to confirm, in milliseconds. */
  readonly deadline: number;
  /** @throws InvalidPosition where no event is at the position to begin after. */
  readonly check: () => Promise<void>;
  readonly onDrop: (error: unknown) => void;
  readonly onEnd: (subscription: ResumingSubscription) => void;
}

/** What the client only emits, put in its place among the events. */
type Mark = { readonly mark: 'caught-up' } | { readonly mark: 'checkpoint'; readonly position: NativePosition };

type Step = Mark | { readonly mark?: never; readonly event?: Parameters<typeof toStoredEvent>[0] };

/**
 * A catch-up subscription that goes on after any drop: of the connection, or by a server to which the consumer is too
 * slow. It goes on after the last event it gave, or the last position that the server said it had passed.
 */
export class ResumingSubscription implements Subscription {
  readonly #ended = new AbortController();
  #after: NativePosition | undefined;
  #source: AllStreamSubscription | undefined;
  #iterated = false;

  constructor(private readonly options: SubscriptionOptions) {
    this.#after = options.after;
  }

  close(): Promise<void> {
    this.#end();
    return Promise.resolve();
  }

  [Symbol.asyncIterator](): AsyncIterator<SubscriptionMessage> {
    if (this.#iterated) throw new Error('A subscription is iterated once');
    this.#iterated = true;
    return this.#messages();
  }

  async *#messages(): AsyncGenerator<SubscriptionMessage, void, undefined> {
    let pause = FIRST_PAUSE;
    let checked = false;
    try {
      while (!this.#ended.signal.aborted) {
        try {
          if (!checked) await this.options.check();
          checked = true;
          for await (const message of this.#once()) {
            pause = FIRST_PAUSE;
            yield message;
          }
        } catch (error) {
          if (error instanceof InvalidPosition || error instanceof ForeignEvent) throw error;
          if (!this.#ended.signal.aborted) this.options.onDrop(error);
        }
        await delay(pause, undefined, { signal: this.#ended.signal }).catch(() => undefined);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    } finally {
      this.#end();
    }
  }

  /** Until the next drop, which is an error or, when the server is shut down, just an end. */
  async *#once(): AsyncGenerator<SubscriptionMessage, void, undefined> {
    const { connection, deadline } = this.options;
    const { signal } = this.#ended;
    const client = connection.client;
    const source = (this.#source = this.#subscribe(client));
    const confirmation = setTimeout(() => source.destroy(new Error('not confirmed in time')), deadline);
    // Closed it may be while the consumer is at an event and never comes back for another.
    for (const event of ['confirmation', 'close']) source.once(event, () => clearTimeout(confirmation));
    try {
      for await (const step of source as AsyncIterable<Step>) {
        if (signal.aborted) return;
        if (step.mark === 'checkpoint') {
          this.#after = step.position;
        } else if (step.mark === 'caught-up') {
          yield { kind: 'caught-up' };
        } else if (step.event) {
          const event = stored(step.event);
          this.#after = step.event.position!;
          yield { kind: 'event', event };
        }
        if (signal.aborted) return;
      }
    } catch (error) {
      connection.failed(client, error);
      throw error;
    } finally {
      cancel(source);
    }
  }

  #subscribe(client: Client): AllStreamSubscription {
    const { prefixes } = this.options;
    const progress = {
      maxSearchWindow: SEARCH_WINDOW,
      checkpointReached: (_source: unknown, position: NativePosition) => mark({ mark: 'checkpoint', position }),
    };
    const source = client.subscribeToAll({
      fromPosition: this.#after ?? START,
      filter: prefixes?.length
        ? streamNameFilter({ ...progress, prefixes: [...prefixes] })
        : streamNameFilter({ ...progress, regex: prefixes ? NO_STREAM : NO_SYSTEM_STREAM }),
    });
    // Emitted while the message is transformed, so what is pushed now stands where the message stood.
    const mark = (step: Mark) => void source.push(step);
    source.on('caughtUp', () => mark({ mark: 'caught-up' }));
    // Iterated, it throws; but it may emit one more, and an error that nobody listens to ends the process.
    source.on('error', () => undefined);
    return source;
  }

  #end(): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    if (this.#source) cancel(this.#source);
    this.options.onEnd(this);
  }
}

/** An event in a stream of the ledger that the ledger did not write: to pass over it would be to hide it. */
class ForeignEvent extends Error {
  override readonly name = 'ForeignEvent';
}

function stored(recorded: Parameters<typeof toStoredEvent>[0]): StoredEvent {
  try {
    return toStoredEvent(recorded);
  } catch (cause) {
    throw new ForeignEvent((cause as Error).message, { cause });
  }
}

/** Both: the call to the server, and the stream, which would not notice. */
function cancel(source: AllStreamSubscription): void {
  void source.unsubscribe().catch(() => undefined);
  source.destroy();
}
