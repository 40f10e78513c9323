import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { ReadModels } from '../projections/read-models.js';
import type { Settings } from '../settings.js';
import { ViewBehind } from './problems.js';

export const API_SETTINGS = Symbol('Settings');

/** `Prefer: wait=N` (RFC 7240), in seconds. */
const waitOf = (prefer: string | undefined): number | undefined => {
  const seconds = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?/i.exec(prefer ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds);
};

/** With `minPosition` a query waits until its view has got there, so that a client reads its own write. */
@Injectable()
export class WaitInterceptor implements NestInterceptor {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(API_SETTINGS) private readonly settings: Settings,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { minPosition } = request.query as { minPosition?: unknown };
    // Anything but one text is refused by the parameters' own check.
    if (typeof minPosition === 'string' && minPosition !== '') {
      const preferred = waitOf(request.headers.prefer as string | undefined);
      const limit = this.settings.maxWaitMs;
      const reached = await this.readModels.waitFor(minPosition, Math.min((preferred ?? Infinity) * 1000, limit));
      if (preferred !== undefined) {
        const reply = context.switchToHttp().getResponse<FastifyReply>();
        void reply.header('Preference-Applied', `wait=${Math.min(preferred, Math.floor(limit / 1000))}`);
      }
      if (!reached) throw new ViewBehind(`The views have not got to position ${minPosition}: ${this.#why()}`);
    }
    return next.handle();
  }

  #why(): string {
    const { failure, projections } = this.readModels.progress;
    const standing = projections.flatMap(({ name, stopped: at }) =>
      at ? [`${name} stands still at position ${at.position}: ${at.reason}`] : [],
    );
    return failure ?? (standing.join('; ') || 'they are behind');
  }
}
