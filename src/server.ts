import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api/api.module.js';
import { serveConsole } from './api/console.js';
import { serveOpenApi } from './api/openapi.js';
import { endConnectionsWhenClosing } from './api/end-connections.js';
import { observeRequests } from './api/observe-requests.js';
import { answerProblem } from './api/problems.js';
import { readBodies } from './api/request-bodies.js';
import { MAX_TEXT_BYTES } from './commands/parse-command.js';
import { EndpointModule } from './event-store/endpoint/endpoint.module.js';
import { LedgerModule } from './ledger.module.js';
import { Opened } from './opened.js';
import type { Settings } from './settings.js';
import { logger } from './telemetry/logger.js';
import { Metrics } from './telemetry/metrics.js';
import { startTracing } from './telemetry/start-tracing.js';
import type { FeedLimits } from './subscriptions/live-feed.js';
import { SubscriptionsModule } from './subscriptions/subscriptions.module.js';

export interface ServerOptions {
  /** The clock; tests bring their own. */
  readonly now?: () => Date;
  readonly log?: boolean;
  /** Of the live feed; tests bring their own. */
  readonly feed?: Partial<FeedLimits>;
}

/**
 * Makes the server, ready to listen: the ledger is open and its views have caught up. One that fails leaves nothing open.
 * @throws StoreUnavailable, where the store does not answer; StoreLocked; ViewsLocked; UnsupportedLedgerFile;
 *   AddressUnavailable
 */
export function createServer(settings: Settings, options: ServerOptions = {}): Promise<NestFastifyApplication> {
  return Opened.orNothing((opened) => makeServer(settings, opened, options));
}

async function makeServer(settings: Settings, opened: Opened, { now, log = true, feed }: ServerOptions) {
  await opened.add(startTracing(), (end) => end());
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_TEXT_BYTES,
    // A stream's name is longer than Fastify's 100.
    routerOptions: { maxParamLength: 1000 },
    frameworkErrors: answerProblem,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.forRoot(
      settings,
      LedgerModule.forRoot(settings, opened, now),
      SubscriptionsModule.forRoot(feed, now),
      ...endpoint(settings, opened),
    ),
    adapter,
    // Silent until it is made: whoever calls this tells why it could not be.
    { bodyParser: false, abortOnError: false, logger: false },
  );
  readBodies(adapter.getInstance());
  observeRequests(adapter.getInstance(), app.get(Metrics));
  endConnectionsWhenClosing(adapter.getInstance());
  app.enableShutdownHooks([], { useProcessExit: true });
  serveOpenApi(app);
  serveConsole(adapter.getInstance());
  await app.init();
  if (log) app.useLogger(logger(settings.log));
  return app;
}

/** For consumers of EventStoreDB, where they are wanted. */
function endpoint(settings: Settings, opened: Opened): DynamicModule[] {
  const { esdbListen, esdbWrites, esdbTlsCert, esdbTlsKey, esdbUsers } = settings;
  if (!esdbListen) return [];
  const tls = esdbTlsCert !== null && esdbTlsKey !== null ? { certificate: esdbTlsCert, key: esdbTlsKey } : undefined;
  return [EndpointModule.forRoot({ ...esdbListen, writes: esdbWrites, tls, users: esdbUsers ?? undefined }, opened)];
}

/** Listens, and gives the address. Where it can't, the server is closed. */
export async function listen(app: NestFastifyApplication, { host, port }: Settings): Promise<string> {
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    throw error;
  }
  return app.getUrl();
}
