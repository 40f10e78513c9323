import { Server, ServerCredentials, type handleUnaryCall } from '@grpc/grpc-js';
import type { EventStore } from '../event-store.js';
import { Calls } from './calls.js';
import { clusterOf, supportedMethods } from './cluster.js';
import { gossipService, serverFeaturesService, streamsService as definitions } from './definitions.js';
import { streamsService } from './streams-service.js';

/** The largest message that is taken; gRPC's own limit of 4 MiB is less than a client may send at once. */
const LARGEST_MESSAGE = 64 * 1024 * 1024;

/** How long clients may take to receive the last answers, in milliseconds. */
const FAREWELL = 1_000;

export interface EndpointOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Whether others may append. What they append is not decided by anyone: for tests and for moving a ledger. */
  readonly writes: boolean;
}

export interface Endpoint {
  readonly port: number;
  /** Ends all calls and stops listening. The store stays open. */
  close(): Promise<void>;
}

/** Lets clients of EventStoreDB, in any language, read and follow `store` by its own protocol. */
export async function listenEventStoreDB(store: EventStore, options: EndpointOptions): Promise<Endpoint> {
  const { host, writes } = options;
  const server = new Server({ 'grpc.max_receive_message_length': LARGEST_MESSAGE });
  const calls = new Calls();
  const gossip: handleUnaryCall<unknown, ReturnType<typeof clusterOf>> = (call, answer) =>
    answer(null, clusterOf(call.getHost(), port));
  const features: handleUnaryCall<unknown, ReturnType<typeof supportedMethods>> = (_call, answer) =>
    answer(null, supportedMethods());
  server.addService(definitions.StreamsService, streamsService(store, calls, writes));
  server.addService(gossipService.GossipService, { read: gossip });
  server.addService(serverFeaturesService.ServerFeaturesService, { getSupportedMethods: features });

  const address = `${host.includes(':') ? `[${host}]` : host}:${options.port}`;
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  let closing: Promise<void> | undefined;
  return { port, close: () => (closing ??= close(server, calls)) };
}

async function close(server: Server, calls: Calls): Promise<void> {
  const ended = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  await calls.close();
  const timer = setTimeout(() => server.forceShutdown(), FAREWELL);
  await ended;
  clearTimeout(timer);
}
