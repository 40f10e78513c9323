import type { AllStreamResolvedEvent, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { StoreUnavailable } from '../event-store.js';
import { attempts } from './attempts.js';
import type { Client, Connection } from './connection.js';

type Resolved = ResolvedEvent | AllStreamResolvedEvent;

/** How many events one call asks for: a read holds no more in memory, and nothing open while they are handled. */
export const PAGE = 256;

/** Reads pages, each a call of its own with a deadline, and attempted again if it fails. */
export class PageReader {
  #closed = false;

  constructor(
    private readonly connection: Connection,
    private readonly deadline: number,
  ) {}

  /** Events. @throws StoreUnavailable, or the client's error where the server refuses */
  async page<R extends Resolved>(what: string, read: (client: Client) => StreamingRead<R>, pauses?: readonly number[]) {
    const page = await this.resolved(what, read, pauses);
    return page.flatMap(({ event }) => (event ? [event as NonNullable<R['event']>] : []));
  }

  /** The same with the links that led to them. */
  resolved<R extends Resolved>(
    what: string,
    read: (client: Client) => StreamingRead<R>,
    pauses?: readonly number[],
  ): Promise<R[]> {
    return attempts(what, this.deadline, (_left, givenUp) => this.#attempt(read, givenUp), pauses);
  }

  /** Later pages are refused, and those under way when the client is disposed of. */
  close(): void {
    this.#closed = true;
  }

  async #attempt<R extends Resolved>(read: (client: Client) => StreamingRead<R>, givenUp: AbortSignal): Promise<R[]> {
    this.#refuseIfClosed();
    const client = this.connection.client;
    const reading = read(client);
    // The client may emit one after the iteration, and an error that nobody listens to ends the process.
    reading.on('error', () => undefined);
    const cancel = () => void reading.cancel().catch(() => undefined);
    givenUp.addEventListener('abort', cancel);
    const found: R[] = [];
    try {
      for await (const resolved of reading) found.push(resolved);
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
