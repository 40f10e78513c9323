import type { Readable } from 'node:stream';
import { Controller, Get, Headers, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { historyIndex } from '../projections/history-index.js';
import { ReadModels } from '../projections/read-models.js';
import type { Settings } from '../settings.js';
import { feedFilter } from '../subscriptions/feed-filter.js';
import { type FeedFormat, LINES, SSE } from '../subscriptions/feed-format.js';
import { LiveFeed } from '../subscriptions/live-feed.js';
import { ViewBehind } from './problems.js';
import { FeedParams } from './queries/feed-params.js';
import { invalidHeader, InvalidParams, isPositionText, readParams } from './queries/params.js';
import { API_SETTINGS } from './wait.interceptor.js';

export const FEED_PATH = '/v1/events/stream';
export const LAST_EVENT_ID = 'Last-Event-ID';

/** Lines where they are wanted more than Server-Sent Events, which is what everyone else gets. */
export function feedFormatOf(accept = '*/*'): FeedFormat {
  const ranges = accept.split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
  const wanted = ({ mediaType }: FeedFormat) => ranges.find(({ type }) => type === mediaType)?.quality ?? 0;
  return wanted(LINES) > wanted(SSE) ? LINES : SSE;
}

/** Answers with a feed that is opened now. */
export async function sendFeed(
  request: FastifyRequest,
  reply: FastifyReply,
  format: FeedFormat,
  open: () => Readable | Promise<Readable>,
): Promise<void> {
  // Fastify reads to its end what it does not send.
  const feed = request.method === 'HEAD' ? '' : await open();
  void reply.headers({
    'Content-Type': format.mediaType,
    'Cache-Control': 'no-store',
    Vary: 'Accept',
    // nginx would hold messages back.
    'X-Accel-Buffering': 'no',
  });
  void reply.send(feed);
}

/** The ledger's events as they come: one after the other, without an end. */
@Controller(FEED_PATH)
export class FeedController {
  constructor(
    private readonly feed: LiveFeed,
    private readonly readModels: ReadModels,
    @Inject(API_SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  async follow(
    @Query() query: unknown,
    @Headers(LAST_EVENT_ID) lastEventId: string | undefined,
    @Headers('accept') accept: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const params = readParams(FeedParams, query);
    const after = await this.#start(params, lastEventId);
    const format = feedFormatOf(accept);
    await sendFeed(request, reply, format, () => this.feed.open({ after, filter: feedFilter(params), format }));
  }

  /** Where the client is: what a browser sends when it connects again counts more than the URL that it began with. */
  async #start({ after = '0' }: FeedParams, lastEventId = ''): Promise<number> {
    const text = lastEventId === '' ? after : lastEventId;
    const invalid = (message: string) =>
      lastEventId === ''
        ? new InvalidParams([{ pointer: '/after', rule: 'position', message }])
        : invalidHeader(LAST_EVENT_ID, message);
    if (!isPositionText(text)) throw invalid('must be a position (digits)');
    const position = Number(text);
    // It may have been served by an instance that is further.
    if (await this.readModels.knows(position, this.settings.maxWaitMs)) return position;
    const { known, failure, projections } = this.readModels.progress;
    const stopped = projections.find(({ name }) => name === historyIndex.name)?.stopped;
    if (failure !== null || stopped) {
      throw new ViewBehind(`The history stands still at position ${known}: ${failure ?? stopped?.reason}`);
    }
    throw invalid(
      `must not be beyond the end of the ledger, ${known}: begin anew where it was restored to an earlier state`,
    );
  }
}
