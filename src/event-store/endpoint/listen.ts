import { Server, ServerCredentials, type handleUnaryCall } from '@grpc/grpc-js';
import type { EventStore } from '../event-store.js';
import { basicCredentials, type Credentials } from './authorize.js';
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
  /** Certificate chain and private key, as PEM. Without them there is no TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string } | undefined;
  /** Who may call. Without them anyone may. */
  readonly users?: readonly Credentials[] | undefined;
}

export interface Endpoint {
  readonly port: number;
  /** Ends all calls and stops listening. The store stays open. */
  close(): Promise<void>;
}

/** The address can't be listened on. */
export class AddressUnavailable extends Error {
  override readonly name = 'AddressUnavailable';
}

/**
 * Lets clients of EventStoreDB, in any language, read and follow `store` by its own protocol.
 * @throws AddressUnavailable
 */
export async function listenEventStoreDB(store: EventStore, options: EndpointOptions): Promise<Endpoint> {
  const { host, writes } = options;
  const server = new Server({ 'grpc.max_receive_message_length': LARGEST_MESSAGE });
  const calls = new Calls(basicCredentials(options.users));
  const gossip: handleUnaryCall<unknown, ReturnType<typeof clusterOf>> = (call, answer) =>
    answer(null, clusterOf(call.getHost(), port));
  const features: handleUnaryCall<unknown, ReturnType<typeof supportedMethods>> = (_call, answer) =>
    answer(null, supportedMethods());
  server.addService(definitions.StreamsService, streamsService(store, calls, writes));
  server.addService(gossipService.GossipService, { read: gossip });
  server.addService(serverFeaturesService.ServerFeaturesService, { getSupportedMethods: features });

  const address = `${host.includes(':') ? `[${host}]` : host}:${options.port}`;
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync(address, serverCredentials(options.tls), (error, bound) =>
      error ? reject(new AddressUnavailable(error.message, { cause: error })) : resolve(bound),
    ),
  );
  let closing: Promise<void> | undefined;
  return { port, close: () => (closing ??= close(server, calls)) };
}

function serverCredentials(tls: EndpointOptions['tls']): ServerCredentials {
  if (!tls) return ServerCredentials.createInsecure();
  const { certificate, key } = tls;
  return ServerCredentials.createSsl(null, [{ cert_chain: Buffer.from(certificate), private_key: Buffer.from(key) }]);
}

async function close(server: Server, calls: Calls): Promise<void> {
  const ended = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  await calls.close();
  const timer = setTimeout(() => server.forceShutdown(), FAREWELL);
  await ended;
  clearTimeout(timer);
}
