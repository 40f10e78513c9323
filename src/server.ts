import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api/api.module.js';
import { serveOpenApi } from './api/openapi.js';
import { readJsonOnly } from './api/json-body.js';
import { answerProblem, MAX_BODY_BYTES } from './api/problems.js';
import { EndpointModule } from './event-store/endpoint/endpoint.module.js';
import { LedgerModule } from './ledger.module.js';
import type { Settings } from './settings.js';

export interface ServerOptions {
  /** The clock; tests bring their own. */
  readonly now?: () => Date;
  readonly log?: boolean;
}

/** Makes the server, ready to listen: the ledger is open and its views have caught up. */
export async function createServer(settings: Settings, { now, log = true }: ServerOptions = {}) {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    // A stream's name is longer than Fastify's 100.
    routerOptions: { maxParamLength: 1000 },
    frameworkErrors: answerProblem,
  });
  const { esdbListen, esdbWrites } = settings;
  const endpoint = esdbListen ? [EndpointModule.forRoot({ ...esdbListen, writes: esdbWrites })] : [];
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.forRoot(settings, LedgerModule.forRoot(settings, now), ...endpoint),
    adapter,
    // Silent until it is made: whoever calls this tells why it could not be.
    { bodyParser: false, abortOnError: false, logger: false },
  );
  readJsonOnly(adapter.getInstance());
  app.enableShutdownHooks([], { useProcessExit: true });
  serveOpenApi(app);
  await app.init();
  if (log) app.useLogger(['error', 'warn']);
  return app;
}

/** Listens, and gives the address. */
export async function listen(app: NestFastifyApplication, { host, port }: Settings): Promise<string> {
  await app.listen(port, host);
  return app.getUrl();
}
