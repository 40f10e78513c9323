import { Controller, Get, Header, HttpCode, HttpStatus, Inject, Optional, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { TransparencyLog } from '../audit/sealing/transparency-log.js';
import type { EventStore } from '../event-store/event-store.js';
import { EVENT_STORE } from '../event-store/event-store.module.js';
import { ReadModels } from '../projections/read-models.js';
import type { RebuildStatus } from '../projections/rebuild.js';
import { Metrics } from '../telemetry/metrics.js';
import { PROBLEM_TYPES, problemUri, type ProblemType } from './problems.js';
import { NotFound } from './queries/ledger-queries.js';

/** How the ledger is, for those who run it; and what its problem types mean. */
@Controller()
export class ServiceController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly readModels: ReadModels,
    private readonly metrics: Metrics,
    @Optional() @Inject(TransparencyLog) private readonly log: TransparencyLog | undefined,
  ) {}

  /** The process answers. */
  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The store can be read, and every view goes on; else which does not, why, and at which event it stands. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const store = await this.store.checkHealth().then(
      () => ({ status: 'ok' as const }),
      (error: Error) => ({ status: 'unavailable' as const, reason: error.message }),
    );
    const { failure, projections: all } = this.readModels.progress;
    const { rebuild } = this.readModels;
    // A store that is away is waited for once.
    const lags = store.status === 'ok' ? await this.readModels.lag().catch(() => undefined) : undefined;
    const projections = all.map(({ token: _, ...projection }) => ({
      ...projection,
      lag: lags?.get(projection.name) ?? null,
    }));
    const ok = store.status === 'ok' && failure === null && projections.every((p) => p.stopped === null);
    void reply.status(ok ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return { status: ok ? 'ok' : 'unavailable', store, projections, rebuild, failure, log: this.log?.status ?? null };
  }

  /** Makes a projection anew while the old one answers; how far it is, readiness tells. */
  @Post('v1/projections/:name/rebuild')
  @HttpCode(HttpStatus.ACCEPTED)
  @Header('Location', '/health/ready')
  rebuild(@Param('name') name: string): RebuildStatus {
    return this.readModels.startRebuild(name);
  }

  /** For Prometheus. */
  @Get('metrics')
  async measured(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.metrics.contentType);
    return this.metrics.text();
  }

  @Get('problems/:type')
  @Header('Cache-Control', 'max-age=3600')
  problem(@Param('type') type: string): object {
    if (!Object.hasOwn(PROBLEM_TYPES, type)) throw new NotFound(`There is no problem type ${type}`);
    return { type: problemUri(type as ProblemType), ...PROBLEM_TYPES[type as ProblemType] };
  }
}
