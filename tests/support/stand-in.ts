import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { type Endpoint, listenEventStoreDB } from '../../src/event-store/endpoint/listen.js';
import { temporaryDirectory } from './server.js';
import { TcpProxy } from './tcp-proxy.js';

/** An embedded store that stands in for an EventStoreDB by its protocol, on a network that fails when it is told to. */
export class StandIn {
  private constructor(
    private readonly directory: string,
    readonly store: EmbeddedEventStore,
    private readonly endpoint: Endpoint,
    readonly network: TcpProxy,
  ) {}

  static async start(): Promise<StandIn> {
    const directory = await temporaryDirectory();
    const store = await EmbeddedEventStore.open(join(directory, 'eventstoredb.db'));
    const endpoint = await listenEventStoreDB(store, { host: '127.0.0.1', port: 0, writes: true });
    return new StandIn(directory, store, endpoint, await TcpProxy.start(endpoint.port));
  }

  /** @param deadline of a call, in milliseconds */
  connectionString(deadline: number): string {
    return `esdb://127.0.0.1:${this.network.port}?tls=false&defaultDeadline=${deadline}`;
  }

  async close(): Promise<void> {
    await this.network.close();
    await this.endpoint.close();
    await this.store.close();
    await rm(this.directory, { recursive: true });
  }
}
