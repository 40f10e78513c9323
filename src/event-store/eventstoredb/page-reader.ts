import type { AllStreamRecordedEvent, RecordedEvent, StreamingRead } from '@eventstore/db-client';
import { StoreUnavailable } from '../event-store.js';
import { attempts } from './attempts.js';
import type { Client, Connection } from './connection.js';

/** A read of the client. */
export type Read<E extends Recorded> = StreamingRead<{ readonly event?: E }>;

type Recorded = RecordedEvent | AllStreamRecordedEvent;

/** How many events one call asks for: a read holds no more in memory, and nothing open while they are handled. */
export const PAGE = 256;

/** Reads pages, each a call of its own with a deadline, and attempted again if it fails. */
export class PageReader {
  #closed = false;

  constructor(
    private readonly connection: Connection,
    private readonly deadline: number,
  ) {}

  /** @throws StoreUnavailable, or the client's error where the server refuses */
  page<E extends Recorded>(what: string, read: (client: Client) => Read<E>, pauses?: readonly number[]): Promise<E[]> {
    return attempts(what, this.deadline, (_left, givenUp) => this.#attempt(read, givenUp), pauses);
  }

  /** Later pages are refused, and those under way when the client is disposed of. */
  close(): void {
    this.#closed = true;
  }

  async #attempt<E extends Recorded>(read: (client: Client) => Read<E>, givenUp: AbortSignal): Promise<E[]> {
    this.#refuseIfClosed();
    const client = this.connection.client;
    const reading = read(client);
    // The client may emit one after the iteration, and an error that nobody listens to ends the process.
    reading.on('error', () => undefined);
    const cancel = () => void reading.cancel().catch(() => undefined);
    givenUp.addEventListener('abort', cancel);
    const found: E[] = [];
    try {
      for await (const { event } of reading) if (event) found.push(event);
    } catch (error) {
      this.connection.failed(client, error);
      throw error;
    } finally {
      givenUp.removeEventListener('abort', cancel);
    }
    // A read that is cancelled on this side ends as if there were no more.
    this.#refuseIfClosed();
    return found;
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new StoreUnavailable('The event store is closed');
  }
}
